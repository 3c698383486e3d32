import type { StuckKind } from "../../core/ports/operator-act-store.ts";
import { useResource } from "../hooks/use-resource.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";

interface ActsProps {
	readonly kind: StuckKind;
	/** Changes with every act done here. */
	readonly asOf: string | null;
}

/** Who replayed or discarded what, and why. */
export function LastActs({ kind, asOf }: ActsProps) {
	const texts = useWords().stuck;
	const { client } = useDesk();
	const { value } = useResource(`acts ${asOf}`, () => client.operatorActs());
	const acts = value?.acts.filter((one) => one.kind === kind) ?? [];
	if (acts.length === 0) return null;
	return (
		<details>
			<summary>{texts.lastActs}</summary>
			<ol class="trail">
				{acts.map(({ at, by, act, subject, why }, index) => (
					<li key={index}>
						<span class="numbers quiet">
							<Ago at={at} />
						</span>
						<span>
							<strong>{by}</strong> {texts.acts[act]} <span class="code">{shortIdOf(subject)}</span>
							{why !== "" && <q class="trail-said">{why}</q>}
						</span>
					</li>
				))}
			</ol>
		</details>
	);
}

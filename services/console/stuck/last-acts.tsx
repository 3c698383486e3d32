import type { StuckKind } from "../../core/stuck/stuck.ts";
import { useResource } from "../hooks/use-resource.ts";
import { ActLine } from "../log/act-line.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";

interface ActsProps {
	readonly kind: StuckKind;
	/** Changes with every act done here. */
	readonly asOf: string | null;
}

/** Who replayed or discarded what, and why. */
export function LastActs({ kind, asOf }: ActsProps) {
	const texts = useWords().stuck;
	const { client, may } = useDesk();
	const { value } = useResource(`acts ${kind} ${asOf}`, async () =>
		may("act:read") ? client.acts({ on: kind, limit: 50 }) : { acts: [] },
	);
	if (value === null || value.acts.length === 0) return null;
	return (
		<details>
			<summary>{texts.lastActs}</summary>
			<ol class="trail">
				{value.acts.map((act) => (
					<ActLine key={act.sequence} act={act} />
				))}
			</ol>
		</details>
	);
}

// Breakers on automatic withholds: which are open, why, and opening and closing them by hand.
import { useState } from "preact/hooks";
import type { BreakerScope } from "../../core/policy/breaker.ts";
import { breakerKinds, everything } from "../../core/policy/breaker.ts";
import type { BreakerClosed } from "../../core/wire/breakers-api.ts";
import { useAct } from "../hooks/use-act.ts";
import { useResource } from "../hooks/use-resource.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { ReasonForm } from "../parts/reason-form.tsx";
import { ProblemLine } from "../parts/state-panel.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { BreakerHistory, OpenBreakers } from "./breaker-tables.tsx";
import { OpenBreakerForm } from "./open-breaker-form.tsx";

type Asking =
	| { readonly act: "open"; readonly kind: BreakerScope["kind"] }
	| ({ readonly act: "close"; readonly label: string } & BreakerScope);

export function BreakerPanel({ asOf }: { readonly asOf: string }) {
	const texts = useWords().operations.breakers;
	const { client, may } = useDesk();
	// Read again whenever the page around it is.
	const found = useResource(`breakers ${asOf}`, () => client.breakers());
	const [asking, setAsking] = useState<Asking | null>(null);
	const { act, ...acted } = useAct(() => setAsking(null), found.reload);
	const maySwitch = may("breaker:switch");
	const { open = [], history = [], scopes = [] } = found.value ?? {};
	const cancel = () => setAsking(null);
	return (
		<section aria-labelledby="breakers-title">
			<h2 id="breakers-title">{texts.title}</h2>
			{found.problem !== null && <ProblemLine problem={found.problem} />}
			<OutcomeLines outcome={acted.outcome} problem={asking === null ? acted.problem : null} />
			{found.value !== null && open.length === 0 && <p>{texts.none}</p>}
			{open.length > 0 && (
				<>
					<p class="notice notice-problem">{texts.some(open.length)}</p>
					<OpenBreakers
						open={open}
						onClose={maySwitch ? ({ kind, key, label }) => setAsking({ act: "close", kind, key, label }) : null}
					/>
				</>
			)}
			{asking === null && maySwitch && (
				<div class="button-row">
					{breakerKinds
						.filter((kind) => kind !== "all" || !open.some((one) => one.kind === "all"))
						.map((kind) => (
							<button key={kind} type="button" class="button" onClick={() => setAsking({ act: "open", kind })}>
								{texts.open[kind]}…
							</button>
						))}
				</div>
			)}
			{asking?.act === "open" && (
				<OpenBreakerForm
					kind={asking.kind}
					scopes={scopes}
					problem={acted.problem}
					onConfirm={(scope, reason) => act(texts.opened, () => client.openBreaker({ ...scope, reason }))}
					onCancel={cancel}
				/>
			)}
			{asking?.act === "close" && (
				<ReasonForm
					title={texts.closeTitle(asking.kind === everything.kind ? texts.kinds.all : asking.label)}
					text={asking.kind === "entry" ? texts.closeEntryText : texts.closeText}
					problem={acted.problem}
					onConfirm={(reason) => {
						const { kind, key } = asking;
						const said = ({ waiting }: BreakerClosed) => (waiting ? texts.closingWaits : texts.closed);
						return act(said, () => client.closeBreaker({ kind, key, reason }));
					}}
					onCancel={cancel}
				/>
			)}
			{history.length > 0 && <BreakerHistory history={history} />}
		</section>
	);
}

// Labels of what the case is about and friction for its accounts: what rules recommend, what is in force, and what platforms answered.
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import type { MeasureRequest, WireMeasure } from "../../core/wire/review-measure.ts";
import { useAct } from "../hooks/use-act.ts";
import { OutcomeLines } from "../parts/outcome-lines.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";

interface MeasuresProps {
	readonly detail: Pick<WireCaseDetail, "id" | "measures" | "claim">;
	readonly onChanged: () => void;
}

/** Nothing where there is none and no rule recommends one. */
export function MeasuresHere({ detail: { id, measures, claim }, onChanged }: MeasuresProps) {
	const { client } = useDesk();
	const texts = useWords().casePage.measures;
	const { act, outcome, problem, isBusy } = useAct(() => undefined, onChanged);
	if (measures.length === 0) return null;
	return (
		<section aria-labelledby="measures-title">
			<h2 id="measures-title">{texts.title}</h2>
			<OutcomeLines outcome={outcome} problem={problem} />
			<ul class="plain-list">
				{measures.map((one) => (
					<li key={`${one.action} ${one.label}`} data-measure={one.label ?? "friction"}>
						<p>
							<strong>{one.label === null ? texts.friction : texts.label(one.label)}</strong>
							{one.isRecommended && <span class="quiet"> · {texts.recommended}</span>}
						</p>
						{saidOf(one, texts).map((line) => (
							<p key={line}>{line}</p>
						))}
						{one.act !== null && claim !== null && (
							<button
								type="button"
								class="button"
								disabled={isBusy}
								onClick={() => {
									const { act: action } = one;
									if (action === null) return;
									const order = requestOf(action, one.label);
									void act(texts.done[action], () => client.changeMeasure(id, { fence: claim.fence, order }));
								}}
							>
								{texts.acts[one.act]}
							</button>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}

function requestOf(action: WireMeasure["action"], label: string | null): MeasureRequest["order"] {
	return action === "label" || action === "unlabel" ? { action, label: label ?? "" } : { action, label: null };
}

type Texts = ReturnType<typeof useWords>["casePage"]["measures"];

function saidOf({ told }: WireMeasure, texts: Texts): readonly string[] {
	return [
		...(told.confirmed === 0 ? [] : [texts.confirmed(told.confirmed)]),
		...(told.unconfirmed === 0 ? [] : [texts.unconfirmed(told.unconfirmed)]),
		...(told.notTold === 0 ? [] : [texts.notTold(told.notTold)]),
		...(told.ending === 0 ? [] : [texts.ending(told.ending)]),
	];
}

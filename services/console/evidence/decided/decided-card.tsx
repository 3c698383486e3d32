import type { DecidedSignal } from "../../../core/signals/decided/decided.ts";
import { usePreferences } from "../../shell/console-context.ts";
import { hashOf } from "../../shell/route.ts";
import type { CardProps } from "../evidence-card.ts";
import { decidedWords } from "./decided-words.ts";

/** What people decided of the same thing before, and in which case. */
export function DecidedCard({ signal }: CardProps<DecidedSignal>) {
	const texts = decidedWords[usePreferences().language];
	return (
		<>
			<h3>{texts.title[signal.decision][signal.resemblance]}</h3>
			{isNear(signal) && <p class="numbers">{texts.distance(signal.distanceBits)}</p>}
			<p>
				<a href={hashOf({ name: "case", id: signal.caseId })}>{texts.decidedCase}</a>
			</p>
		</>
	);
}

function isNear({ resemblance }: DecidedSignal): boolean {
	return resemblance !== "same" && resemblance !== "link";
}

import type { Act } from "../core/acts/act.ts";
import { actSentence, subjectWords } from "../words/act-sentence.ts";
import { english } from "../words/acts.en.ts";

/** One act in one line: sequence, time, who did what, on what, why. */
export function toLine(act: Act): string {
	const { sequence, at, on, reason } = act;
	const why = reason === null ? "" : `: ${JSON.stringify(reason)}`;
	return `${sequence}  ${at.toISOString()}  ${actSentence(english, act)} [${subjectWords(english, on.kind)} ${on.id}]${why}`;
}

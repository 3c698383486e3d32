// Which sentence those who reported a case are told once it is decided.
import type { ReportAnswerCode } from "../reports/answer.ts";
import type { Decision } from "./case.ts";

/** `isHeld`: it is with a platform of ours, so that what people decide happens there. `wasRemoved`: the decision before, which was appealed. */
export function answerAfter(decision: Decision, isHeld: boolean, wasRemoved = false): ReportAnswerCode {
	if (!isHeld) return decision === "remove" ? "agreed" : "not-agreed";
	if (decision === "remove") return "removed";
	return wasRemoved ? "put-back" : "left";
}

// Which answer those who reported a case or asked for it are told once it is decided.
import type { AuthorityAnswerCode } from "../reports/answer.ts";
import type { Decision } from "./case.ts";

/** `isHeld`: it is with a platform of ours, so that what people decide happens there. `wasRemoved`: the decision before, which was appealed. */
export function answerAfter(decision: Decision, isHeld: boolean, wasRemoved = false): AuthorityAnswerCode {
	if (!isHeld) return decision === "remove" ? "agreed" : "not-agreed";
	if (decision === "remove") return "removed";
	return wasRemoved ? "put-back" : "left";
}

// Whom an undecided case waits for: anybody, another person than those who gave a decision, or a lead where two of them differ.
import type { UserId } from "../ids.ts";
import { type CaseSnapshot, isUndecided } from "./case.ts";
import type { WaitsFor } from "./consequences.ts";

type Given = Pick<CaseSnapshot, "firstDecision" | "secondDecision" | "appealed">;

/** Whoever gave a decision already, be it the one that is appealed, waits, like all others, for somebody else's. */
export function isWaitingForAnotherThan({ firstDecision, secondDecision, appealed }: Given, userId: UserId): boolean {
	const gave = [firstDecision, secondDecision].some((given) => given?.userId === userId);
	return gave || appealed?.by.includes(userId) === true;
}

/** Whom the case waits for as it stands. */
export function waitedFor(current: Given & Pick<CaseSnapshot, "state">): WaitsFor {
	if (!isUndecided(current.state)) return "nobody";
	return waitingState(current) === "held" ? "lead" : "second-person";
}

/** The state of a case that waits for another person, held by somebody or not; null where none is waited for. */
export function waitingState({ firstDecision, secondDecision, appealed }: Given): "second" | "held" | null {
	if (secondDecision !== null) return "held";
	return firstDecision === null && appealed === null ? null : "second";
}

// Decides what a decision on a case, and its way back, do to the labels of its items and to friction of their accounts.
import { begins, type MeasureChange, oppositeOf } from "../measures/measure.ts";
import type { CaseSnapshot, Decision } from "./case.ts";

/**
 * What is left up is free of what a machine did about it in this case. What a person asked for stays, unless other people were asked by an
 * appeal whether it was right; and so does all of it where something is removed.
 */
export function measuresAfter(current: CaseSnapshot, decision: Decision): readonly MeasureChange[] {
	if (decision === "remove") return [];
	return current.items.flatMap(({ id, measures = [] }) =>
		measures.flatMap(({ action, label, decidedBy, caseId }) => {
			const isOurs = caseId === current.id && (decidedBy === "machine" || current.appealed !== null);
			return begins(action) && isOurs ? [{ itemId: id, action: oppositeOf(action), label }] : [];
		}),
	);
}

/** What a decision ended is so again once it is taken back. */
export function measuresBack(current: CaseSnapshot, decidedAt: Date): readonly MeasureChange[] {
	return current.items.flatMap(({ id, measures = [] }) =>
		measures.flatMap(({ action, label, issuedAt, caseId }) =>
			!begins(action) && caseId === current.id && issuedAt.getTime() === decidedAt.getTime()
				? [{ itemId: id, action: oppositeOf(action), label }]
				: [],
		),
	);
}

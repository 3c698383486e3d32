// Labels of a case's items and friction of their accounts, as whoever holds the case sees them: what rules advise, what is in force, what the platform
// has said of it, and what may be done about it now.
import { isUndecided } from "../core/cases/case.ts";
import { changedBy } from "../core/cases/change-measure.ts";
import { advisedBy } from "../core/measures/advice.ts";
import { begins, type MeasureOrder, matterOf, oppositeOf, orderBeginning } from "../core/measures/measure.ts";
import type { CaseDetail, CaseItem } from "../core/ports/case-store.ts";
import type { WireMeasure } from "../core/wire/review-measure.ts";

type Told = CaseItem["measures"][number];

/** `isBlind`: what people asked for is left out, which would tell what the first of them thinks. */
export function showMeasures(
	{ snapshot, items }: Pick<CaseDetail, "snapshot" | "items">,
	isBlind: boolean,
): readonly WireMeasure[] {
	const advised = items.flatMap(({ signals }) =>
		advisedBy(signals).flatMap(({ measure }) => orderBeginning(measure) ?? []),
	);
	const told = items.flatMap(({ measures }) => measures).filter(({ decidedBy }) => !isBlind || decidedBy === "machine");
	const beginnings = new Map<string, MeasureOrder>();
	for (const { action, label } of [...told, ...advised])
		beginnings.set(matterOf({ action, label }), { action: begins(action) ? action : oppositeOf(action), label });
	const shown = [...beginnings]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([matter, begin]) => {
			const isRecommended = advised.some((one) => matterOf(one) === matter);
			const of = told.filter((one) => matterOf(one) === matter);
			const act = isBlind || !isUndecided(snapshot.state) ? null : actOn(begin, snapshot.items, isRecommended);
			return { ...begin, act, isRecommended, told: countTold(of) };
		});
	return shown.filter(({ act, told: { confirmed, unconfirmed, notTold, ending } }) => {
		return act !== null || confirmed + unconfirmed + notTold + ending > 0;
	});
}

/** Begun for all where some are not under it yet and a rule advises it; else ended. */
function actOn(
	begin: MeasureOrder,
	items: Parameters<typeof changedBy>[1],
	isRecommended: boolean,
): MeasureOrder["action"] | null {
	if (isRecommended && changedBy(begin, items).length > 0) return begin.action;
	const end = oppositeOf(begin.action);
	return changedBy({ ...begin, action: end }, items).length > 0 ? end : null;
}

function countTold(told: readonly Told[]): WireMeasure["told"] {
	const count = (is: (one: Told) => boolean) => told.filter(is).length;
	return {
		confirmed: count(({ action, state }) => begins(action) && state === "delivered"),
		unconfirmed: count(({ action, state }) => begins(action) && state === "pending"),
		notTold: count(({ action, state }) => begins(action) && (state === "undelivered" || state === "discarded")),
		ending: count(({ action, state }) => !begins(action) && state !== "delivered"),
	};
}

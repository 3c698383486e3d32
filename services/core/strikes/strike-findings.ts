// What laws on repeat infringers ask to consider of an account, by its strikes: each law counts in its own rolling windows, so that a strike
// no longer counts once it is as old as the longest of them. It recommends to people; nothing is executed by it.
import { countRepeats, type RepeatFinding } from "../clocks/count-repeats.ts";
import type { Jurisdiction, RepeatProfile } from "../clocks/profile.ts";
import type { Strike } from "../ports/strike-store.ts";

export interface StrikeFinding extends RepeatFinding {
	readonly law: string;
}

const dayMs = 86_400_000;

function repeatLaws(all: readonly Jurisdiction[]): readonly RepeatProfile[] {
	return all.flatMap(({ profiles }) => profiles.filter((one) => one.kind === "repeat"));
}

/** Suspensions before are not known here: what is for good is for people to say. */
export function strikeFindings(
	strikes: readonly Pick<Strike, "orderId" | "at">[],
	laws: readonly Jurisdiction[],
	now: Date,
): readonly StrikeFinding[] {
	const violations = strikes.map(({ orderId: id, at }) => ({ id, atMs: at.getTime() }));
	return repeatLaws(laws).map((law) => ({
		law: law.id,
		...countRepeats(law, violations, { nowMs: now.getTime(), suspensions: 0 }),
	}));
}

/** What every account has that any of the laws may ask about: so many strikes since then. Null where no law counts. */
export function leastOf(
	laws: readonly Jurisdiction[],
	now: Date,
): { readonly since: Date; readonly atLeast: number } | null {
	const thresholds = repeatLaws(laws).flatMap((law) => law.thresholds);
	if (thresholds.length === 0) return null;
	const longest = Math.max(...thresholds.map(({ withinDays }) => withinDays));
	return {
		since: new Date(now.getTime() - longest * dayMs),
		atLeast: Math.min(...thresholds.map(({ count }) => count)),
	};
}

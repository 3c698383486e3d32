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

/** `suspensions` are those before, as far as they are known: restrictions that were recommended, and of which the platform took note. */
export function strikeFindings(
	strikes: readonly Pick<Strike, "orderId" | "at">[],
	laws: readonly Jurisdiction[],
	{ now, suspensions }: { readonly now: Date; readonly suspensions: number },
): readonly StrikeFinding[] {
	const violations = strikes.map(({ orderId: id, at }) => ({ id, atMs: at.getTime() }));
	return repeatLaws(laws).map((law) => ({
		law: law.id,
		...countRepeats(law, violations, { nowMs: now.getTime(), suspensions }),
	}));
}

/** For how long a strike counts at most; 0 where no law counts. */
export function longestWindowMs(laws: readonly Jurisdiction[]): number {
	const windows = repeatLaws(laws).flatMap(({ thresholds }) => thresholds.map(({ withinDays }) => withinDays));
	return Math.max(0, ...windows) * dayMs;
}

/** What every account has that any of the laws may ask about: so many strikes since then. Null where no law counts. */
export function leastOf(
	laws: readonly Jurisdiction[],
	now: Date,
): { readonly since: Date; readonly atLeast: number } | null {
	const thresholds = repeatLaws(laws).flatMap((law) => law.thresholds);
	if (thresholds.length === 0) return null;
	return {
		since: new Date(now.getTime() - longestWindowMs(laws)),
		atLeast: Math.min(...thresholds.map(({ count }) => count)),
	};
}

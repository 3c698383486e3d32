// Counts violations of one account in rolling windows, and says what the law then asks to consider. It recommends to people; it executes nothing.
import type { RepeatProfile } from "./profile.ts";

export interface Violation {
	/** The same id again is the same violation, told again. */
	readonly id: string;
	readonly atMs: number;
}

interface RepeatCount {
	readonly count: number;
	readonly withinDays: number;
	readonly threshold: number;
	/** What was counted: the evidence of the recommendation. */
	readonly violations: readonly string[];
}

type RepeatRecommendation =
	| { readonly kind: "none" }
	| { readonly kind: "suspend"; readonly atLeastDays: number; readonly atMostDays: number }
	| { readonly kind: "suspend-permanently" };

export interface RepeatFinding {
	readonly counts: readonly RepeatCount[];
	readonly recommendation: RepeatRecommendation;
}

const dayMs = 86_400_000;

/** A violation counts up to, and not at, the moment at which it is as old as the window is long. `suspensions` are those that people carried out before. */
export function countRepeats(
	profile: RepeatProfile,
	violations: readonly Violation[],
	{ nowMs, suspensions }: { readonly nowMs: number; readonly suspensions: number },
): RepeatFinding {
	const once = [...new Map(violations.map((one) => [one.id, one])).values()];
	const counts = profile.thresholds.map(({ count: threshold, withinDays }) => {
		const counted = once.filter(({ atMs }) => atMs <= nowMs && atMs > nowMs - withinDays * dayMs).map(({ id }) => id);
		return { count: counted.length, withinDays, threshold, violations: counted };
	});
	return { counts, recommendation: recommend(profile, counts, suspensions) };
}

function recommend(
	{ suspend, permanentAfterSuspensions }: RepeatProfile,
	counts: readonly RepeatCount[],
	suspensions: number,
): RepeatRecommendation {
	if (!counts.some(({ count, threshold }) => count >= threshold)) return { kind: "none" };
	return suspensions >= permanentAfterSuspensions ? { kind: "suspend-permanently" } : { kind: "suspend", ...suspend };
}

// Decides when people are asked about an account: by the strike with which it has so many that a law asks for it, and after that by new strikes
// only. While its case is undecided, later strikes join it. Of what they recommended they are asked again where it no longer rests on what it did.
import type { Jurisdiction } from "../clocks/profile.ts";
import type { OrderId, PlatformId } from "../ids.ts";
import type { Strike } from "../ports/strike-store.ts";
import { type Recommendation, recommendationsOf } from "./recommendation.ts";
import { longestWindowMs, strikeFindings } from "./strike-findings.ts";

/** The key of an account's cases among those of clusters. */
export function accountKey(platformId: PlatformId, accountId: string): string {
	return `account:${platformId}:${accountId}`;
}

export interface AccountStanding {
	/** All that people removed of it and did not take back. */
	readonly strikes: readonly Strike[];
	/** Those that a case of the account has as evidence already, be it decided or not. */
	readonly gathered: ReadonlySet<OrderId>;
	readonly hasOpenCase: boolean;
	/** How often its platform has acknowledged that a restriction is recommended, where that stands. */
	readonly recommendedBefore: number;
}

export interface StrikesToGather {
	/** Evidence that its case does not have yet. */
	readonly strikes: readonly Strike[];
	/** What laws ask to consider by now; empty where strikes that joined the case were taken back since. */
	readonly recommendations: readonly Recommendation[];
}

/** Null where people need not be asked, or are asked already with all that counts. */
export function strikesToGather(
	{ strikes, gathered, hasOpenCase, recommendedBefore }: AccountStanding,
	laws: readonly Jurisdiction[],
	now: Date,
): StrikesToGather | null {
	const since = now.getTime() - longestWindowMs(laws);
	const counting = strikes.filter(({ at }) => at.getTime() > since);
	const isNew = ({ orderId }: Strike) => !gathered.has(orderId);
	if (!counting.some(isNew)) return null;
	const recommendations = recommendationsOf(strikeFindings(counting, laws, { now, suspensions: recommendedBefore }));
	if (hasOpenCase) return { strikes: counting.filter(isNew), recommendations };
	// A new case shows all that the laws count, what was evidence of a case before, too.
	return recommendations.length === 0 ? null : { strikes: counting, recommendations };
}

/** A recommendation that stands, and what is left of what it rested on. */
export interface RestingOn {
	/** What laws asked when people decided it. */
	readonly recommendations: readonly Recommendation[];
	readonly decidedAt: Date;
	readonly strikes: readonly (Pick<Strike, "orderId" | "at"> & { readonly takenBackAt: Date | null })[];
	/** How often its platform had acknowledged others by then. */
	readonly recommendedBefore: number;
}

/**
 * How many strikes were taken back since people recommended it, where that leaves too few for laws to ask it all of: people are asked again. 0
 * where the rest bears it out. What no law asked rests on each of its strikes.
 */
export function takenBackSince(
	{ recommendations, decidedAt, strikes, recommendedBefore }: RestingOn,
	laws: readonly Jurisdiction[],
): number {
	const isLost = ({ takenBackAt }: RestingOn["strikes"][number]) => takenBackAt !== null && takenBackAt > decidedAt;
	const lost = strikes.filter(isLost).length;
	if (lost === 0 || recommendations.length === 0) return lost;
	const left = strikes.filter(({ takenBackAt }) => takenBackAt === null);
	const asked = recommendationsOf(strikeFindings(left, laws, { now: decidedAt, suspensions: recommendedBefore }));
	const isStillAsked = (one: Recommendation) => asked.some(({ law, kind }) => law === one.law && kind === one.kind);
	return recommendations.every(isStillAsked) ? 0 : lost;
}

// Decides whether an entry suddenly matches more than its own past explains. One that does is more often a hash that should never
// have entered (a logo, a grid, an empty frame) than news, so its matches go to people until someone has looked. It does not decide
// what quarantine does to a verdict (policy/decide-verdict.ts).

import { z } from "zod";
import { quoted } from "../quoted.ts";

export const slotMs = 10 * 60_000;
/** The slot under way and the one before it. */
export const recentSlots = 2;
/** How far back an entry's own baseline reaches. */
export const baselineMs = 7 * 24 * 60 * 60_000;
/** Once people have confirmed an entry they are not asked again for this long. */
export const vouchMs = 7 * 24 * 60 * 60_000;

export interface SurgeRule {
	/** Below either of these nothing is sudden. */
	readonly minHits: number;
	readonly minAccounts: number;
	/** How many times its own baseline an entry must match. */
	readonly factor: number;
}
export const defaultSurgeRule: SurgeRule = { minHits: 50, minAccounts: 20, factor: 10 };

export interface EntryActivity {
	readonly recentHits: number;
	readonly recentAccounts: number;
	readonly earlierHits: number;
	/** Time over which `earlierHits` were counted; 0 for an entry that is new. */
	readonly earlierMs: number;
	/** People have confirmed it not long ago. */
	readonly isVouchedFor: boolean;
}

/** Why an entry is in quarantine: what it matched lately, and what its past explains in the same time. */
const entrySurge = z.object({
	code: z.literal("surge"),
	hits: z.int(),
	/** About. */
	accounts: z.int(),
	minutes: z.int(),
	usualHits: z.number(),
});
export type EntrySurge = z.infer<typeof entrySurge>;

export const quarantineReason = z.discriminatedUnion("code", [
	entrySurge,
	/** It was in quarantine when it was removed, and has come back. */
	z.object({ code: z.literal("removed-in-quarantine") }),
	quoted,
]);
export type QuarantineReason = z.infer<typeof quarantineReason>;

/** Why the entry must go into quarantine; null where it need not. */
export function surgeOf(activity: EntryActivity, rule: SurgeRule): EntrySurge | null {
	const { recentHits, recentAccounts, earlierHits, earlierMs, isVouchedFor } = activity;
	if (isVouchedFor || recentHits < rule.minHits || recentAccounts < rule.minAccounts) return null;
	const windowMs = recentSlots * slotMs;
	const usual = earlierMs < windowMs ? 0 : (earlierHits * windowMs) / earlierMs;
	if (recentHits < rule.factor * usual) return null;
	return {
		...{ code: "surge", hits: recentHits, accounts: recentAccounts, minutes: windowMs / 60_000 },
		usualHits: Math.round(usual * 10) / 10,
	};
}

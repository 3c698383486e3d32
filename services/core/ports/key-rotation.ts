import type { Doer } from "../acts/doer.ts";

/** How a new key takes the place of a holder's former ones, in one step: a holder is never without. */
export interface KeyRotation {
	/** Until when former keys still open, so that whoever holds them can put the new one in place; null: they end at once. */
	readonly formerUntil: Date | null;
	readonly by: Doer;
}

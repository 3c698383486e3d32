// Decides whether an import may be accepted on one person's word. A list that suddenly grows, shrinks or changes much is more often a
// mistake than news: then a second person must look. What entered on one person's word a little earlier counts as well, or a list cut
// into slices would need nobody.
import { z } from "zod";
import type { AllowedChange } from "./bank.ts";

/** In entries. */
export interface ImportDelta {
	readonly added: number;
	readonly changed: number;
	readonly removed: number;
	readonly same: number;
}

/** What an allowance covers: imports and bringing a bank back, within these hours. Single entries that people add or judge do not count. */
export const allowanceHours = 24;

/** What entered in bulk, on one person's word, within {@link allowanceHours}. */
export type RecentChange = Pick<ImportDelta, "added" | "changed" | "removed">;

/** Below this, a share is no measure: one entry of five may always be mended. */
const alwaysAllowed = 10;

const over = { allowed: z.int(), hours: z.int() };
export const allowanceFault = z.discriminatedUnion("code", [
	/** `inAll` counts what entered in those hours as well. */
	z.object({ code: z.literal("adds-too-many"), added: z.int(), inAll: z.int(), ...over }),
	z.object({ code: z.literal("touches-too-many"), touched: z.int(), of: z.int(), inAll: z.int(), ...over }),
]);
export type AllowanceFault = z.infer<typeof allowanceFault>;

/** Why one person's word is not enough; empty where it is. */
export function allowanceFaults(
	delta: ImportDelta,
	recent: RecentChange,
	entriesBefore: number,
	allowed: AllowedChange,
): readonly AllowanceFault[] {
	const byShare = Math.floor(allowed.share * entriesBefore);
	const mostAdded = Math.max(byShare, allowed.addedEntries);
	const mostTouched = Math.max(byShare, alwaysAllowed);
	const { added } = delta;
	const touched = delta.changed + delta.removed;
	const addedInAll = added + recent.added;
	const touchedInAll = touched + recent.changed + recent.removed;
	const faults: AllowanceFault[] = [];
	const hours = allowanceHours;
	// An import is not held up for what it does not do itself.
	if (added > 0 && addedInAll > mostAdded)
		faults.push({ code: "adds-too-many", added, inAll: addedInAll, allowed: mostAdded, hours });
	if (touched > 0 && touchedInAll > mostTouched)
		faults.push({
			...{ code: "touches-too-many", touched, of: entriesBefore, inAll: touchedInAll },
			...{ allowed: mostTouched, hours },
		});
	return faults;
}

// Decides whether an import may be accepted on one person's word. A list that suddenly grows, shrinks or changes much is more often a
// mistake than news: then a second person must look. What entered on one person's word a little earlier counts as well, or a list cut
// into slices would need nobody.
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

/** Why one person's word is not enough, in words; empty where it is. */
export function allowanceFaults(
	delta: ImportDelta,
	recent: RecentChange,
	entriesBefore: number,
	allowed: AllowedChange,
): readonly string[] {
	const byShare = Math.floor(allowed.share * entriesBefore);
	const mostAdded = Math.max(byShare, allowed.addedEntries);
	const mostTouched = Math.max(byShare, alwaysAllowed);
	const touched = delta.changed + delta.removed;
	const addedInAll = delta.added + recent.added;
	const touchedInAll = touched + recent.changed + recent.removed;
	return [
		// An import is not held up for what it does not do itself.
		...(delta.added > 0 && addedInAll > mostAdded
			? [`it adds ${delta.added} entries${inAll(addedInAll, delta.added)}, and ${mostAdded} are allowed`]
			: []),
		...(touched > 0 && touchedInAll > mostTouched
			? [
					`it changes or removes ${touched} of ${entriesBefore} entries${inAll(touchedInAll, touched)}, and ${mostTouched} are allowed`,
				]
			: []),
	];
}

function inAll(all: number, now: number): string {
	return all === now ? "" : `, ${all} with those of the last ${allowanceHours} hours`;
}

// Decides whether an import may be accepted on one person's word. A list that suddenly grows, shrinks or changes much is more often a
// mistake than news: then a second person must look.
import type { AllowedChange } from "./bank.ts";

/** In entries. */
export interface ImportDelta {
	readonly added: number;
	readonly changed: number;
	readonly removed: number;
	readonly same: number;
}

/** Below this, a share is no measure: one entry of five may always be mended. */
const alwaysAllowed = 10;

/** Why one person's word is not enough, in words; empty where it is. */
export function allowanceFaults(delta: ImportDelta, entriesBefore: number, allowed: AllowedChange): readonly string[] {
	const byShare = Math.floor(allowed.share * entriesBefore);
	const mostAdded = Math.max(byShare, allowed.addedEntries);
	const mostTouched = Math.max(byShare, alwaysAllowed);
	const touched = delta.changed + delta.removed;
	return [
		...(delta.added > mostAdded ? [`it adds ${delta.added} entries, and ${mostAdded} are allowed`] : []),
		...(touched > mostTouched
			? [`it changes or removes ${touched} of ${entriesBefore} entries, and ${mostTouched} are allowed`]
			: []),
	];
}

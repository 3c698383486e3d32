// The local bank: what people here removed. Each of its entries holds one opinion, our own people's, with the case that it comes of. By
// itself that word asks people about what matches (aggregate-opinions.ts); beside another's it confirms.
import type { CaseId } from "../ids.ts";
import type { ItemHash } from "../items/item-hashes.ts";
import { unclassifiedCategory } from "../policy/categories.ts";
import type { NewEntry } from "../ports/bank-store.ts";
import { type NewBank, newBankDefaults, ownSource } from "./bank.ts";
import { entryRejection } from "./entry-rejection.ts";

/** As it is when the first item is removed; people may change it like any other bank. Its entries say which category each is of. */
export const ownBank: NewBank = { name: ownSource, kind: "known", category: unclassifiedCategory, ...newBankDefaults };

/** What says of a picture's bytes and of its pixels, and of a video's frames, that they are the same; texts are not taken: a common one would ask people without end. */
export const ownHashTypes = ["sha256", "pdq", "vpdq"] as const satisfies readonly ItemHash["type"][];

/** What the removal of items with these hashes adds; nothing of a picture that is like too many others. */
export function entriesOfRemoved(
	hashes: readonly ItemHash[],
	{ caseId, category }: { readonly caseId: CaseId; readonly category: string | null },
): readonly NewEntry[] {
	return hashes
		.filter(({ type, hash, quality }) => entryRejection({ hashType: type, hash, quality }) === null)
		.map(({ type, hash, quality }) => ({
			...{ hashType: type, hash, quality },
			opinion: { source: ownSource, kind: "positive", ...(category === null ? {} : { categories: [category] }) },
			externalId: caseId,
			note: null,
		}));
}

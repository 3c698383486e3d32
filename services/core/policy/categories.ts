// The categories that banks and models speak of, as codes. A platform may have others of its own, which somebody must then mean: a
// misspelt one would be one of its own, with verdicts that no policy and no report knows. Whoever takes a category in asks here.
import { z } from "zod";
import { nearestName } from "../nearest-name.ts";

export const policyCategories = [
	/** Sexual abuse and exploitation of children, in pictures or in words. */
	"csam",
	/** Intimate pictures shared without consent. */
	"ncii",
	"terrorism",
	"adult",
	"offensive",
	"other",
] as const;

/** The sexual abuse or exploitation of a child: what laws ask to be reported once it is known. */
export function isOfChildren(category: string | null): boolean {
	return category === ("csam" satisfies (typeof policyCategories)[number]);
}

const withAdvice: readonly string[] = ["csam", "ncii"] satisfies readonly (typeof policyCategories)[number][];

/** Children, or somebody's own pictures, may be concerned, so that the pages of advice say something to whoever posted it. */
export function hasAdvice(category: string | null): boolean {
	return category !== null && withAdvice.includes(category);
}

/**
 * The category of banks whose terms and links name places off the platform: messengers, other networks. By itself it asks nobody; it counts for whom an
 * account writes to (conversations/).
 */
export const offPlatformCategory = "off-platform";

/** The category of a bank of which nobody has said yet what it holds. */
export const unclassifiedCategory = "unclassified";

export const categoryFault = z.object({
	code: z.literal("category-unknown"),
	category: z.string(),
	/** The one that is most likely meant; null where none is near. */
	nearest: z.string().nullable(),
	known: z.array(z.string()).readonly(),
});
export type CategoryFault = z.infer<typeof categoryFault>;

/** Why the category is not taken; null where it is one of the list's, or one that a bank has: those were meant once. */
export function faultOfCategory(
	category: string,
	banks: readonly { readonly category: string }[],
): CategoryFault | null {
	const known = [
		...new Set([...policyCategories, offPlatformCategory, unclassifiedCategory, ...banks.map((bank) => bank.category)]),
	];
	if (known.includes(category)) return null;
	return { code: "category-unknown", category, nearest: nearestName(category, known), known };
}

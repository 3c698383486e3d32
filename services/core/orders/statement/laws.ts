// Which laws what is held to be of a category goes against, as data: laws.json. Categories without one go against the platform's own rules.
import { z } from "zod";
import laws from "./laws.json" with { type: "json" };

const lawAgainst = z.object({
	/** A country, or the EU. */
	place: z.string().regex(/^[A-Z]{2}$/),
	law: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
	/** Where it is known from; `verified` is true only where somebody read that. */
	source: z.string().min(1),
	verified: z.boolean(),
});
type LawAgainst = z.infer<typeof lawAgainst>;

const byCategory = new Map(Object.entries(z.record(z.string(), z.array(lawAgainst).min(1)).parse(laws)));

/** Empty for what no law of the data is against. */
export function lawsAgainst(category: string | null): readonly LawAgainst[] {
	return category === null ? [] : (byCategory.get(category) ?? []);
}

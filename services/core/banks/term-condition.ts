// Where alone a term counts, as one of its sources says: in texts of a language, or beside other words. Those are known by their hashes,
// as terms are. Whether it holds at a place of a text is in term-surroundings.ts; how lists say it, in read-condition.ts.
import { z } from "zod";

/** Words further away have little to do with it. */
export const mostWordsAway = 100;
export const mostOthers = 20;
/** What texts are told to be in. */
export const termLanguages = ["en", "vi"] as const;

export const termCondition = z
	.object({
		language: z.enum(termLanguages).exactOptional(),
		/** One of these terms is enough; how many words before the term, or behind it, it stands wholly within. */
		beside: z
			.object({
				terms: z
					.array(z.string().regex(/^[0-9a-f]{32}$/))
					.min(1)
					.max(mostOthers)
					.readonly(),
				before: z.int().min(0).max(mostWordsAway),
				after: z.int().min(0).max(mostWordsAway),
			})
			.readonly()
			.exactOptional(),
	})
	.readonly();
export type TermCondition = z.infer<typeof termCondition>;

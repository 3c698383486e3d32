// A part of the words in a picture or document, for people to read; which parts these are is excerpts.ts.
import { z } from "zod";

export const wordExcerpt = z
	.object({
		/** The member of a container that has the words; null where they are the file's own. */
		path: z.string().nullable(),
		/** They are letters of a document; a machine read them in a picture otherwise, and may have misread them. */
		isTyped: z.boolean(),
		text: z.string(),
		/** Where in the excerpt terms and links stand. */
		places: z.array(z.object({ from: z.int(), to: z.int() })).readonly(),
	})
	.readonly();
export type WordExcerpt = z.infer<typeof wordExcerpt>;

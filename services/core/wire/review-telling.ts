// What of a case's page says who is told, and who is not for now.
import { z } from "zod";

const words = z.object({ vi: z.string(), en: z.string() });
/** What those who reported a case would be told of each decision: the words in force, with what is put in for each of them in braces. */
export const wireAnswers = z.object({ remove: words, restore: words });

const timestamp = z.iso.datetime();
/** While it lasts nobody outside is told of the case: neither the affected user nor whoever reported it. */
export const wireSilence = z.object({
	...{ reason: z.string(), begunBy: z.string().nullable(), begunAt: timestamp, until: timestamp.nullable() },
	askedBy: z.object({ authority: z.string(), reference: z.string() }).nullable(),
});

// What of a case's page says who is told, and who is not for now.
import { z } from "zod";
import { silenceId } from "../ids.ts";
import { said } from "./storable.ts";

const words = z.object({ vi: z.string(), en: z.string() });
/** What those who reported a case would be told of each decision: the words in force, with what is put in for each of them in braces. */
export const wireAnswers = z.object({ remove: words, restore: words });

const timestamp = z.iso.datetime();
/** While it lasts nobody outside is told of the case: neither the affected user nor whoever reported it. */
export const wireSilence = z.object({
	id: silenceId,
	...{ reason: z.string(), begunBy: z.string().nullable(), begunAt: timestamp, until: timestamp.nullable() },
	askedBy: z.object({ authority: z.string(), reference: z.string() }).nullable(),
});

// POST /api/cases/:id/silences: nobody outside is told of the case until it ends
export const beginSilenceRequest = z.object({
	/** The law that forbids telling. */
	reason: said(2_000),
	/** When it ends by itself, after now; null: when somebody ends it. */
	until: timestamp.nullable(),
});
export type BeginSilenceRequest = z.infer<typeof beginSilenceRequest>;
export const silenceBegun = z.object({ id: silenceId });

// POST /api/silences/:id/end, by what {@link silenceBegun} answers
export const endSilenceRequest = z.object({ reason: said(500) });
/** How much is told by it; nothing while another silence of the case lasts. */
export const silenceEnded = z.object({ reports: z.int(), statements: z.int() });
export type SilenceEnded = z.infer<typeof silenceEnded>;

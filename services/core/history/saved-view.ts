// A question to the history that an operator wrote and keeps for everyone. Its query reads the history's tables and nothing else, which the engine
// sees to (ports/history-engine.ts); what its columns mean, whoever wrote it says.
import { z } from "zod";

export const viewName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and dashes");

export const viewText = z.object({
	name: viewName,
	/** What it shows, in a sentence. */
	says: z.string().trim().min(1).max(500),
	query: z.string().trim().min(1).max(20_000),
});
export type ViewText = z.infer<typeof viewText>;

/** The rows that are shown of a longer answer. */
export const mostViewRows = 10_000;

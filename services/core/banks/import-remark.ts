// What an import's rows say that is no reason to refuse them, and that whoever accepts it should know.
import { z } from "zod";

export const importRemark = z.discriminatedUnion("code", [
	/** Their end has passed: they match nothing. */
	z.object({ code: z.literal("rows-expired"), rows: z.int() }),
	/** One source says two things of one hash, in whatever they differ; its last row counts. */
	z.object({ code: z.literal("opinions-conflict"), hashes: z.int() }),
]);
export type ImportRemark = z.infer<typeof importRemark>;

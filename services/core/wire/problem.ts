// Errors as HTTP answers them: problem documents (RFC 9457), the same on every process.
import { z } from "zod";
import { reason } from "../reason.ts";

export const problemDocument = z.object({
	/** `urn:breakwater:problem:<code>`. */
	type: z.string(),
	title: z.string(),
	status: z.int(),
	/** A code of core/errors.ts. */
	code: z.string(),
	/** Worth sending again, unchanged. */
	retriable: z.boolean(),
	/** The reasons in English, for engineers. */
	detail: z.string().optional(),
	/** What is wrong, for people: codes with their parameters. */
	reasons: z.array(reason).optional(),
	requestId: z.string().optional(),
	/** What is wrong with which event of a batch, counted from 0. */
	problems: z.array(z.object({ index: z.int(), code: z.string(), detail: z.string() })).optional(),
});
export type ProblemDocument = z.infer<typeof problemDocument>;

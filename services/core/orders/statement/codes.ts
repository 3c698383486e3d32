// What a statement of reasons is made of, as codes: what is done, on which facts, who made us look, and what its user may do.
import { z } from "zod";

export const restriction = z.enum([
	...(["withheld", "removed", "limited", "lifted", "limit-lifted"] as const),
	...(["labelled", "label-lifted", "slowed", "slowing-lifted"] as const),
]);
/** What the decision rests on. `known` to `spread` are a machine's findings; `assessment` is people's own look. */
export const fact = z.enum(["known", "nearly-known", "resembling", "appearance", "words", "spread", "assessment"]);
/** What made us look: our own detection, a notice of Art. 16, an authority, or an appeal against what was decided before. */
export const prompt = z.enum(["detection", "report", "authority", "appeal"]);
export const redress = z.enum(["appeal", "platform-complaint", "dispute-settlement", "court"]);
export type StatementRedress = z.infer<typeof redress>;

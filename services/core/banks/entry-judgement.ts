// What people conclude of an entry, from a case or from quarantine, and what that makes of it. It becomes the opinion of the source
// `here`, beside what lists say; what that amounts to is aggregate-opinions.ts.
import { z } from "zod";
import type { OpinionKind } from "./bank.ts";

export const entryJudgements = ["confirm", "dispute", "clear"] as const;
export const entryJudgement = z.enum(entryJudgements);
export type EntryJudgement = z.infer<typeof entryJudgement>;

/** `confirm`: it is what the bank says. `dispute`: people must look at each match. `clear`: it matches nothing any more. */
export const opinionOfJudgement = {
	confirm: "positive",
	dispute: "investigate",
	clear: "negative",
} as const satisfies Record<EntryJudgement, OpinionKind>;

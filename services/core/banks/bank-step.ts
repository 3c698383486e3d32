// What one step of a bank's history was, as codes and parameters; never a hash. An import is one step, however many entries it wrote.
import { z } from "zod";
import { hashType } from "../hashes/hash-type.ts";
import { draftId } from "../ids.ts";
import { opinionKind } from "./bank.ts";

const counts = { added: z.int(), changed: z.int(), removed: z.int() };

export const bankStep = z.discriminatedUnion("code", [
	z.object({
		code: z.literal("settings-step"),
		enabled: z.boolean(),
		trusted: z.boolean(),
		shadow: z.boolean(),
		sources: z.array(z.string()).readonly(),
		enabledRatio: z.number(),
		tightRadiusBits: z.int(),
		wideRadiusBits: z.int(),
	}),
	z.object({
		code: z.literal("entry-step"),
		hashType,
		opinions: z.array(z.object({ source: z.string(), kind: opinionKind })).readonly(),
		isQuarantined: z.boolean(),
	}),
	/** What it was to do: while it is being carried out, less is done. */
	z.object({ code: z.literal("import-step"), draftId, origin: z.string(), ...counts }),
	z.object({ code: z.literal("put-back-step"), draftId, toRevision: z.int(), ...counts }),
	z.object({ code: z.literal("entry-removed-step") }),
	z.object({ code: z.literal("bank-removed-step") }),
]);
export type BankStep = z.infer<typeof bankStep>;

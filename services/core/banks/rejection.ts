// Why a row may not enter a bank: a code that is counted, with what an operator needs to act on it; never the hash.
import { z } from "zod";
import { hashType } from "../hashes/hash-type.ts";

const coded = <C extends string, S extends z.core.$ZodLooseShape>(code: C, parameters: S) =>
	z.object({ code: z.literal(code), ...parameters });

export const rejection = z.discriminatedUnion("code", [
	coded("malformed", { fields: z.array(z.string()).readonly() }),
	coded("ambiguous-date", { fields: z.array(z.string()).readonly() }),
	coded("unknown-type", { known: z.array(hashType).readonly() }),
	/** A type that others have and that is not read here. */
	coded("unread-type", { named: z.string(), known: z.array(hashType).readonly() }),
	coded("untyped", {}),
	coded("prefix-or-checksum", {}),
	coded("no-type-so-long", { hexDigits: z.int() }),
	coded("no-known-hash", {}),
	coded("not-a-list-line", {}),
	coded("not-an-address-line", {}),
	coded("not-an-address", {}),
	coded("no-word", {}),
	coded("too-many-words", {}),
	/** Anybody may register under it. */
	coded("public-suffix", {}),
	coded("not-utf8", {}),
	coded("wrong-length", { hashType, hexDigits: z.int() }),
	coded("no-frames", {}),
	coded("frames-without-structure", {}),
	coded("not-an-object", {}),
	coded("too-long", { mostCharacters: z.int() }),
	coded("quote-within", {}),
	coded("quote-open", {}),
	coded("all-zero", {}),
	coded("empty-file", {}),
	coded("low-entropy", { bitsSet: z.int() }),
	coded("low-quality", { quality: z.int(), lowest: z.int() }),
	coded("reserved-source", { source: z.string() }),
]);
export type Rejection = z.infer<typeof rejection>;
export type RejectionCode = Rejection["code"];
export const rejectionCodes = rejection.options.map((option) => option.shape.code.value);

// One row of a bank file, whatever its format: an entry, or a reason why not, with its line.
import { z } from "zod";
import { opinionKind, ownSource } from "../core/banks/bank.ts";
import { entryRejection } from "../core/banks/entry-rejection.ts";
import type { Rejection } from "../core/banks/rejection.ts";
import { hashBitsOf, hashType } from "../core/hashes/hash-type.ts";
import type { NewEntry } from "../core/ports/bank-store.ts";

export type BankRow =
	| { readonly kind: "entry"; readonly line: number; readonly entry: NewEntry }
	| { readonly kind: "rejected"; readonly line: number; readonly rejection: Rejection };

/** As a format's reader found it: any field may be missing or of any shape. */
export type RawRow = Readonly<Record<string, unknown>>;

const empty = (value: unknown) => value === undefined || value === null || value === "";
const optional = <T extends z.ZodType>(schema: T) =>
	z.preprocess((value) => (empty(value) ? undefined : value), schema.optional());

/** No control characters and no halves of characters: the record cannot keep them all, and a terminal would obey some. */
const isPlain = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);
const isPlainLines = (text: string) => !/(?![\n\r\t])[\p{Cc}\p{Cs}]/u.test(text);

/** Above it, a count of milliseconds. As seconds it would be a time in the year 5138. */
const mostSeconds = 1e11;

/** An integer counts from 1970, as text too where no year has so many digits; 0 is no expiry. What answers no date is refused. */
function toExpiry(value: unknown): unknown {
	if (empty(value) || value === 0) return undefined;
	if (typeof value === "number") {
		if (!Number.isInteger(value) || value < 0) return null;
		return new Date(value > mostSeconds ? value : value * 1000);
	}
	if (typeof value !== "string") return null;
	const text = value.trim();
	if (/^(0|\d{9,})$/.test(text)) return toExpiry(Number(text));
	// Some engines take a few digits for a month.
	return /^\d+$/.test(text) && text.length !== 4 ? null : new Date(text);
}

const row = z.object({
	type: z.string().trim().toLowerCase().pipe(hashType),
	hash: z
		.string()
		.trim()
		.toLowerCase()
		.regex(/^([0-9a-f]{2})+$/),
	quality: optional(z.coerce.number().int().min(0).max(100)),
	source: optional(z.string().trim().min(1).max(128).refine(isPlain)),
	opinion: optional(opinionKind),
	externalId: optional(z.coerce.string().trim().min(1).max(256).refine(isPlain)),
	categories: optional(
		z.array(
			z
				.string()
				.trim()
				.min(1)
				.max(64)
				.regex(/^[^;,\s]+$/)
				.refine(isPlain),
		),
	),
	severity: optional(z.coerce.number().int().min(0).max(5)),
	note: optional(z.string().trim().max(1000).refine(isPlainLines)),
	expires: z.preprocess(toExpiry, z.date().optional()),
});

/** `defaultSource` speaks in rows that name nobody. */
export function toBankRow(raw: RawRow, line: number, defaultSource: string): BankRow {
	const parsed = row.safeParse(empty(raw.type) ? { ...raw, type: guessType(raw.hash) } : raw);
	if (!parsed.success) {
		const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
		return malformed(line, `malformed ${fields.join(", ")}`);
	}
	const { type, hash, quality = null, opinion = "positive", externalId = null, note = null, expires } = parsed.data;
	const { categories, severity, source = defaultSource } = parsed.data;
	const bytes = Buffer.from(hash, "hex");
	if (bytes.length * 8 !== hashBitsOf(type))
		return malformed(line, `a ${type} hash has ${hashBitsOf(type) / 4} hex digits`);
	if (source === ownSource) {
		const detail = `\`${ownSource}\` is kept for what is decided here; name the source otherwise`;
		return { kind: "rejected", line, rejection: { code: "reserved-source", detail } };
	}
	const said = {
		...(categories === undefined || categories.length === 0 ? {} : { categories }),
		...(severity === undefined ? {} : { severity }),
		...(expires === undefined ? {} : { expiresAt: expires.toISOString() }),
	};
	const entry: NewEntry = {
		hashType: type,
		hash: bytes,
		quality,
		opinion: { source, kind: opinion, ...said },
		externalId,
		note,
	};
	const rejection = entryRejection(entry);
	return rejection === null ? { kind: "entry", line, entry } : { kind: "rejected", line, rejection };
}

export function malformed(line: number, detail: string): BankRow {
	return { kind: "rejected", line, rejection: { code: "malformed", detail } };
}

/** MD5 and SHA-1 can be told by their length; the 64-digit types cannot, and must be named. */
function guessType(hash: unknown): string {
	const digits = typeof hash === "string" ? hash.trim().length : 0;
	if (digits === 40) return "sha1";
	return digits === 32 ? "md5" : "";
}

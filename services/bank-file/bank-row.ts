// One row of a bank file, whatever its format: an entry, or a reason why not, with its line.
import { z } from "zod";
import { opinionKind, ownSource } from "../core/banks/bank.ts";
import { entryRejection } from "../core/banks/entry-rejection.ts";
import { readCondition } from "../core/banks/read-condition.ts";
import type { Rejection } from "../core/banks/rejection.ts";
import type { TermCondition } from "../core/banks/term-condition.ts";
import {
	declarationOf,
	type HashType,
	hashBitsOf,
	hashTypes,
	isOfFrames,
	isOfLinks,
	isOfPictures,
	isOfTerms,
	isWithinTexts,
} from "../core/hashes/hash-type.ts";
import { hashLink } from "../core/hashes/link/link-hash.ts";
import { hashTerm, type TermFault } from "../core/hashes/term/term-hash.ts";
import { hashOfFrames } from "../core/hashes/vpdq/hash-of-frames.ts";
import { readVideoFrames } from "../core/hashes/vpdq/video-frames.ts";
import { isAmbiguousDate } from "../core/iso-time.ts";
import type { LinkFault } from "../core/links/link-forms.ts";
import type { NewEntry } from "../core/ports/bank-store.ts";
import { toExpiry } from "./expiry.ts";
import { hashTypeNamed, unknownType } from "./hash-type-names.ts";
import { isEmpty } from "./is-empty.ts";
import { readHash, toHexDigits } from "./read-hash.ts";

export type BankRow =
	| { readonly kind: "entry"; readonly line: number; readonly entry: NewEntry }
	| { readonly kind: "rejected"; readonly line: number; readonly rejection: Rejection };

/** As a format's reader found it: any field may be missing or of any shape. */
export type RawRow = Readonly<Record<string, unknown>>;

const optional = <T extends z.ZodType>(schema: T) =>
	z.preprocess((value) => (isEmpty(value) ? undefined : value), schema.optional());

/** No control characters and no halves of characters: the record cannot keep them all, and a terminal would obey some. */
const isPlain = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);
const isPlainLines = (text: string) => !/(?![\n\r\t])[\p{Cc}\p{Cs}]/u.test(text);

const row = z.object({
	type: z.string().min(1),
	hash: z.preprocess(
		(value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : value),
		z.string().trim().min(1),
	),
	quality: optional(z.coerce.number().int().min(0).max(100)),
	source: optional(z.string().trim().min(1).max(128).refine(isPlain)),
	opinion: optional(z.string().trim().toLowerCase().pipe(opinionKind)),
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
	/** Where a term counts; other types may have columns of these names. */
	language: z.unknown().optional(),
	context: z.unknown().optional(),
	within: z.unknown().optional(),
	before: z.unknown().optional(),
	after: z.unknown().optional(),
});

const distance = optional(z.coerce.number().int());
const condition = z.object({
	language: optional(z.string()),
	context: optional(z.array(z.string())),
	...{ within: distance, before: distance, after: distance },
});

const isGarbled = (value: unknown) => typeof value === "string" && value.includes("\ufffd");

/** What a file does not say itself. */
export interface RowDefaults {
	/** Who speaks in rows that name nobody. */
	readonly source: string;
	/** The type of those hashes that do not say theirs. */
	readonly hashType?: HashType | undefined;
}

export function toBankRow(raw: RawRow, line: number, defaults: RowDefaults): BankRow {
	for (const field in raw) if (isGarbled(raw[field])) return refused(line, { code: "not-utf8" });
	const parsed = row.safeParse(isEmpty(raw.type) ? { ...raw, type: defaults.hashType ?? guessType(raw) } : raw);
	if (!parsed.success) return refused(line, whyMalformed(raw, parsed.error.issues));
	const { hash: text, quality = null, opinion = "positive", externalId = null, note = null, expires } = parsed.data;
	const { categories, severity, source = defaults.source } = parsed.data;
	const type = hashTypeNamed(parsed.data.type);
	if (type === null) return refused(line, unknownType(parsed.data.type));
	const named = isOfFrames(type) ? readFrames(type, text) : null;
	if (typeof named === "string") return refused(line, { code: named });
	const bytes =
		named?.hash ?? declarationOf(type).read(text) ?? readHash(text, hashBitsOf(type)) ?? ofWords(type, text);
	if (typeof bytes === "string") return refused(line, { code: bytes });
	if (bytes === null) return refused(line, { code: "wrong-length", hashType: type, hexDigits: hashBitsOf(type) / 4 });
	if (source === ownSource) return refused(line, { code: "reserved-source", source });
	const only = isOfTerms(type) ? conditionOf(parsed.data) : undefined;
	if (typeof only === "string") return refused(line, { code: "malformed", fields: [only] });
	const said = {
		...(only === undefined ? {} : { only }),
		...(categories === undefined || categories.length === 0 ? {} : { categories }),
		...(severity === undefined ? {} : { severity }),
		...(expires === undefined ? {} : { expiresAt: expires.toISOString() }),
	};
	const entry: NewEntry = {
		hashType: type,
		hash: bytes,
		...(named && { frames: named.frames }),
		quality,
		opinion: { source, kind: opinion, ...said },
		externalId,
		note,
	};
	const rejection = entryRejection(entry);
	return rejection === null ? { kind: "entry", line, entry } : refused(line, rejection);
}

/** The name of the field that is wrong, where one is. */
function conditionOf(raw: RawRow): TermCondition | undefined | string {
	const parsed = condition.safeParse(raw);
	return parsed.success ? readCondition(parsed.data) : String(parsed.error.issues[0]?.path[0]);
}

/** What is kept of a video or a sound are the frames that can be compared; its hash is their name. */
function readFrames(type: HashType, text: string) {
	const frames = readVideoFrames(text);
	if (frames === null) return "no-frames";
	const usable = declarationOf(type).usable?.(frames) ?? frames;
	return usable.length === 0 ? "frames-without-structure" : { hash: hashOfFrames(usable), frames: usable };
}

/** A list of links or terms may write them, where it has no hashes of them. */
function ofWords(type: HashType, text: string): Uint8Array | LinkFault | TermFault | null {
	if (!isWithinTexts(type)) return null;
	const hash = isOfLinks(type) ? hashLink(text) : hashTerm(text);
	return typeof hash === "string" ? hash : hash.subarray(0, hashBitsOf(type) / 8);
}

export function refused(line: number, rejection: Rejection): BankRow {
	return { kind: "rejected", line, rejection };
}

function whyMalformed(raw: RawRow, issues: readonly z.core.$ZodIssue[]): Rejection {
	const fields = [...new Set(issues.map((issue) => String(issue.path[0])))];
	if (fields.length === 1 && fields[0] === "type" && isEmpty(raw.type)) return whyUntyped(raw.hash);
	const isAmbiguous = fields.includes("expires") && typeof raw.expires === "string" && isAmbiguousDate(raw.expires);
	return { code: isAmbiguous ? "ambiguous-date" : "malformed", fields };
}

const checksumDigits = 8;

/** Those that alone have as many digits are told by them; only those of pictures have a quality. */
function guessType({ hash, quality }: RawRow): HashType | "" {
	const digits = typeof hash === "string" ? toHexDigits(hash)?.length : undefined;
	const asLong = hashTypes.filter((type) => hashBitsOf(type) / 4 === digits && !isOfTerms(type));
	// A checksum of a file (CRC-32) has as many.
	if (digits === checksumDigits) return "";
	const [only, ...more] = asLong.length < 2 || isEmpty(quality) ? asLong : asLong.filter(isOfPictures);
	return only === undefined || more.length > 0 ? "" : only;
}

function whyUntyped(hash: unknown): Rejection {
	const digits = typeof hash === "string" ? toHexDigits(hash)?.length : undefined;
	if (digits === undefined) return { code: "malformed", fields: ["type", "hash"] };
	if (digits === checksumDigits) return { code: "prefix-or-checksum" };
	return digits === 64 ? { code: "untyped" } : { code: "no-type-so-long", hexDigits: digits };
}

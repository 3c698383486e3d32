// The matcher's HTTP API, compatible with Hasher-Matcher-Actioner 1.1 (github.com/facebook/ThreatExchange): names, spellings and
// status codes are its own. What differs, and why, is in infra/decisions/matcher-api.md.
import { z } from "zod";
import { surface } from "./item-event.ts";

/** As clients written in Python send one, in a query or in JSON. */
const queryFlag = z.stringbool({
	truthy: ["true", "1", "yes", "on", "t", "y"],
	falsy: ["false", "0", "no", "off", "f", "n"],
});
const flag = z.union([z.boolean(), z.literal([0, 1]).transform(Boolean), queryFlag]);
const decimalText = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
/** As pydantic reads an optional float: numbers, decimal text, and booleans; what is empty is none of them. */
const ratio = z
	.union([z.number(), z.boolean().transform(Number), z.string().regex(decimalText).transform(Number)])
	.pipe(z.number().min(0).max(1));

export const refusal = z.object({ message: z.string() }).describe("Why it was refused");
/** 422: fields that are missing or of another type. */
export const invalidFields = z.array(
	z.object({ type: z.string(), loc: z.array(z.union([z.string(), z.number()])), msg: z.string() }),
);
export type InvalidFields = z.infer<typeof invalidFields>;

// /h/hash
export const hashQuery = z.object({
	url: z.string().describe("Where the picture or video is"),
	content_type: z.string().optional().describe("photo or video; otherwise what the host says"),
	types: z.string().optional().describe("Comma-separated signal types; otherwise all of the content type"),
});
export const uploadQuery = hashQuery.pick({ types: true });
export const hashAnswer = z
	.record(z.string(), z.string())
	.describe("Signal type to hash; an empty one where the picture has too little structure to be hashed");
/** The header that names types of hash that nobody named and that could not be made of the file, each with the reason. */
export const notHashedHeader = "x-breakwater-not-hashed";

// /m
const banks = z.string().optional().describe("Comma-separated banks to look in");
export const rawLookupQuery = z.object({
	signal: z.string(),
	signal_type: z.string(),
	banks,
	include_distance: queryFlag.default(false),
});
const matchWithDistance = z.object({
	bank_content_id: z.int(),
	distance: z.string().describe("Bits, or - for signal types without a distance"),
});
export const rawLookupAnswer = z.object({ matches: z.array(z.union([z.int(), matchWithDistance])) });

export const lookupQuery = hashQuery.extend({ url: z.string().optional() }).extend({
	signal: z.string().optional(),
	signal_type: z.string().optional(),
	banks,
	seed: z.string().optional().describe("The same seed always gets the same share of banks that are on in part"),
	bypass_coinflip: queryFlag.default(false).describe("Ask all banks, however much of them is on"),
	surface: surface
		.optional()
		.describe("Where it appears: the policy may say otherwise there. The key says which platform's policy holds"),
});
export const uploadLookupQuery = lookupQuery.pick({ types: true, banks: true, seed: true, surface: true }).extend({
	bypass_coinflip: z.string().optional().describe("true: ask all banks"),
});
const bankMatches = z.record(z.string(), z.array(matchWithDistance)).describe("Matches by bank");
export type BankMatches = z.infer<typeof bankMatches>;
/** The header of look-ups that says in JSON, by bank, how many entries answer, too, and are left out. */
export const leftOutHeader = "x-breakwater-left-out";
/** Whose policy said what counts: `default`, or `platform`, `surface` or both, for which that policy may have settings of its own. */
export const policyHeader = "x-breakwater-policy";
export const lookupAnswer = z.union([bankMatches, z.record(z.string(), bankMatches)]);

export type Comparison = [isMatch: boolean, by: { readonly distance?: number }];
/** A pair; a list of two is what descriptions can say of one and clients can read. */
const comparison = z.array(z.union([z.boolean(), z.object({ distance: z.int().optional() })])).length(2);
export const compareAnswer = z.record(z.string(), comparison);

export const typeQuery = z.object({ signal_type: z.string().optional() });
const indexStatus = z.object({
	built_to: z.int().describe("Unix time of the newest entry; -1 for none"),
	present: z.boolean(),
	size: z.int(),
});
export const indexStatusAnswer = z.record(z.string(), indexStatus);
export const indexDetail = z.object({
	db_size: z.int(),
	index_size: z.int(),
	index_out_of_date: z.boolean(),
	newest_db_item: z.int(),
	index_built_to: z.int(),
});

// /c
export const bank = z.object({ name: z.string(), matching_enabled_ratio: z.number() });
export type ApiBank = z.infer<typeof bank>;
export const waitingBank = bank.extend({ message: z.string() }).describe("What was asked for waits; the bank as it is");
export const newBankBody = z.object({
	name: z.string(),
	enabled_ratio: ratio.nullish(),
	enabled: flag.nullish(),
});
export const bankChangeBody = z.object({
	name: z.string().nullish(),
	enabled_ratio: ratio.nullish(),
	enabled: flag.nullish(),
});
export const contentMetadata = z.strictObject({
	content_id: z.string().nullish(),
	content_uri: z.string().nullish(),
	json: z.record(z.string(), z.unknown()).nullish(),
});
export type ContentMetadata = z.infer<typeof contentMetadata>;
export const addedContent = z.object({ id: z.int(), signals: z.record(z.string(), z.string()) });
export const contentQuery = z.object({
	include_signals: z.string().optional(),
	include_metadata: z.string().optional(),
});
export const content = z.object({
	id: z.int(),
	disable_until_ts: z.int().describe("1: on, 0: off, or the Unix time from which it is on again"),
	original_media_uri: z.string().nullable(),
	bank,
	signals: z.record(z.string(), z.string()).optional(),
	metadata: contentMetadata.extend({ collab: z.null() }).optional(),
	note: z.string().optional(),
});
export type ApiContent = z.infer<typeof content>;
export const changedContent = z.object({
	id: z.int(),
	disable_until_ts: z.int(),
	collab_metadata: z.object({}),
	original_media_uri: z.string().nullable(),
	bank,
	user_metadata: contentMetadata.nullable(),
	note: z.string().nullable(),
});
export const signalTypeAnswer = z.array(z.object({ name: z.string(), enabled_ratio: z.number() }));
export const contentTypeAnswer = z.array(z.object({ name: z.string(), enabled: z.boolean() }));
export const done = z.object({ message: z.string() });

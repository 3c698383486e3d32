// Rows of banks, entries and their history.
import { z } from "zod";
import {
	type BankChange,
	type BankEntry,
	type BankSettings,
	bankSettings,
	type Opinion,
	opinionKind,
} from "../../../core/banks/bank.ts";
import { quarantineReason } from "../../../core/banks/entry-surge.ts";
import { termCondition } from "../../../core/banks/term-condition.ts";
import { hashType } from "../../../core/hashes/hash-type.ts";
import { pdqsOf, unpackFrames } from "../../../core/hashes/vpdq/video-frames.ts";
import { type BankId, bankId, entryId } from "../../../core/ids.ts";
import type { EntryDetail } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";

export const bankRow = z.object({
	id: bankId,
	name: column.text,
	kind: column.text,
	category: column.text,
	trusted: column.flag,
	enabled: column.flag,
	shadow: column.flag,
	enabled_ratio: column.real,
	tight_radius_bits: column.whole,
	wide_radius_bits: column.whole,
	owner: column.text.nullable(),
	expires_at: column.time.nullable(),
	allowed_share: column.real,
	allowed_added_entries: column.whole,
	video_share_of_item: column.real,
	video_share_of_entry: column.real,
	sources: column.texts,
	updated_at: column.time,
});

export function toSettings(row: z.infer<typeof bankRow>): BankSettings {
	return bankSettings.parse({
		...row,
		enabledRatio: row.enabled_ratio,
		tightRadiusBits: row.tight_radius_bits,
		wideRadiusBits: row.wide_radius_bits,
		expiresAt: row.expires_at?.toISOString() ?? null,
		videoShares: { ofItem: row.video_share_of_item, ofEntry: row.video_share_of_entry },
		allowedChange: { share: row.allowed_share, addedEntries: row.allowed_added_entries },
	});
}

/** By source; what a source did not say is left out. */
export const storedOpinions = z.record(
	z.string(),
	z.object({
		kind: opinionKind,
		categories: z.array(z.string()).exactOptional(),
		severity: z.number().exactOptional(),
		expiresAt: z.string().exactOptional(),
		only: termCondition.exactOptional(),
		externalId: z.string().exactOptional(),
		note: z.string().exactOptional(),
	}),
);
export type StoredOpinions = z.infer<typeof storedOpinions>;

export const entryDetailRow = z.object({
	id: entryId,
	bank_id: bankId,
	hash_type: hashType,
	hash: column.bytes,
	quality: column.whole.nullable(),
	opinions: storedOpinions,
	quarantined_at: column.time.nullable(),
	added_by: column.text,
	added_at: column.time,
	updated_at: column.time,
	quarantine_reason: quarantineReason.nullable(),
	/** Where it was asked for, and the hash names some. */
	frames: column.bytes.nullish(),
});
type EntryDetailRow = z.infer<typeof entryDetailRow>;

function toEntry(row: EntryDetailRow): BankEntry {
	return {
		id: row.id,
		bankId: oneString(row.bank_id),
		hashType: row.hash_type,
		hash: row.hash,
		quality: row.quality,
		opinions: toMatcherOpinions(row.opinions),
		isQuarantined: row.quarantined_at !== null,
	};
}

export function toEntryDetail(row: EntryDetailRow): EntryDetail {
	const { quarantined_at: at, quarantine_reason: reason, frames } = row;
	return {
		...toEntry(row),
		...(frames && { frames: unpackFrames(frames) }),
		opinions: Object.entries(row.opinions)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([source, opinion]) => ({ source, ...opinion })),
		addedBy: row.added_by,
		addedAt: row.added_at,
		updatedAt: row.updated_at,
		quarantine: at === null || reason === null ? null : { at, reason },
	};
}

/** A million entries name the same few banks: one string for each, and not one for each entry. */
const bankIds = new Map<BankId, BankId>();
function oneString(id: BankId): BankId {
	const known = bankIds.get(id);
	if (known === undefined) bankIds.set(id, id);
	return known ?? id;
}

/** A million entries say the same few things: they share the arrays, and a matcher keeps each of them once. */
const shared = new Map<string, readonly Opinion[]>();
const mostShared = 10_000;

export function toMatcherOpinions(stored: StoredOpinions): readonly Opinion[] {
	const opinions = Object.entries(stored).map(([source, opinion]): Opinion => {
		const { externalId: _externalId, note: _note, ...said } = opinion;
		return { source, ...said };
	});
	const key = JSON.stringify(opinions);
	const known = shared.get(key);
	if (known !== undefined) return known;
	if (shared.size < mostShared) shared.set(key, opinions);
	return opinions;
}

export const changeKind = z.enum(["bank", "bank-removed", "entry", "entry-removed"]);
export const changeRow = z.object({
	sequence: column.count,
	kind: changeKind,
	bank_id: bankId,
	entry_id: entryId.nullable(),
	/** As its kind has it: settings, an entry, or nothing. */
	data: z.unknown(),
	/** Those that the entry's hash names. */
	frames: column.bytes.nullable(),
});

/** An entry as the history keeps it: everything but the ids, which have columns of their own. */
export const storedEntry = z.object({
	hashType,
	hash: z.string(),
	quality: z.int().nullable(),
	opinions: storedOpinions,
	isQuarantined: z.literal(true).optional(),
});

export function toChange(row: z.infer<typeof changeRow>): BankChange {
	const { sequence, kind, bank_id: bankId, entry_id: entryId } = row;
	if (kind === "bank") return { sequence, kind, bank: bankSettings.parse(row.data) };
	if (kind === "bank-removed") return { sequence, kind, bankId };
	if (entryId === null) throw new Error("a change of an entry names it");
	if (kind === "entry-removed") return { sequence, kind, entryId, bankId };
	const { hashType, hash, quality, opinions, isQuarantined } = storedEntry.parse(row.data);
	return {
		sequence,
		kind,
		entry: {
			id: entryId,
			bankId: oneString(bankId),
			hashType,
			hash: Buffer.from(hash, "hex"),
			...(row.frames && { framePdqs: pdqsOf(unpackFrames(row.frames)) }),
			quality,
			opinions: toMatcherOpinions(opinions),
			isQuarantined: isQuarantined === true,
		},
	};
}

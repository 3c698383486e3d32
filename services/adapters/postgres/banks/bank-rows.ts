// Rows of banks, entries and their history.

import {
	type BankChange,
	type BankEntry,
	type BankSettings,
	bankSettings,
	type Opinion,
} from "../../../core/banks/bank.ts";
import { quarantineReason } from "../../../core/banks/entry-surge.ts";
import type { HashType } from "../../../core/hashes/hash-type.ts";
import type { BankId, EntryId } from "../../../core/ids.ts";
import type { EntryDetail, FullOpinion } from "../../../core/ports/bank-store.ts";

export interface BankRow {
	readonly id: BankId;
	readonly name: string;
	readonly kind: string;
	readonly category: string;
	readonly trusted: boolean;
	readonly enabled: boolean;
	readonly shadow: boolean;
	readonly enabled_ratio: number;
	readonly tight_radius_bits: number;
	readonly wide_radius_bits: number;
	readonly owner: string | null;
	readonly expires_at: Date | null;
	readonly allowed_share: number;
	readonly allowed_added_entries: number;
	readonly sources: readonly string[];
	readonly updated_at: Date;
}

export function toSettings(row: BankRow): BankSettings {
	return bankSettings.parse({
		...row,
		enabledRatio: row.enabled_ratio,
		tightRadiusBits: row.tight_radius_bits,
		wideRadiusBits: row.wide_radius_bits,
		expiresAt: row.expires_at?.toISOString() ?? null,
		allowedChange: { share: row.allowed_share, addedEntries: row.allowed_added_entries },
	});
}

/** By source; what a source did not say is left out. */
export type StoredOpinions = Readonly<Record<string, Omit<FullOpinion, "source">>>;

interface EntryRow {
	readonly id: EntryId;
	readonly bank_id: BankId;
	readonly hash_type: HashType;
	readonly hash: Buffer;
	readonly quality: number | null;
	readonly opinions: StoredOpinions;
	readonly quarantined_at: Date | null;
}

export interface EntryDetailRow extends EntryRow {
	readonly added_by: string;
	readonly added_at: Date;
	readonly updated_at: Date;
	readonly quarantine_reason: unknown;
}

function toEntry(row: EntryRow): BankEntry {
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
	const { quarantined_at: at, quarantine_reason: reason } = row;
	return {
		...toEntry(row),
		opinions: Object.entries(row.opinions)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([source, opinion]) => ({ source, ...opinion })),
		addedBy: row.added_by,
		addedAt: row.added_at,
		updatedAt: row.updated_at,
		quarantine: at === null ? null : { at, reason: quarantineReason.parse(reason) },
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

export interface ChangeRow {
	readonly sequence: string;
	readonly kind: BankChange["kind"];
	readonly bank_id: BankId;
	readonly entry_id: EntryId | null;
	readonly data: BankSettings | StoredEntry;
}

/** An entry as the history keeps it: everything but the ids, which have columns of their own. */
export interface StoredEntry {
	readonly hashType: HashType;
	readonly hash: string;
	readonly quality: number | null;
	readonly opinions: StoredOpinions;
	readonly isQuarantined?: true;
}

export function toChange(row: ChangeRow): BankChange {
	const sequence = Number(row.sequence);
	const { kind, bank_id: bankId, entry_id: entryId } = row;
	if (kind === "bank") return { sequence, kind, bank: bankSettings.parse(row.data) };
	if (kind === "bank-removed") return { sequence, kind, bankId };
	if (entryId === null) throw new Error("a change of an entry names it");
	if (kind === "entry-removed") return { sequence, kind, entryId, bankId };
	const { hashType, hash, quality, opinions, isQuarantined } = row.data as StoredEntry;
	return {
		sequence,
		kind,
		entry: {
			id: entryId,
			bankId: oneString(bankId),
			hashType,
			hash: Buffer.from(hash, "hex"),
			quality,
			opinions: toMatcherOpinions(opinions),
			isQuarantined: isQuarantined === true,
		},
	};
}

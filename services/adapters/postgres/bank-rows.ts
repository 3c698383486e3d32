// Rows of banks, entries and their history.
import { sql } from "kysely";
import type { BankId, EntryId } from "../../core/ids.ts";
import {
	type BankChange,
	type BankEntry,
	type BankSettings,
	bankSettings,
	type HashType,
	type Opinion,
} from "../../core/matching/bank.ts";
import type { Database, Executor } from "./database.ts";

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
	readonly updated_at: Date;
}

export function toSettings(row: BankRow): BankSettings {
	return bankSettings.parse({
		...row,
		enabledRatio: row.enabled_ratio,
		tightRadiusBits: row.tight_radius_bits,
		wideRadiusBits: row.wide_radius_bits,
	});
}

export interface EntryRow {
	readonly id: EntryId;
	readonly bank_id: BankId;
	readonly hash_type: HashType;
	readonly hash: Buffer;
	readonly quality: number | null;
	readonly opinions: readonly Opinion[];
}

export function entriesQuery(where: ReturnType<typeof sql>, limit: number) {
	return sql`SELECT id, bank_id, hash_type, hash, quality,
			(SELECT COALESCE(jsonb_agg(jsonb_build_object('source', source, 'kind', kind) ORDER BY source), '[]')
				FROM bank_opinions WHERE entry_id = bank_entries.id) AS opinions
		FROM bank_entries WHERE ${where} ORDER BY id LIMIT ${limit}`;
}

export function toEntry(row: EntryRow): BankEntry {
	return {
		id: row.id,
		bankId: row.bank_id,
		hashType: row.hash_type,
		hash: row.hash,
		quality: row.quality,
		opinions: row.opinions,
	};
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
	readonly opinions: readonly Opinion[];
}

export function toChange(row: ChangeRow): BankChange {
	const sequence = Number(row.sequence);
	const { kind, bank_id: bankId, entry_id: entryId } = row;
	if (kind === "bank") return { sequence, kind, bank: bankSettings.parse(row.data) };
	if (kind === "bank-removed") return { sequence, kind, bankId };
	if (entryId === null) throw new Error("a change of an entry names it");
	if (kind === "entry-removed") return { sequence, kind, entryId, bankId };
	const { hashType, hash, quality, opinions } = row.data as StoredEntry;
	return {
		sequence,
		kind,
		entry: { id: entryId, bankId, hashType, hash: Buffer.from(hash, "hex"), quality, opinions },
	};
}

export interface NewChange {
	readonly kind: BankChange["kind"];
	readonly bankId: BankId;
	readonly entryId: EntryId | null;
	readonly data: unknown;
}

const sequenceLock = 8_273_649_018;

/** Numbers are handed out one transaction at a time, so that they become visible in order. */
export async function writeChanges(
	database: Database,
	tx: Executor,
	by: string,
	changes: readonly NewChange[],
): Promise<void> {
	if (changes.length === 0) return;
	await database.rows(sql`SELECT pg_advisory_xact_lock(${sequenceLock})`, tx);
	await database.rows(
		sql`INSERT INTO bank_changes (sequence, by, kind, bank_id, entry_id, data)
			SELECT (SELECT COALESCE(max(sequence), 0) FROM bank_changes) + row_number() OVER (), ${by}, kind, "bankId", "entryId", data
			FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS r (kind text, "bankId" uuid, "entryId" uuid, data jsonb)`,
		tx,
	);
	await database.rows(sql`SELECT pg_notify('banks', '')`, tx);
}

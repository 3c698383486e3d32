import { sql } from "kysely";
import { z } from "zod";
import { type Doer, machine, named } from "../../../core/acts/doer.ts";
import { hashType } from "../../../core/hashes/hash-type.ts";
import { unpackFrames } from "../../../core/hashes/vpdq/video-frames.ts";
import { bankId } from "../../../core/ids.ts";
import {
	type BankContent,
	type BankContentStore,
	type ContentRef,
	contentOff,
	contentOn,
	type HeldHash,
	type NewContent,
} from "../../../core/ports/bank-content-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { tellBankAct } from "./bank-acts.ts";
import { lockSequence } from "./bank-changes.ts";
import { numberEntries } from "./bank-content-numbers.ts";
import { giveOpinion, touchEntries } from "./content-opinions.ts";
import { writeEntries } from "./write-entries.ts";

const numberRow = z.object({ id: column.count });
const refRow = numberRow.extend({ source: column.text.nullable(), disable_until_ts: column.count });
const contentRow = refRow.extend({
	bank_id: bankId,
	note: column.text.nullable(),
	metadata: z.record(z.string(), z.unknown()).nullable(),
	/** Null where there is none. */
	hashes: z.array(z.object({ hashType, hash: z.string(), frames: z.string().nullable() })).nullable(),
});
const heldRow = refRow.extend({ n: column.whole });
const typeCount = z.object({ hash_type: hashType, entries: column.count, newest_at: column.time.nullable() });

export function createBankContentStore(database: Database): BankContentStore {
	return {
		add: (content, by) => database.transaction((tx) => addContent(tx, content, by)),
		find: (id) => findContent(database, id),
		update: (id, change, by) =>
			database.transaction(async (tx) => {
				await lockSequence(tx);
				const before = await findContent(tx, id);
				if (before === null) return null;
				const { disableUntilTs = before.disableUntilTs, note = before.note } = change;
				await tx.rows(
					sql`UPDATE bank_contents SET disable_until_ts = ${disableUntilTs}, note = ${note},
							is_off = ${disableUntilTs} = ${contentOff} OR ${disableUntilTs} > extract(epoch FROM now()) WHERE id = ${id}`,
				);
				const after = { ...before, disableUntilTs, note };
				await giveOpinion(tx, after, by);
				await tellContent(tx, "content-changed", after, named(by));
				return after;
			}),
		remove: (id, by) =>
			database.transaction(async (tx) => {
				await lockSequence(tx);
				const content = await findContent(tx, id);
				if (content === null) return false;
				await tx.rows(sql`DELETE FROM bank_contents WHERE id = ${id}`);
				await giveOpinion(tx, content, by);
				await tellContent(tx, "content-removed", content, named(by));
				return true;
			}),
		holding: (hashes) => findHolding(database, hashes),
		async enableDue(by) {
			const isDue = sql`is_off AND disable_until_ts > ${contentOn} AND disable_until_ts <= extract(epoch FROM now())`;
			const due = await database.rows(sql`SELECT id FROM bank_contents WHERE ${isDue} LIMIT 1000`, numberRow);
			for (const { id } of due) await enable(database, id, isDue, by);
			return due.length;
		},
		async counts() {
			const rows = await database.rows(
				sql`SELECT hash_type, sum(entries) AS entries, max(newest_at) AS newest_at FROM bank_entry_counts
					WHERE bank_id IN (SELECT id FROM banks WHERE kind = 'known') GROUP BY hash_type`,
				typeCount,
			);
			return rows.map((row) => ({ hashType: row.hash_type, entries: row.entries, newestAt: row.newest_at }));
		},
	};
}

async function addContent(tx: Connection, content: NewContent, by: string): Promise<number> {
	const { bankId, source, hashes, note, metadata } = content;
	await lockSequence(tx);
	const types = hashes.map(({ hashType }) => hashType);
	const bytes = hashes.map(({ hash }) => Buffer.from(hash));
	const [row] = await tx.rows(
		sql`WITH content AS (
				INSERT INTO bank_contents (bank_id, source, note, metadata, added_by)
				VALUES (${bankId}, ${source}, ${note}, ${metadata === null ? null : JSON.stringify(metadata)}::jsonb, ${by}) RETURNING id
			), held AS (
				INSERT INTO bank_content_hashes (content_id, bank_id, hash_type, hash, is_entry)
				SELECT content.id, ${bankId}, hash_type, hash, false FROM content, unnest(${types}::text[], ${bytes}::bytea[]) AS hashes (hash_type, hash)
			)
			SELECT id FROM content`,
		numberRow,
	);
	const opinion = { source, kind: "positive" } as const;
	const entries = hashes.map((one) => ({ ...one, opinion, externalId: null, note: null }));
	const { same } = await writeEntries(tx, bankId, entries, by);
	// An entry that says the same as before is held by one content more: whoever remembers its contents must be told.
	if (same > 0) await touchEntries(tx, { bankId, hashes }, by);
	if (row === undefined) throw new Error("what was inserted is answered");
	const { id } = row;
	const details = { content: id, hashTypes: types };
	await tellBankAct(tx, { what: "content-added", on: bankId, by: named(by), details });
	return id;
}

/** Enabling what was off for a time is the machine's. */
async function tellContent(
	tx: Connection,
	what: "content-changed" | "content-removed",
	{ id, bankId }: Pick<BankContent, "id" | "bankId">,
	by: Doer,
): Promise<void> {
	await tellBankAct(tx, { what, on: bankId, by, details: { content: id } });
}

/** Its hashes that still have an entry for which it speaks; null where there is none left. */
async function findContent(on: Connection, id: number): Promise<BankContent | null> {
	const [row] = await on.rows(
		sql`SELECT content.*, (
				SELECT jsonb_agg(jsonb_build_object('hashType', hash_type, 'hash', encode(hash, 'hex'), 'frames', encode(named.frames, 'hex')) ORDER BY hash_type DESC)
				FROM bank_content_hashes JOIN bank_entries AS entry USING (bank_id, hash_type, hash)
				LEFT JOIN video_frames AS named USING (hash)
				WHERE content_id = content.id AND (source IS NULL OR opinions ? source)
			) AS hashes
			FROM bank_contents AS content WHERE id = ${id}`,
		contentRow,
	);
	if (row === undefined || row.hashes === null) return null;
	return {
		...toRef(row),
		bankId: row.bank_id,
		note: row.note,
		metadata: row.metadata,
		hashes: row.hashes.map(({ hashType, hash, frames }) => ({
			...{ hashType, hash: Buffer.from(hash, "hex") },
			...(frames === null ? {} : { frames: unpackFrames(Buffer.from(frames, "hex")) }),
		})),
	};
}

function toRef(row: z.infer<typeof refRow>): ContentRef {
	return { id: row.id, source: row.source, disableUntilTs: row.disable_until_ts };
}

async function findHolding(
	database: Database,
	hashes: readonly (HeldHash & { readonly numbered: boolean })[],
): Promise<readonly (readonly ContentRef[])[]> {
	const held = await readHolding(database, hashes);
	const isMissing = (index: number) =>
		hashes[index]?.numbered === true
			? !held[index]?.some(({ source }) => source === null)
			: (held[index] ?? []).length === 0;
	const missing = hashes.filter((_, index) => isMissing(index));
	if (missing.length === 0) return held;
	await numberEntries(database, missing);
	return readHolding(database, hashes);
}

async function readHolding(
	database: Database,
	hashes: readonly HeldHash[],
): Promise<readonly (readonly ContentRef[])[]> {
	const input = hashes.map(({ bankId, hashType, hash }, n) => ({
		n,
		bankId,
		hashType,
		hash: Buffer.from(hash).toString("hex"),
	}));
	const rows = await database.rows(
		sql`SELECT n, content.id, content.source, content.disable_until_ts
			FROM jsonb_to_recordset(${JSON.stringify(input)}::jsonb) AS r (n integer, "bankId" uuid, "hashType" text, hash text)
			JOIN bank_content_hashes AS held ON held.bank_id = "bankId" AND held.hash_type = "hashType" AND held.hash = decode(r.hash, 'hex')
			JOIN bank_contents AS content ON content.id = held.content_id ORDER BY n, content.id`,
		heldRow,
	);
	const found: ContentRef[][] = hashes.map(() => []);
	for (const row of rows) found[row.n]?.push(toRef(row));
	return found;
}

/** Looked at again under the lock: another process may have been faster. */
async function enable(database: Database, id: number, isDue: ReturnType<typeof sql>, by: string): Promise<void> {
	await database.transaction(async (tx) => {
		await lockSequence(tx);
		const enabled = await tx.rows(
			sql`UPDATE bank_contents SET is_off = false WHERE id = ${id} AND ${isDue} RETURNING 1`,
		);
		const content = enabled.length === 0 ? null : await findContent(tx, id);
		if (content === null) return;
		await giveOpinion(tx, content, by);
		await tellContent(tx, "content-changed", content, machine);
	});
}

import { sql } from "kysely";
import { z } from "zod";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { upsertEntries } from "../../../services/adapters/postgres/banks/write-entries.ts";
import type { Database } from "../../../services/adapters/postgres/connection/database.ts";
import { type BankId, type EntryId, entryId } from "../../../services/core/ids.ts";
import type { LineProcess } from "../matching/line-process.ts";
import type { Looked } from "./detector.ts";
import { knownEntries } from "./known-hash.ts";

export interface Churned {
	/** What look-ups were like meanwhile. */
	readonly looked: Looked;
	/** Entries that did not answer once they were all added, or still answered once they were all removed. */
	readonly wrong: number;
	readonly changesPerSecond: number;
	readonly slowestSeconds: number;
}

const entriesPerWrite = 100;
/** Removals come one by one; so many at a time. */
const removalsAtOnce = 4;

/** Adds entries from number `from` on and removes them again, while the detector looks pictures up all the time. */
export async function churn(options: {
	readonly detector: LineProcess;
	readonly database: Database;
	readonly bankId: BankId;
	readonly from: number;
	readonly count: number;
	/** Entries that stay. */
	readonly known: number;
}): Promise<Churned> {
	const { detector, database, bankId, from, count, known } = options;
	const banks = createBankStore(database);
	const answering = async (first: number, end: number) =>
		(await detector.ask<{ readonly found: number }>({ find: { from: first, to: end } })).found;
	let slowestMs = 0;
	/** Measures from the store's answer until the detector answers with the entry, or no longer does. */
	const untilAnswering = async (entry: number, wanted: number) => {
		const started = performance.now();
		while ((await answering(entry, entry + 1)) !== wanted && performance.now() - started < 10_000);
		slowestMs = Math.max(slowestMs, performance.now() - started);
	};

	await detector.ask({ begin: { known } });
	const started = performance.now();
	for (let at = from; at < from + count; at += entriesPerWrite) {
		const end = Math.min(from + count, at + entriesPerWrite);
		await database.transaction((tx) => upsertEntries(tx, { bankId, by: "bench" }, knownEntries(at, end)));
		await untilAnswering(end - 1, 1);
	}
	const missing = count - (await answering(from, from + count));
	const ids = await idsOf(database, bankId, from, count);
	for (let at = 0; at < ids.length; at += removalsAtOnce) {
		const removed = ids.slice(at, at + removalsAtOnce);
		await Promise.all(removed.map((id) => banks.removeEntry(id, "bench")));
		for (const offset of removed.keys()) await untilAnswering(from + at + offset, 0);
	}
	const seconds = (performance.now() - started) / 1_000;
	const left = await answering(from, from + count);
	const looked = await detector.ask<Looked>({ end: {} });
	return { looked, wrong: missing + left, changesPerSecond: (2 * count) / seconds, slowestSeconds: slowestMs / 1_000 };
}

/** In the order of their numbers. */
async function idsOf(database: Database, bankId: BankId, from: number, count: number): Promise<readonly EntryId[]> {
	const rows = await database.rows(
		sql`SELECT id FROM generate_series(${from}::int, ${from + count - 1}::int) AS n
			JOIN bank_entries ON bank_id = ${bankId} AND hash_type = 'pdq' AND hash = sha256(int4send(n)) ORDER BY n`,
		z.object({ id: entryId }),
	);
	return rows.map(({ id }) => id);
}

import { sql } from "kysely";
import { z } from "zod";
import { countedTable, countsVersion, countTableNames } from "../../../core/history/history-counts.ts";
import { historyTableNames } from "../../../core/history/history-tables.ts";
import type { HistoryCount, HistoryFile, HistoryStore } from "../../../core/ports/history-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { forgetDue } from "./forget-due.ts";
import { dueKinds, readDue } from "./read-due.ts";

const numberedPerStep = 1_000;

const markRow = z.object({ name: z.enum(["numbered", "published", "written", "counted"]), number: column.count });
const dueRow = z.object({ number: column.count, kind: z.enum(dueKinds), keys: column.texts, at: column.time });
const tableName = z.enum(historyTableNames);
const fileRow = z.object({
	...{ key: column.text, table: tableName, day: column.text, platform: column.text },
	...{ level: column.whole, rows: column.count },
});
const countKeys = z.partialRecord(z.enum(countTableNames), z.string());
const countedFileRow = fileRow.extend({ counts: countKeys.nullable() });
const keyRow = z.object({ key: column.text });
/** As they are counted today. */
const isCounted = sql`counts_version IS NOT DISTINCT FROM ${countsVersion}::smallint`;
const fileColumns = sql`key, in_table AS "table", to_char(day, 'YYYY-MM-DD') AS day, platform, level, rows`;

type Publish = Parameters<HistoryStore["relay"]>[1];

export function createHistoryStore(database: Database, catalogue: SignalCatalogue): HistoryStore {
	return {
		relay: (limit, publish) => relay(database, { catalogue, limit, publish }),
		async publishAgain() {
			await database.rows(
				sql`UPDATE history_marks SET number = (SELECT number FROM history_marks WHERE name = 'written') WHERE name = 'published'`,
			);
		},
		async marks() {
			const found = await database.rows(sql`SELECT name, number FROM history_marks`, markRow);
			const of = (name: string) => found.find((one) => one.name === name)?.number ?? 0;
			return { numbered: of("numbered"), published: of("published"), written: of("written") };
		},
		addFiles: (files, { from, through }) =>
			database.transaction(async (tx) => {
				const moved = await tx.rows(
					sql`UPDATE history_marks SET number = ${through} WHERE name = 'written' AND number = ${from - 1} RETURNING number`,
				);
				if (moved.length === 0) return false;
				await insertFiles(tx, files);
				await forgetDue(tx);
				return true;
			}),
		listToMerge: (fewest) => listToMerge(database, fewest),
		replaceFiles: (before, after, counts) =>
			database.transaction(async (tx) => {
				const keys = before.map(({ key }) => key);
				const free = await tx.rows(
					sql`SELECT key FROM history_files WHERE key = ANY (${keys}::text[]) AND replaced_at IS NULL ORDER BY key FOR UPDATE`,
				);
				if (free.length < keys.length) return false;
				await tx.rows(sql`UPDATE history_files SET replaced_at = clock_timestamp() WHERE key = ANY (${keys}::text[])`);
				await insertFiles(tx, [after]);
				await insertCounts(tx, after, counts);
				return true;
			}),
		async listReplaced(olderThanMs) {
			const rows = await database.rows(
				sql`SELECT key FROM history_files WHERE replaced_at < now() - make_interval(secs => ${olderThanMs / 1_000}) LIMIT 1000`,
				keyRow,
			);
			return rows.map(({ key }) => key);
		},
		async forget(keys) {
			await database.rows(
				sql`DELETE FROM history_files WHERE key = ANY (${[...keys]}::text[]) AND replaced_at IS NOT NULL`,
			);
		},
		listFiles: ({ tables, fromDay, platform }) =>
			database.rows(
				sql`SELECT ${fileColumns}, CASE WHEN ${isCounted} THEN
						(SELECT coalesce(jsonb_object_agg(history_counts.in_table, history_counts.key), '{}') FROM history_counts WHERE of_file = history_files.key)
					END AS counts
					FROM history_files WHERE replaced_at IS NULL AND in_table = ANY (${[...tables]}::text[])
					AND history_files.day >= ${fromDay}::date AND (${platform}::text IS NULL OR platform = ${platform}) ORDER BY history_files.day, key`,
				countedFileRow,
			),
		async knownKeys(keys) {
			const rows = await database.rows(
				sql`SELECT key FROM history_files WHERE key = ANY (${[...keys]}::text[])
					UNION ALL SELECT key FROM history_counts WHERE key = ANY (${[...keys]}::text[])`,
				keyRow,
			);
			return new Set(rows.map(({ key }) => key));
		},
	};
}

/** Numbering commits before anything is published under a number. */
async function relay(
	database: Database,
	{
		catalogue,
		limit,
		publish,
	}: { readonly catalogue: SignalCatalogue; readonly limit: number; readonly publish: Publish },
): Promise<number> {
	await database.transaction(number);
	return database.transaction(async (tx) => {
		const [mark] = await tx.rows(
			sql`SELECT name, number FROM history_marks WHERE name = 'published' FOR UPDATE SKIP LOCKED`,
			markRow,
		);
		if (mark === undefined) return 0;
		const due = await tx.rows(
			sql`SELECT number, kind, keys, at FROM history_due WHERE number > ${mark.number} ORDER BY number LIMIT ${limit}`,
			dueRow,
		);
		const last = due.at(-1);
		if (last === undefined) return 0;
		const rows = await readDue(tx, due, catalogue);
		await publish(due.map(({ number, at }, index) => ({ number, at, rows: rows[index] ?? {} })));
		await setMark(tx, "published", last.number);
		return due.length;
	});
}

/** One at a time, under the mark's lock: numbers have no gaps, and what has one is committed. */
async function number(tx: Connection): Promise<void> {
	const [mark] = await tx.rows(
		sql`SELECT name, number FROM history_marks WHERE name = 'numbered' FOR UPDATE SKIP LOCKED`,
		markRow,
	);
	if (mark === undefined) return;
	const given = await tx.rows(
		sql`UPDATE history_due SET number = ${mark.number} + place FROM (
				SELECT id, row_number() OVER (ORDER BY id) AS place FROM (
					SELECT id FROM history_due WHERE number IS NULL ORDER BY id LIMIT ${numberedPerStep}
				) AS new
			) AS placed WHERE history_due.id = placed.id RETURNING history_due.id`,
	);
	if (given.length > 0) await setMark(tx, "numbered", mark.number + given.length);
}

async function setMark(tx: Connection, name: z.infer<typeof markRow>["name"], to: number): Promise<void> {
	await tx.rows(sql`UPDATE history_marks SET number = ${to} WHERE name = ${name}`);
}

async function insertFiles(tx: Connection, files: readonly HistoryFile[]): Promise<void> {
	await tx.rows(
		sql`INSERT INTO history_files (key, in_table, day, platform, level, rows)
			SELECT key, "table", day, platform, level, rows FROM jsonb_to_recordset(${JSON.stringify(files)}::jsonb)
				AS r (key text, "table" text, day date, platform text, level smallint, rows bigint)`,
	);
}

async function insertCounts(
	tx: Connection,
	{ key, table }: HistoryFile,
	counts: readonly HistoryCount[],
): Promise<void> {
	if (table !== countedTable) return;
	await tx.rows(
		sql`INSERT INTO history_counts (key, of_file, in_table, rows)
			SELECT key, ${key}, "table", rows FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) AS r (key text, "table" text, rows bigint)`,
	);
	await tx.rows(sql`UPDATE history_files SET is_counted = true, counts_version = ${countsVersion} WHERE key = ${key}`);
}

/** A day is over once nothing new of it can be on its way; its files become one, whatever their levels. */
async function listToMerge(database: Database, fewest: number): Promise<readonly (readonly HistoryFile[])[]> {
	const group = z.object({ files: z.array(fileRow.extend({ rows: z.int() })) });
	const groups = await database.rows(
		sql`SELECT jsonb_agg(jsonb_build_object('key', key, 'table', in_table, 'day', to_char(day, 'YYYY-MM-DD'), 'platform', platform, 'level', level, 'rows', rows) ORDER BY key) AS files
			FROM (
				SELECT *, day < (now() AT TIME ZONE 'UTC')::date - 1 AS is_over FROM history_files WHERE replaced_at IS NULL
			) AS file
			GROUP BY in_table, day, platform, is_over, CASE WHEN is_over THEN 0 ELSE level END
			HAVING count(*) >= CASE WHEN is_over AND in_table = ${countedTable} AND NOT bool_and(${isCounted}) THEN 1 WHEN is_over THEN 2 ELSE ${fewest}::bigint END
			LIMIT 20`,
		group,
	);
	return groups.map(({ files }) => files);
}

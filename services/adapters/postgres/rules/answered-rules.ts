// How often rules would have asked what people had answered, one row a revision.
import { sql } from "kysely";
import { z } from "zod";
import type { AnsweredRule } from "../../../core/ports/rule-store.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { answeredOf } from "../../../core/signals/rule/rule-signal.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const answeredRow = z.object({ ...{ revision: column.whole, items: column.count, lastAt: column.time } });

export function readAnswered(on: Connection, name: string): Promise<readonly AnsweredRule[]> {
	return on.rows(
		sql`SELECT revision, items, last_at AS "lastAt" FROM answered_rules WHERE name = ${name} ORDER BY revision DESC`,
		answeredRow,
	);
}

/** Written last, like what shadows said. */
export async function writeAnswered(connection: Connection, items: readonly ExaminedItem[], at: Date): Promise<void> {
	const counts = new Map<string, { readonly name: string; readonly revision: number; items: number }>();
	for (const { verdict } of items) {
		for (const { rule: name, revision, version } of answeredOf(verdict)) {
			const row = counts.get(version) ?? { name, revision, items: 0 };
			row.items += 1;
			counts.set(version, row);
		}
	}
	if (counts.size === 0) return;
	const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	await connection.rows(
		sql`INSERT INTO answered_rules AS kept (name, revision, items, last_at)
			SELECT name, revision, items, ${at}::timestamptz FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) AS r (name text, revision integer, items integer)
			ON CONFLICT (name, revision) DO UPDATE SET items = kept.items + excluded.items, last_at = excluded.last_at`,
	);
}

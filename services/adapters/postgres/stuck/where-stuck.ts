// What the stores of dead letters, jobs and orders share: which of them are meant, and the acts that people do with them.
import { sql } from "kysely";
import { named } from "../../../core/acts/doer.ts";
import {
	type ActedBy,
	type StuckAct,
	type StuckFilter,
	type StuckKind,
	stuckActCode,
} from "../../../core/stuck/stuck.ts";
import { appendActs } from "../acts/append-acts.ts";
import type { Connection } from "../connection/database.ts";

/** The condition that a filter comes to, on these columns. */
export function whereStuck(
	{ ids, reason, since, until }: StuckFilter,
	columns: { readonly id: string; readonly reason: string; readonly at: string },
) {
	return sql.join(
		[
			sql`true`,
			...(ids === undefined ? [] : [sql`${sql.ref(columns.id)}::text = ANY (${[...ids]}::text[])`]),
			...(reason === undefined ? [] : [sql`${sql.ref(columns.reason)} = ${reason}`]),
			...(since === undefined ? [] : [sql`${sql.ref(columns.at)} >= ${since}`]),
			...(until === undefined ? [] : [sql`${sql.ref(columns.at)} < ${until}`]),
		],
		sql` AND `,
	);
}

/** One act for each of these ids; answers how many. */
export async function tellStuckActs(
	tx: Connection,
	[kind, act]: readonly [StuckKind, StuckAct],
	{ by, why }: ActedBy,
	ids: readonly string[],
): Promise<number> {
	const reason = why === "" ? null : why;
	const what = stuckActCode(kind, act);
	await appendActs(
		tx,
		ids.map((on) => ({ what, on, by: named(by), reason, details: {} })),
	);
	return ids.length;
}

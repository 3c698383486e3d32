import { sql } from "kysely";
import { z } from "zod";
import {
	type ActedBy,
	type OperatorActStore,
	type StuckAct,
	type StuckFilter,
	type StuckKind,
	stuckActs,
	stuckKinds,
} from "../../../core/ports/operator-act-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const operatorAct = z.object({
	...{ at: column.time, by: column.text, act: z.enum(stuckActs), kind: z.enum(stuckKinds) },
	...{ subject: column.text, why: column.text },
});

export function createOperatorActStore(database: Database): OperatorActStore {
	return {
		list: ({ subject, limit }) =>
			database.rows(
				sql`SELECT at, by, act, kind, subject, why FROM operator_acts
					WHERE ${subject ?? null}::text IS NULL OR subject = ${subject ?? null} ORDER BY id DESC LIMIT ${limit}`,
				operatorAct,
			),
	};
}

/** A statement to be used within WITH: one act for each row of `subjects`, a query or the name of one, by its column `subject`. */
export function insertActs(kind: StuckKind, act: StuckAct, { by, why }: ActedBy, subjects: string) {
	return sql`INSERT INTO operator_acts (by, act, kind, subject, why)
		SELECT ${by}, ${act}, ${kind}, subject, ${why} FROM ${sql.table(subjects)}`;
}

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

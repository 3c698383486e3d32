// Sessions, in the table of those whom they are of: one rule of how long they last and when they end.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { Account, SessionStore } from "../../../core/ports/session-store.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import type { Connection, Database } from "../connection/database.ts";

export interface SessionsOf<A extends Account, Row> {
	readonly table: "sessions" | "authority_sessions";
	/** Their own table, with what else their row needs. */
	readonly holders: RawBuilder<unknown>;
	/** Ties a holder to the session's `user_id`, and is false of those who are shut out. */
	readonly mayUse: RawBuilder<unknown>;
	readonly columns: RawBuilder<unknown>;
	readonly row: z.ZodType<Row>;
	readonly toHolder: (row: Row) => A;
	/** What is told of their coming (`at`: when) and going. */
	readonly told: (tx: Connection, holder: A["id"], isComing: boolean) => NewAct | Promise<NewAct>;
	readonly idOf: (text: string) => A["id"];
}

export function sessionRows<A extends Account, Row>(
	database: Database,
	of: SessionsOf<A, Row>,
): Pick<SessionStore<A>, "openSession" | "useSession" | "closeSession"> {
	const table = sql.table(of.table);
	return {
		openSession: ({ tokenHash, userId, now, expiresAt, endsAt }) =>
			database.transaction(async (tx) => {
				await tx.rows(sql`DELETE FROM ${table} WHERE ends_at < ${now} OR expires_at < ${now}`);
				await tx.rows(
					sql`INSERT INTO ${table} (token_hash, user_id, created_at, expires_at, ends_at)
						VALUES (${Buffer.from(tokenHash)}, ${userId}, ${now}, ${expiresAt}, ${endsAt})`,
				);
				await appendActs(tx, [{ ...(await of.told(tx, userId, true)), at: now }]);
			}),
		async useSession(tokenHash, now, extendTo) {
			const [row] = await database.rows(
				sql`UPDATE ${table} AS used SET expires_at = LEAST(COALESCE(${extendTo}::timestamptz, used.expires_at), used.ends_at) FROM ${of.holders}
					WHERE used.token_hash = ${Buffer.from(tokenHash)} AND used.expires_at > ${now} AND ${of.mayUse} RETURNING ${of.columns}`,
				of.row,
			);
			return row === undefined ? null : of.toHolder(row);
		},
		closeSession: (tokenHash) =>
			database.transaction(async (tx) => {
				const closed = await tx.rows(
					sql`DELETE FROM ${table} WHERE token_hash = ${Buffer.from(tokenHash)} RETURNING user_id`,
					z.object({ user_id: z.string() }),
				);
				for (const { user_id: id } of closed) await appendActs(tx, [await of.told(tx, of.idOf(id), false)]);
			}),
	};
}

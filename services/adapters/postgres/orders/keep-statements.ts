// The statement of reasons of orders: worded once, when each is first sent, and kept as it was worded.
import { sql } from "kysely";
import { z } from "zod";
import type { TemplateBook } from "../../../core/answers/template-book.ts";
import { type OrderId, orderId } from "../../../core/ids.ts";
import { templatesInForce } from "../answers/template-store.ts";
import type { Connection } from "../connection/database.ts";

interface Unworded<Statement> {
	readonly id: OrderId;
	readonly wordIn: (templates: TemplateBook) => Statement;
}

/** Words statements, and keeps them. Two that word the same order at once have the words of whoever was first. */
export async function keepStatements<Statement>(
	on: Connection,
	orders: readonly Unworded<Statement>[],
	schema: z.ZodType<Statement>,
): Promise<ReadonlyMap<OrderId, Statement>> {
	if (orders.length === 0) return new Map();
	const { revision, set } = await templatesInForce(on);
	const rows = orders.map(({ id, wordIn }) => ({ id, statement: wordIn(set) }));
	const written = await on.rows(
		sql`INSERT INTO order_statements (order_id, template_revision, statement)
			SELECT id, ${revision}, statement FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, statement jsonb)
			ORDER BY id ON CONFLICT DO NOTHING RETURNING order_id AS id`,
		z.object({ id: orderId }),
	);
	const fresh = new Set(written.map(({ id }) => id));
	const others = rows.flatMap(({ id }) => (fresh.has(id) ? [] : [id]));
	const kept =
		others.length === 0 ? [] : await on.rows(keptStatements(others), z.object({ id: orderId, statement: schema }));
	return new Map([...rows, ...kept].map(({ id, statement }) => [id, statement]));
}

function keptStatements(ids: readonly OrderId[]) {
	return sql`SELECT order_id AS id, statement FROM order_statements WHERE order_id = ANY (${[...ids]}::uuid[])`;
}

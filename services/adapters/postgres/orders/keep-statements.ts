// The statement of reasons of orders: worded once, when each is first sent, and kept as it was worded.
import { sql } from "kysely";
import { z } from "zod";
import type { TemplateBook } from "../../../core/answers/template-book.ts";
import { type OrderId, orderId } from "../../../core/ids.ts";
import { templatesInForce } from "../answers/template-store.ts";
import type { Connection } from "../connection/database.ts";

interface Stated<Statement> {
	readonly id: OrderId;
	/** A law forbids telling anybody of its case now. */
	readonly is_silent: boolean;
	/** As it was worded, once it was sent. */
	readonly statement: Statement | null;
}

interface Wording<Row, Statement> {
	readonly word: (row: Row, templates: TemplateBook) => Statement;
	readonly schema: z.ZodType<Statement>;
}

/** The statements of those whose users may be told now: as they were worded, or worded and kept. */
export async function statementsOf<Statement, Row extends Stated<Statement>>(
	on: Connection,
	rows: readonly Row[],
	wording: Wording<Row, Statement>,
): Promise<ReadonlyMap<OrderId, Statement>> {
	const told = rows.filter((row) => !row.is_silent);
	const kept = told.flatMap(({ id, statement }) => (statement === null ? [] : [[id, statement] as const]));
	const unworded = told.filter(({ statement }) => statement === null);
	return new Map([...kept, ...(await keepStatements(on, unworded, wording))]);
}

/** Two that word the same order at once have the words of whoever was first. */
async function keepStatements<Statement, Row extends Stated<Statement>>(
	on: Connection,
	orders: readonly Row[],
	{ word, schema }: Wording<Row, Statement>,
): Promise<ReadonlyMap<OrderId, Statement>> {
	if (orders.length === 0) return new Map();
	const { revision, set } = await templatesInForce(on);
	const rows = orders.map((order) => ({ id: order.id, statement: word(order, set) }));
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

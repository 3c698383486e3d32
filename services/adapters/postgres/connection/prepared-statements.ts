// Gives each statement's text a name, under which PostgreSQL parses and plans it once on a connection instead of at each use: of the
// pipeline's statements, which are long and move few rows, that is half of the work.
import type { PostgresPoolClient as Client, PostgresCursor, PostgresPool, PostgresQueryResult } from "kysely";
import type pg from "pg";

/** Each connection keeps what it has prepared. Texts beyond so many (filters in every combination) are planned at each use. */
const mostNames = 400;

export interface PreparedStatements {
	readonly pool: PostgresPool;
	/** Whether a fault is that a plan does not fit its tables any more, since a migration: the statement is then to be repeated, and will be planned anew. */
	isOutdated(error: unknown): boolean;
}

export function prepareStatements(pool: pg.Pool): PreparedStatements {
	const clients = new WeakMap<pg.PoolClient, Client>();
	let names = new Map<string, string>();
	let generation = 0;

	const nameOf = (text: string): string | undefined => {
		const known = names.get(text);
		if (known !== undefined || names.size >= mostNames) return known;
		const name = `s${generation}-${names.size}`;
		names.set(text, name);
		return name;
	};
	const prepared = (client: pg.PoolClient): Client => {
		function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
		function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
		function query(text: unknown, values: readonly unknown[] = []): unknown {
			if (typeof text !== "string") throw new Error("nothing is read by cursor here");
			// Without parameters it may be several statements (a migration), or `begin`, of which there is nothing to plan.
			const name = values.length === 0 ? undefined : nameOf(text);
			return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
		}
		return { query, release: () => client.release() };
	};
	return {
		pool: {
			async connect() {
				const client = await pool.connect();
				const known = clients.get(client) ?? prepared(client);
				clients.set(client, known);
				return known;
			},
			end: () => pool.end(),
		},
		isOutdated(error) {
			if (!(error instanceof Error) || !error.message.includes("cached plan must not change result type")) return false;
			generation += 1;
			names = new Map();
			return true;
		},
	};
}

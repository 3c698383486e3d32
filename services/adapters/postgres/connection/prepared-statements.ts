// Gives each statement's text a name, under which PostgreSQL parses and plans it once on a connection instead of at each use: of the
// pipeline's statements, which are long and move few rows, that is half of the work.
import type pg from "pg";

/** Each connection keeps what it has prepared. Texts beyond so many (filters in every combination) are planned at each use. */
const mostNames = 400;

export interface PreparedStatements {
	/** Statements of one connection go out as they are asked for, and are answered in that order. Several in one text answer no rows. */
	run(client: pg.ClientBase, text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly unknown[] }>;
	/** Whether a fault is that a plan does not fit its tables any more, since a migration: the statement is then to be repeated, and will be planned anew. */
	isOutdated(error: unknown): boolean;
}

export function prepareStatements(): PreparedStatements {
	let names = new Map<string, string>();
	let generation = 0;

	const nameOf = (text: string): string | undefined => {
		const known = names.get(text);
		if (known !== undefined || names.size >= mostNames) return known;
		const name = `s${generation}-${names.size}`;
		names.set(text, name);
		return name;
	};
	return {
		async run(client, text, values) {
			const name = isOne(text, values) ? nameOf(text) : undefined;
			const answer: pg.QueryResult | pg.QueryResult[] = await client.query({
				text,
				values: [...values],
				...(name === undefined ? {} : { name }),
			});
			return Array.isArray(answer) ? { rows: [] } : answer;
		},
		isOutdated(error) {
			if (!(error instanceof Error) || !error.message.includes("cached plan must not change result type")) return false;
			generation += 1;
			names = new Map();
			return true;
		},
	};
}

/** Without parameters it may be several statements (a migration), or one of which there is nothing to plan. */
function isOne(text: string, values: readonly unknown[]): boolean {
	return values.length > 0 || (/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text) && !text.includes(";"));
}

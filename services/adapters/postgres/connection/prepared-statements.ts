// Gives each statement's text a name, under which PostgreSQL parses and plans it once on a connection instead of at each use: of the
// pipeline's statements, which are long and move few rows, that is half of the work.
import {
	type CompiledQuery,
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type Sql,
} from "kysely";
import type pg from "pg";

/** Each connection keeps what it has prepared. Texts beyond so many (filters in every combination) are planned at each use. */
const mostNames = 400;

type Statement = ReturnType<Sql>;
type Answer = Promise<{ readonly rows: readonly unknown[] }>;

/** One connection, held by one alone. */
export interface Client {
	execute(statement: Statement): Answer;
	/** One of the words around a transaction. */
	command(word: "begin" | "commit" | "rollback"): Promise<unknown>;
	release(): void;
}

export interface PreparedStatements {
	/** Runs one by itself. */
	execute(statement: Statement): Answer;
	connect(): Promise<Client>;
	/** Whether a fault is that a plan does not fit its tables any more, since a migration: the statement is then to be repeated, and will be planned anew. */
	isOutdated(error: unknown): boolean;
}

/** Statements only, no query builder: what they answer is parsed by a schema next to their SQL. */
const compiler = new Kysely<Record<string, never>>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (on) => new PostgresIntrospector(on),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});

export function prepareStatements(pool: pg.Pool): PreparedStatements {
	let names = new Map<string, string>();
	let generation = 0;

	const nameOf = (text: string): string | undefined => {
		const known = names.get(text);
		if (known !== undefined || names.size >= mostNames) return known;
		const name = `s${generation}-${names.size}`;
		names.set(text, name);
		return name;
	};
	const toQuery = ({ sql: text, parameters }: CompiledQuery) => {
		// Without parameters it may be several statements (a migration), of which there is nothing to plan.
		const name = parameters.length === 0 ? undefined : nameOf(text);
		return { text, values: [...parameters], ...(name === undefined ? {} : { name }) };
	};
	return {
		async execute(statement) {
			const client = await pool.connect();
			try {
				return await client.query(toQuery(statement.compile(compiler)));
			} finally {
				// Without the fault: the pool would close the connection for a statement that was refused.
				client.release();
			}
		},
		async connect() {
			const client = await pool.connect();
			return {
				execute: (statement) => client.query(toQuery(statement.compile(compiler))),
				command: (word) => client.query(word),
				release: () => client.release(),
			};
		},
		isOutdated(error) {
			if (!(error instanceof Error) || !error.message.includes("cached plan must not change result type")) return false;
			generation += 1;
			names = new Map();
			return true;
		},
	};
}

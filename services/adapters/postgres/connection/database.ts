// Connections to PostgreSQL: a pool for statements and one connection that listens for notices.
import {
	DummyDriver,
	Kysely,
	PostgresAdapter,
	PostgresIntrospector,
	PostgresQueryCompiler,
	type Sql,
	sql,
} from "kysely";
import pg from "pg";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { errorCode } from "../../../runtime/error-code.ts";
import type { Logger } from "../../../runtime/logger.ts";
import { createListener, type Listener } from "./listener.ts";
import { prepareStatements } from "./prepared-statements.ts";

/** Where statements run: a database, each statement by itself, or one transaction. Whoever is handed one cannot leave it. */
export interface Connection {
	/** Runs one statement and answers its rows, each parsed by `row`; columns that it does not name are left out. */
	rows<Row extends z.ZodType>(statement: ReturnType<Sql>, row: Row): Promise<readonly z.output<Row>[]>;
	/** Runs one statement whose rows say nothing: what it answers is how many. */
	rows(statement: ReturnType<Sql>): Promise<readonly unknown[]>;
	/** The process is the command line: whoever acts there gives a name, and has not logged in. */
	readonly isCli: boolean;
}

export interface Database extends Connection, AsyncDisposable {
	/** Gives `work` a connection of its own; read committed; repeated on deadlocks, serialization failures and outdated plans. */
	transaction<T>(work: (tx: Connection) => Promise<T>): Promise<T>;
	readonly listener: Listener;
}

export interface DatabaseOptions {
	readonly url: string;
	readonly maxConnections: number;
	readonly applicationName: string;
	/** See {@link Connection.isCli}; default no. */
	readonly isCli?: boolean;
	readonly logger: Logger;
}

/** 64-bit counts and offsets stay exact as strings until they are parsed (columns.ts). */
const int8Oid = 20;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 30_000;
const keepAliveAfterMs = 10_000;
const repeats = 5;

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
	const pool = openPool(options);
	const statements = prepareStatements();
	const listener = createListener({ ...options, application: `${options.applicationName}-listen` });
	const { isCli = false } = options;
	const on = (client: pg.ClientBase) => (statement: ReturnType<Sql>) => {
		const { sql: text, parameters } = statement.compile(compiler);
		return statements.run(client, text, parameters);
	};
	const execute = async (statement: ReturnType<Sql>) => {
		const client = await pool.connect();
		try {
			return await on(client)(statement);
		} finally {
			client.release();
		}
	};
	const executeAnew = (statement: ReturnType<Sql>) =>
		execute(statement).catch((error: unknown) => {
			if (!statements.isOutdated(error)) throw error;
			return execute(statement);
		});
	const once = async <T>(work: (tx: Connection) => Promise<T>): Promise<T> => {
		const client = await pool.connect();
		let isInOrder = true;
		try {
			// It goes out with the first statement of the work.
			const begun = client.query("begin");
			begun.catch(() => undefined);
			const result = await work(rowsOn({ isCli, execute: on(client) }));
			await begun;
			await client.query("commit");
			return result;
		} catch (error) {
			// A connection that cannot even do that is not used again.
			await client.query("rollback").catch(() => {
				isInOrder = false;
			});
			throw error;
		} finally {
			client.release(!isInOrder);
		}
	};
	const database: Database = {
		listener,
		...rowsOn({ isCli, execute: executeAnew, explain: asStoreError }),
		async transaction(work) {
			for (let repeat = 1; ; repeat += 1) {
				try {
					return await once(work);
				} catch (error) {
					const isOver = !statements.isOutdated(error) && !isTransient(error);
					if (repeat >= repeats || isOver) throw asStoreError(error);
				}
			}
		},
		async [Symbol.asyncDispose]() {
			await listener[Symbol.asyncDispose]();
			await pool.end();
		},
	};
	try {
		await database.rows(sql`SELECT 1`);
	} catch (error) {
		await database[Symbol.asyncDispose]();
		throw error;
	}
	return database;
}

function openPool(options: DatabaseOptions): pg.Pool {
	const pool = new pg.Pool({
		connectionString: options.url,
		max: options.maxConnections,
		application_name: options.applicationName,
		connectionTimeoutMillis: connectTimeoutMs,
		statement_timeout: statementTimeoutMs,
		// Statements of a transaction that do not need each other's answers go out together (`atOnce`).
		pipeline: true,
		// Statements of many parts are thought to be costly, whatever comes of them: compiling one takes longer than it ever runs.
		options: "-c jit=off",
		keepAlive: true,
		// A server that went without a word is noticed while its answer is waited for; the system's own default is two hours.
		keepAliveInitialDelayMillis: keepAliveAfterMs,
	});
	// A connection that breaks is replaced at the next statement. The pool hears of those that are idle; one that breaks inside of a
	// transaction, between two statements, says so to nobody else, and an error that nobody hears ends the process.
	const onLost = (error: Error) => {
		// A server that is stopped next may be faster than the end of an idle connection.
		if (!pool.ending) options.logger.warn({ event: "database-connection-lost", err: error });
	};
	pool.on("error", onLost);
	pool.on("acquire", (client) => client.on("error", onLost));
	pool.on("release", (_error, client) => client.off("error", onLost));
	return pool;
}

/** Statements only, no query builder: what they answer is parsed by a schema next to their SQL. */
const compiler = new Kysely<Record<string, never>>({
	dialect: {
		createAdapter: () => new PostgresAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new PostgresIntrospector(db),
		createQueryCompiler: () => new PostgresQueryCompiler(),
	},
});

interface Executor extends Pick<Connection, "isCli"> {
	readonly execute: (statement: ReturnType<Sql>) => Promise<{ readonly rows: readonly unknown[] }>;
	/** What an error of the statement comes to. Within a transaction it stays as it is: whether to repeat hangs on it. */
	readonly explain?: (error: unknown) => unknown;
}

function rowsOn({ isCli, execute, explain = (error) => error }: Executor): Connection {
	async function rows(statement: ReturnType<Sql>, row: z.ZodType = z.unknown()): Promise<readonly unknown[]> {
		const found = await execute(statement).catch((error: unknown) => {
			throw explain(error);
		});
		return found.rows.map((one) => row.parse(one));
	}
	return { isCli, rows };
}

pg.types.setTypeParser(int8Oid, (text) => text);

/** PostgreSQL: 40001 serialization failure, 40P01 deadlock. */
function isTransient(error: unknown): boolean {
	const code = errorCode(error);
	return code === "40001" || code === "40P01";
}

export function isUniqueViolation(error: unknown): boolean {
	return errorCode(error) === "23505";
}

/**
 * Classes 08 connection, 28 who may connect (a password changed there first), 53 resources, 57 operator intervention, 58 system; 25006,
 * a server that only reads: a standby after a failover; 3D000 and 55000, a database that is not there or takes no connections: it is
 * being restored; and what the socket says.
 */
const unavailableCodes =
	/^(08|28|53|57|58|25006|3D000|55000)|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)$|^(40001|40P01)$/;

/** Faults of the connection become `store-unavailable`, which is retried; anything else is a mistake of ours and stays as it is. */
function asStoreError(error: unknown): unknown {
	if (error instanceof BreakwaterError) return error;
	const isConnection =
		error instanceof Error &&
		/Connection terminated|timeout exceeded when trying to connect|Client has encountered/i.test(error.message);
	if (isConnection || unavailableCodes.test(errorCode(error) ?? ""))
		return new BreakwaterError("store-unavailable", { cause: error });
	return error;
}

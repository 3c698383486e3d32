// Brings the schema up to date: files in order, all or none, forward only. A file that has run never changes. Old and new processes
// run side by side while a cluster is replaced, so a file only adds; one that takes something away says from which file on a
// process does without it, and must be, at the latest: `-- needs NNNN-name.sql` in its first line.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { z } from "zod";
import { errorCode } from "../../../runtime/error-code.ts";
import { fromPackageRoot } from "../../../runtime/package-root.ts";
import { column } from "./columns.ts";
import type { Connection, Database } from "./database.ts";

/** Any number will do, as long as nobody else uses it: the processes of a cluster start together. */
const lockKey = 8_273_649_017;

const bundled = fromPackageRoot("services", "adapters", "postgres", "migrations");
/** Waiting for a table's lock holds up everybody behind: it is given up after this, and tried again. */
const lockWaitMs = 1_000;
const lockTries = 30;

const doneMigration = z.object({ name: column.text, checksum: column.text, needs: column.text.nullable() });

interface Migration {
	readonly name: string;
	readonly text: string;
	readonly checksum: string;
	/** What a process must know to run beside this file; null where any older one may. */
	readonly needs: string | null;
}

/**
 * Answers the names of the files that ran now. Files that only a newer version knows are no fault, unless one of them needs what
 * this version does not have. Throws there, and where a file that has run was changed.
 */
export async function migrate(database: Database, folder = bundled): Promise<readonly string[]> {
	const migrations = await readMigrations(folder);
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await database.transaction((tx) => runDue(tx, migrations));
		} catch (error) {
			if (attempt === lockTries || errorCode(error) !== lockNotAvailable) throw error;
			await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 400));
		}
	}
}

const lockNotAvailable = "55P03";

async function readMigrations(folder: string): Promise<readonly Migration[]> {
	const files = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).toSorted();
	return Promise.all(
		files.map(async (name) => {
			const text = await readFile(join(folder, name), "utf8");
			const checksum = createHash("sha256").update(text).digest("hex");
			return { name, text, checksum, needs: /^-- needs (\d{4}-\S+\.sql)$/m.exec(text)?.[1] ?? null };
		}),
	);
}

async function runDue(tx: Connection, migrations: readonly Migration[]): Promise<readonly string[]> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(${lockKey})`);
	await prepareLedger(tx);
	const done = await tx.rows(sql`SELECT name, checksum, needs FROM migrations`, doneMigration);
	for (const { name, checksum, needs } of done) {
		const file = migrations.find((one) => one.name === name);
		if (file === undefined && needs !== null && !migrations.some((one) => one.name === needs))
			throw new Error(`the database is too new for this version: ${name} needs ${needs}`);
		if (file !== undefined && file.checksum !== checksum)
			throw new Error(`migration ${name} was changed after it had run; add a new one instead`);
	}
	const due = migrations.filter(({ name }) => !done.some((one) => one.name === name));
	if (due.length > 0) await tx.rows(sql.raw(`SET LOCAL lock_timeout = ${lockWaitMs}`));
	for (const { name, text, checksum, needs } of due) {
		await tx.rows(sql.raw(text));
		await tx.rows(sql`INSERT INTO migrations (name, checksum, needs) VALUES (${name}, ${checksum}, ${needs})`);
	}
	return due.map(({ name }) => name);
}

/** Which files have run. Asked first: changing a table would lock it although there is nothing to change. */
async function prepareLedger(tx: Connection): Promise<void> {
	const columns = await tx.rows(
		sql`SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'migrations'`,
		z.object({ name: column.text }),
	);
	if (columns.length === 0)
		await tx.rows(
			sql`CREATE TABLE migrations (name text PRIMARY KEY, checksum text NOT NULL, needs text, at timestamptz(3) NOT NULL DEFAULT now())`,
		);
	else if (!columns.some(({ name }) => name === "needs"))
		await tx.rows(sql`ALTER TABLE migrations ADD COLUMN needs text`);
}

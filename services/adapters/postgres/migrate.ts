// Brings the schema up to date: files in order, each in a transaction of its own, forward only. A file that has run never changes.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { fromPackageRoot } from "../../runtime/package-root.ts";
import type { Database } from "./database.ts";

const folder = fromPackageRoot("services", "adapters", "postgres", "migrations");
/** Any number will do, as long as nobody else uses it: the processes of a cluster start together. */
const lockKey = 8_273_649_017;

/** Answers the names of the files that ran now. Throws where a file that has run was changed or is gone. */
export async function migrate(database: Database): Promise<readonly string[]> {
	const files = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name)).toSorted();
	const migrations = await Promise.all(
		files.map(async (name) => {
			const text = await readFile(join(folder, name), "utf8");
			return { name, text, checksum: createHash("sha256").update(text).digest("hex") };
		}),
	);
	return database.transaction(async (tx) => {
		await database.rows(sql`SELECT pg_advisory_xact_lock(${lockKey})`, tx);
		await database.rows(
			sql`CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY, checksum text NOT NULL, at timestamptz(3) NOT NULL DEFAULT now())`,
			tx,
		);
		const done = await database.rows<{ name: string; checksum: string }>(
			sql`SELECT name, checksum FROM migrations`,
			tx,
		);
		for (const { name, checksum } of done) {
			const file = migrations.find((one) => one.name === name);
			if (file === undefined) throw new Error(`the database is newer than this version: it has run ${name}`);
			if (file.checksum !== checksum)
				throw new Error(`migration ${name} was changed after it had run; add a new one instead`);
		}
		const due = migrations.filter(({ name }) => !done.some((one) => one.name === name));
		for (const { name, text, checksum } of due) {
			await database.rows(sql.raw(text), tx);
			await database.rows(sql`INSERT INTO migrations (name, checksum) VALUES (${name}, ${checksum})`, tx);
		}
		return due.map(({ name }) => name);
	});
}

// Statements are planned once on each connection, and a migration that runs beside a process changes under them what they answer.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

test("a statement with parameters is prepared under a name, and not again where its connection is used again", async () => {
	const { database } = record;
	await database.transaction(async (tx) => {
		for (const value of [1, 2, 3]) await tx.rows(sql`SELECT ${value}::integer AS prepared_here`);
		const found = await tx.rows(
			sql`SELECT count(*) AS count FROM pg_prepared_statements WHERE statement LIKE ${"%AS prepared_here"}`,
		);
		expect(found).toEqual([{ count: "1" }]);
	});
});

test("so is one without parameters, but not several in one text", async () => {
	const { database } = record;
	await database.transaction(async (tx) => {
		for (const text of ["SELECT 1 AS named_here", "SELECT 1 AS named_here; SELECT 2 AS named_here"])
			for (const _ of [1, 2]) await tx.rows(sql.raw(text));
		const found = await tx.rows(
			sql`SELECT statement FROM pg_prepared_statements WHERE statement LIKE ${"SELECT%AS named_here"}`,
		);
		expect(found).toEqual([{ statement: "SELECT 1 AS named_here" }]);
	});
});

test("a statement whose table got another column meanwhile is planned anew, alone and within a transaction", async () => {
	const { database } = record;
	await database.rows(sql`CREATE TABLE grown (id integer NOT NULL)`);
	await database.rows(sql`INSERT INTO grown VALUES (${1}::integer)`);
	const alone = () => database.rows(sql`SELECT * FROM grown WHERE id = ${1}`);
	const within = () => database.transaction((tx) => tx.rows(sql`SELECT grown.* FROM grown WHERE id = ${1}`));
	for (const read of [alone, within]) expect(await read()).toEqual([{ id: 1 }]);
	await database.rows(sql`ALTER TABLE grown ADD COLUMN name text`);
	for (const read of [alone, within]) expect(await read()).toEqual([{ id: 1, name: null }]);
});

test("no statement is compiled, however costly it is thought to be", async () => {
	const [row] = await record.database.rows(sql`SELECT current_setting('jit') AS jit`);
	expect(row).toEqual({ jit: "off" });
});

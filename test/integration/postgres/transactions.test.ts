// A transaction is done whole, or nothing of it is; its first fault is what is said.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { errorCode } from "../../../services/runtime/error-code.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
	await record.database.rows(sql`CREATE TABLE kept (n integer PRIMARY KEY)`);
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const kept = async () => (await record.database.rows(sql`SELECT n FROM kept ORDER BY n`)).length;
const faultOf = (work: Promise<unknown>) => work.then(() => null, errorCode);

test("what was written is there for the next statement, and kept with the transaction", async () => {
	await record.database.transaction(async (tx) => {
		await tx.rows(sql`INSERT INTO kept VALUES (${1})`);
		expect(await tx.rows(sql`SELECT n FROM kept WHERE n = ${1}`)).toEqual([{ n: 1 }]);
		await tx.rows(sql`INSERT INTO kept VALUES (${2})`);
	});
	expect(await kept()).toBe(2);
});

test("a fault of what was written last fails the transaction, and nothing of it is kept", async () => {
	const before = await kept();
	const fault = faultOf(
		record.database.transaction(async (tx) => {
			await tx.rows(sql`INSERT INTO kept VALUES (${10})`);
			await tx.rows(sql`INSERT INTO kept VALUES (${10})`);
			return "answered";
		}),
	);
	expect(await fault).toBe("23505");
	expect(await kept()).toBe(before);
});

test("the first fault is the one that is said, not what came of it", async () => {
	const fault = faultOf(
		record.database.transaction(async (tx) => {
			await tx.rows(sql`INSERT INTO kept VALUES (${20}), (${20})`);
			await tx.rows(sql`SELECT ${1}::integer AS n`);
		}),
	);
	expect(await fault).toBe("23505");
});

test("an error of the work itself takes back what was written, and the connection serves the next", async () => {
	const before = await kept();
	const own = new Error("thought better of it");
	await expect(
		record.database.transaction(async (tx) => {
			await tx.rows(sql`INSERT INTO kept VALUES (${30})`);
			throw own;
		}),
	).rejects.toBe(own);
	expect(await kept()).toBe(before);
	await record.database.rows(sql`INSERT INTO kept VALUES (${31})`);
	expect(await kept()).toBe(before + 1);
});

// Writes of one transaction that go out together, on a real server: all of them or none, and none after the end.
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { atOnce } from "../../../services/adapters/postgres/connection/at-once.ts";
import type { Connection } from "../../../services/adapters/postgres/connection/database.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
	await record.database.rows(sql`CREATE TABLE written (n integer PRIMARY KEY)`);
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
beforeEach(async () => {
	await record.database.rows(sql`TRUNCATE written`);
});

const write = (on: Connection, n: number) => on.rows(sql`INSERT INTO written (n) VALUES (${n})`);

async function written(): Promise<readonly number[]> {
	const rows = await record.database.rows(sql`SELECT n FROM written ORDER BY n`, z.object({ n: z.number() }));
	return rows.map(({ n }) => n);
}

test("what is written at once is there at the commit, in the order given", async () => {
	await record.database.transaction((tx) =>
		atOnce([write(tx, 1), tx.rows(sql`UPDATE written SET n = n + 1`), write(tx, 1), write(tx, 3)]),
	);
	expect(await written()).toEqual([1, 2, 3]);
});

test("where one fails nothing is written, not even by what others would have written after it, and the fault is its own", async () => {
	const twoSteps = async (tx: Connection) => {
		await write(tx, 10);
		await write(tx, 11);
	};
	const refused = record.database.transaction((tx) => atOnce([twoSteps(tx), write(tx, 1), write(tx, 1), write(tx, 2)]));
	await expect(refused).rejects.toMatchObject({ code: "23505" });
	expect(await written()).toEqual([]);
});

test("a connection that was lost within a transaction is not given to the next one", async () => {
	const { database } = record;
	const lost = database.transaction(async (tx) => {
		await write(tx, 1);
		const [own] = await tx.rows(sql`SELECT pg_backend_pid() AS pid`, z.object({ pid: z.number() }));
		await database.rows(sql`SELECT pg_terminate_backend(${own?.pid ?? 0})`);
		await atOnce([write(tx, 2), write(tx, 3)]);
	});
	await expect(lost).rejects.toMatchObject({ code: "store-unavailable" });
	await database.transaction((tx) => atOnce([write(tx, 4), write(tx, 5)]));
	expect(await written()).toEqual([4, 5]);
});

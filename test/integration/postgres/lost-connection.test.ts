// What a connection that breaks means to whoever was using it. A real PostgreSQL ends the connections.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const ownProcess = sql`SELECT pg_backend_pid() AS pid`;

test("one that breaks between two statements of a transaction fails that transaction, as the record being away, and nothing else", async () => {
	const { database } = record;
	let isBroken: () => void = () => undefined;
	const broken = new Promise<void>((resolve) => {
		isBroken = resolve;
	});
	const work = database.transaction(async (tx) => {
		const [row] = await tx.rows(ownProcess, z.object({ pid: column.whole }));
		await database.rows(sql`SELECT pg_terminate_backend(${row?.pid ?? 0}, 5000)`);
		isBroken();
		// The end of the connection arrives while nothing is asked of it.
		await new Promise((resolve) => setTimeout(resolve, 50));
		return tx.rows(sql`SELECT 1`);
	});
	await broken;
	await expect(work).rejects.toMatchObject({ code: "store-unavailable" });
	expect(await database.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});

test("a server that only reads, as a standby does after a failover, is a record that is away: nothing is given up for it", async () => {
	const { database } = record;
	const work = database.transaction(async (tx) => {
		await tx.rows(sql`SET TRANSACTION READ ONLY`);
		return tx.rows(sql`DELETE FROM outbox`);
	});
	await expect(work).rejects.toMatchObject({ code: "store-unavailable" });
});

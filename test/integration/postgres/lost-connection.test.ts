// What a connection that breaks means to whoever was using it. A real PostgreSQL ends the connections.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import {
	createTestDatabase,
	onServer,
	openTestDatabase,
	openTestRecord,
	takeAway,
} from "../../support/test-database.ts";

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

test("a database that lets nobody in for now, as while it is being restored, is a record that is away", async () => {
	await using own = await openTestRecord();
	{
		await using _away = await takeAway(own.url);
		await expect(own.database.rows(sql`SELECT 1 AS one`)).rejects.toMatchObject({ code: "store-unavailable" });
		await expect(own.database.transaction((tx) => tx.rows(sql`SELECT 1`))).rejects.toMatchObject({
			code: "store-unavailable",
		});
	}
	expect(await own.database.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});

test("a password or a name that is no longer the server's is a record that is away: whoever changed it will change it here, too", async () => {
	await using own = await createTestDatabase();
	const role = `role_${randomBytes(6).toString("hex")}`;
	await onServer(`CREATE ROLE ${role} NOLOGIN`);
	const url = new URL(own.url);
	url.username = role;
	const asked = openTestDatabase(url.href).then((database) => database.rows(sql`SELECT 1`));
	await expect(asked).rejects.toMatchObject({ code: "store-unavailable" });
	await onServer(`DROP ROLE ${role}`);
});

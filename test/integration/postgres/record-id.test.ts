// Groups of Kafka are not to be shared by two records: each is told by an id that all who open it come to.
import { expect, test } from "@jest/globals";
import { sql } from "kysely";
import { idOfRecord } from "../../../services/adapters/postgres/connection/record-id.ts";
import { openTestRecord } from "../../support/test-database.ts";

test("a record has one id, another one has another, and a role that may nothing is told it, too", async () => {
	await using record = await openTestRecord();
	await using other = await openTestRecord();
	const id = await idOfRecord(record.database);
	expect(await idOfRecord(record.database)).toBe(id);
	expect(await idOfRecord(other.database)).not.toBe(id);
	await record.database.transaction(async (tx) => {
		await tx.rows(sql`CREATE ROLE may_nothing`);
		await tx.rows(sql`SET LOCAL ROLE may_nothing`);
		expect(await idOfRecord(tx)).toBe(id);
		await tx.rows(sql`RESET ROLE`);
		await tx.rows(sql`DROP ROLE may_nothing`);
	});
});

// The record names what was decided as core does, and reads such names back.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { nameOfCluster, nameOfSame, partsOf } from "../../../services/adapters/postgres/clusters/subject-names.ts";
import { subjectOfCluster, subjectOfSame } from "../../../services/core/clusters/standing-decision.ts";
import { clusterId } from "../../../services/core/ids.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
beforeAll(async () => {
	record = await openTestRecord();
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
const one = async (statement: ReturnType<typeof sql>) =>
	(await record.database.rows(statement, z.record(z.string(), z.unknown())))[0];

test("a cluster", async () => {
	const id = clusterId.parse(randomUUID());
	const name = subjectOfCluster(id);
	expect(await one(sql`SELECT ${nameOfCluster(sql`${id}::uuid`)} AS name`)).toEqual({ name });
	expect(await one(sql`SELECT ${partsOf(sql`${name}::text`)}`)).toEqual({ cluster: id, type: null, same: null });
});

test.each(["sha256", "text"] as const)("what is the very same by %s", async (type) => {
	const hash = digest(`known by ${type}`);
	const name = subjectOfSame({ type, hash });
	expect(await one(sql`SELECT ${nameOfSame(sql`${type}::text`, sql`${hash}::bytea`)} AS name`)).toEqual({ name });
	const parts = await one(sql`SELECT ${partsOf(sql`${name}::text`)}`);
	expect(parts).toMatchObject({ cluster: null, type });
	expect(Buffer.from(parts?.same as Uint8Array).equals(hash)).toBe(true);
});

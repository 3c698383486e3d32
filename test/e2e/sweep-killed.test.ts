// A detector's process, killed while it withholds earlier items on behalf of a sweep, and started again. The record's own locks hold it in the
// middle of its work until it is killed, so that no timing decides what the test tries.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores } from "../../services/adapters/postgres/stores.ts";
import { digest, hashesOf, newBank, withBitsFlipped } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { clearVerdict, newItem } from "../support/examined-items.ts";
import { hastenSweeps } from "../support/hasten-sweeps.ts";
import { type RoleProcess, startRoleProcess } from "../support/servers/start-role-process.ts";
import { openTestRecord } from "../support/test-database.ts";

const items = 500;
const patience = { withinMs: 60_000, everyMs: 50 };
let folder: string;
let record: Awaited<ReturnType<typeof openTestRecord>>;
let detector: RoleProcess | undefined;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-sweep-"));
	await chmod(folder, 0o711);
	record = await openTestRecord();
}, 60_000);
afterAll(async () => {
	await detector?.stop();
	await record?.[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

const count = async (what: ReturnType<typeof sql>) =>
	(await record.database.rows(sql`SELECT count(*)::integer AS found FROM ${what}`, z.object({ found: z.int() })))[0]
		?.found ?? 0;

test("killed in a sweep and started again, it withholds every earlier copy under one order that says why", async () => {
	const stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	const { id: platform, source } = await stores.platforms.create(forum);
	const pdq = digest("a landscape");
	const copies = Array.from({ length: items }, (_, at) =>
		newItem(platform, source, { verdict: clearVerdict, hashes: hashesOf(`copy ${at}`, withBitsFlipped(pdq, at % 15)) }),
	);
	await stores.verdicts.record(copies);
	const { id: _, ...settings } = newBank({ name: "known" });
	const bank = await stores.banks.create(settings, "huong");
	const opinion = { source: "list", kind: "positive" } as const;
	await stores.banks.addEntries(
		bank.id,
		[{ hashType: "pdq", hash: pdq, quality: 90, opinion, externalId: null, note: null }],
		"huong",
	);

	const held = copies.map(({ id }) => id).toSorted()[items / 2];
	await record.database.transaction(async (tx) => {
		await tx.rows(sql`SELECT FROM items WHERE id = ${held} FOR NO KEY UPDATE`);
		detector = await startRoleProcess(
			["detector"],
			{
				BREAKWATER_DATA_DIR: join(folder, "data"),
				BREAKWATER_DATABASE_URL: record.url,
				BREAKWATER_MODEL_BACKEND: "off",
			},
			folder,
		);
		await eventually(async () => {
			await hastenSweeps(record.database);
			expect(await count(sql`orders`)).toBeGreaterThan(0);
			expect(
				await count(sql`pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`),
			).toBeGreaterThan(0);
		}, patience);
		await detector.kill();
	});
	expect(await count(sql`orders`)).toBeLessThan(items);
	await detector?.restart();
	await hastenSweeps(record.database, "acting");
	await eventually(async () => {
		expect(await count(sql`sweeps WHERE state = 'done' AND started_by IS NULL AND to_sequence > 0`)).toBe(1);
	}, patience);
	expect(await count(sql`orders WHERE action = 'withhold' AND version = 1`)).toBe(items);
	expect(await count(sql`(SELECT DISTINCT item_id FROM orders) AS ordered`)).toBe(items);
	expect(await count(sql`items WHERE state = 'withheld'`)).toBe(items);
	expect(await count(sql`orders JOIN sweeps ON sweeps.id = sweep_id`)).toBe(items);
	const [swept] = await stores.sweeps.list(1);
	expect(swept).toMatchObject({ state: "done", tally: { found: items, withheld: items } });
}, 180_000);

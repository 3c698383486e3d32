// Who asks for the next case while one is written to at that very moment: orders of a case are settled while people wait for it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { claimCase } from "../../../services/core/cases/act-on-case.ts";
import type { CaseId, UserId } from "../../../services/core/ids.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { newItem } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum", webhook: null, mediaHosts: [] });
	userId = (await stores.users.create({ login: "lan", displayName: "Lan", roles: ["reviewer"], passwordHash: "x" })).id;
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function newCase(): Promise<CaseId> {
	const [outcome] = await stores.verdicts.record([newItem(platform.id, platform.source)]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("the item has a case");
	return outcome.caseId;
}

async function takeNext(): Promise<CaseId | null> {
	const now = new Date();
	const taken = await stores.cases.transitionNext({ userId, isLead: false }, now, (current) =>
		claimCase(current, { userId, isLead: false, now, leaseMs: 60_000 }),
	);
	return taken?.id ?? null;
}

test("gets another case rather than wait, and waits rather than hear that there is none", async () => {
	const [written, free] = [await newCase(), await newCase()];
	const waiting = async () => {
		const found = await record.database.rows(
			sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE OF cases%'`,
		);
		return found.length;
	};
	const last = await record.database.transaction(async (tx) => {
		await tx.rows(sql`SELECT FROM cases WHERE id = ${written} FOR UPDATE`);
		expect(await takeNext()).toBe(free);
		const asked = takeNext();
		await eventually(async () => expect(await waiting()).toBe(1), soon);
		return { asked };
	});
	expect(await last.asked).toBe(written);
	expect(await takeNext()).toBeNull();
});

// What a change of the banks means in a cluster: seen by every detector once it is answered, missed by none, whatever happens
// to the notices. Two followers on connections of their own, as two detectors have; real PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createBankDraftStore } from "../../../services/adapters/postgres/banks/bank-draft-store.ts";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import type { BankStore, NewEntry } from "../../../services/core/ports/bank-store.ts";
import { type FollowedBanks, openBanks } from "../../../services/parts/banks.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

const closing = createClosing();
const clock = { now: () => Date.now() };
const detectors: { readonly name: string; readonly database: Database; readonly banks: FollowedBanks }[] = [];
let operator: Database;
let url: string;
let banks: BankStore;

beforeAll(async () => {
	const record = closing.keep(await openTestRecord());
	operator = record.database;
	url = record.url;
	banks = createBankStore(operator);
	for (const name of ["first", "second"]) {
		const database = closing.keep(
			await openDatabase({ url: record.url, maxConnections: 2, applicationName: name, logger: silentLogger }),
		);
		const followed = await openBanks({ banks: createBankStore(database), clock, logger: silentLogger });
		detectors.push({ name, database, banks: closing.keep(followed) });
	}
});
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
});

const known = (name: string): NewEntry => ({
	hashType: "sha256",
	hash: hashesOf(name).sha256,
	quality: null,
	opinion: { source: "list", kind: "positive" },
	externalId: null,
	note: null,
});
const newSettings = (name: string) => {
	const { id: _id, ...settings } = newBank({ name });
	return settings;
};
const matches = (name: string) =>
	Promise.all(detectors.map(async ({ banks: { matcher } }) => (await matcher.match(hashesOf(name))).length));

async function seenAfter(act: () => Promise<unknown>, isSeen: () => Promise<boolean>): Promise<void> {
	await act();
	await eventually(isSeen, soon);
}

describe("every detector sees a change once it is answered", () => {
	const all = (name: string, count: number) => async () => (await matches(name)).every((found) => found === count);

	test("an entry added matches; removed, it stops; a bank disabled stops, enabled it answers again; removed, it is gone", async () => {
		const bank = await banks.create(newSettings("visible"), "an");
		await seenAfter(() => banks.addEntries(bank.id, [known("v"), known("w")], "an"), all("v", 1));
		const entries = await banks.findEntries(bank.id, { after: null, limit: 2 });
		const removed = entries.find(({ hash }) => Buffer.from(hash).equals(known("v").hash));
		if (removed === undefined) throw new Error("there is such an entry");
		await seenAfter(() => banks.removeEntry(removed.id, "an"), all("v", 0));
		await seenAfter(() => banks.update(bank.id, { enabled: false }, "an"), all("w", 0));
		await seenAfter(() => banks.update(bank.id, { enabled: true }, "an"), all("w", 1));
		await seenAfter(() => banks.remove(bank.id, "an"), all("w", 0));
	});

	test("an urgent change gets through while a large import is carried out", async () => {
		const bank = await banks.create(
			{ ...newSettings("bulk"), allowedChange: { share: 1, addedEntries: 100_000 } },
			"an",
		);
		const urgent = await banks.create(newSettings("urgent"), "an");
		await banks.addEntries(urgent.id, [known("u")], "an");
		const drafts = createBankDraftStore(operator);
		const draft = { bankId: bank.id, by: "an", origin: "list", source: "list", isReplacing: false };
		const id = await drafts.open(draft);
		for (let at = 0; at < 20_000; at += 5_000)
			await drafts.stage(
				id,
				Array.from({ length: 5_000 }, (_, index) => known(`bulk ${at + index}`)),
			);
		await drafts.close(id, { count: 0, byCode: {}, first: [] });
		await drafts.accept(id, "an");
		const imported = (async () => {
			while ((await drafts.carryOut(id, 1_000)).state !== "applied");
		})();
		await seenAfter(() => banks.update(urgent.id, { enabled: false }, "binh"), all("u", 0));
		await imported;
		await eventually(all("bulk 19999", 1), { withinMs: 20_000 });
	});
});

test("a detector that lost its notices says so, misses nothing, and says so no more once they arrive again", async () => {
	const [first, second] = detectors;
	if (first === undefined || second === undefined) throw new Error("there are two");
	const bank = await banks.create(newSettings("cut"), "an");
	first.banks.follower.check(5_000);
	const saidSo: string[] = [];
	const cut = () =>
		operator.rows(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'first-listen'`);
	await cut();
	await eventually(
		() => {
			try {
				first.banks.follower.check(5_000);
				return false;
			} catch (error) {
				saidSo.push(String(error));
				return true;
			}
		},
		{ withinMs: 10_000, everyMs: 1 },
	);
	expect(saidSo[0]).toMatch(/notices of bank changes do not arrive/);
	second.banks.follower.check(5_000);
	await banks.addEntries(bank.id, [known("while cut off")], "an");
	await eventually(async () => (await matches("while cut off")).every((found) => found === 1), { withinMs: 10_000 });
	await eventually(() => first.banks.follower.check(5_000), { withinMs: 10_000 });
	expect(first.banks.follower.sequence).toBe(second.banks.follower.sequence);
});

test("a detector that cannot ask the record says how far behind it is", async () => {
	const database = await openDatabase({ url, maxConnections: 1, applicationName: "third", logger: silentLogger });
	let nowMs = 0;
	const store = createBankStore(database);
	let isReachable = true;
	const followed = await openBanks({
		banks: {
			load: store.load,
			onChanged: store.onChanged,
			changesSince: (...args) => (isReachable ? store.changesSince(...args) : Promise.reject(new Error("unreachable"))),
		},
		clock: { now: () => nowMs },
		logger: silentLogger,
	});
	await followed.follower.catchUp();
	followed.follower.check(5_000);
	isReachable = false;
	nowMs = 7_000;
	expect(() => followed.follower.check(5_000)).toThrow(/banks are 7 s behind, at sequence \d+/);
	isReachable = true;
	await followed.follower.catchUp();
	followed.follower.check(5_000);
	await followed[Symbol.asyncDispose]();
	await database[Symbol.asyncDispose]();
});

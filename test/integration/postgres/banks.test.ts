// Banks of record: what followers see, and when.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createBankStore } from "../../../services/adapters/postgres/bank-store.ts";
import type { BankChange } from "../../../services/core/matching/bank.ts";
import type { BankStore, NewEntry } from "../../../services/core/ports/bank-store.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let banks: BankStore;
beforeAll(async () => {
	record = await openTestRecord();
	banks = createBankStore(record.database);
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
const settings = {
	kind: "known",
	category: "c",
	trusted: false,
	enabled: true,
	shadow: false,
	enabledRatio: 1,
	tightRadiusBits: 20,
	wideRadiusBits: 31,
} as const;
const entry = (text: string, source = "a", kind: NewEntry["opinion"]["kind"] = "positive"): NewEntry => ({
	hashType: "sha256",
	hash: digest(text),
	quality: null,
	opinion: { source, kind },
	externalId: null,
	note: null,
});
const loadAll = async () => {
	const changes: BankChange[] = [];
	const { sequence } = await banks.load((change) => changes.push(change));
	return { sequence, changes };
};

test("adding the same entries again changes nothing; another source's opinion does", async () => {
	const bank = await banks.create({ name: "opinions", ...settings }, "test");
	expect(await banks.addEntries(bank.id, [entry("x"), entry("y")], "test")).toEqual({ added: 2, changed: 0, same: 0 });
	const { sequence } = await loadAll();
	expect(await banks.addEntries(bank.id, [entry("x"), entry("y")], "test")).toEqual({ added: 0, changed: 0, same: 2 });
	expect(await banks.changesSince(sequence, 10)).toEqual([]);
	expect(await banks.addEntries(bank.id, [entry("x", "b", "negative")], "test")).toEqual({
		added: 0,
		changed: 1,
		same: 0,
	});
	const [change] = await banks.changesSince(sequence, 10);
	expect(change).toMatchObject({
		kind: "entry",
		entry: {
			opinions: [
				{ source: "a", kind: "positive" },
				{ source: "b", kind: "negative" },
			],
		},
	});
});

test("a follower that asks by sequence ends where one that loads afresh begins", async () => {
	const before = await loadAll();
	const bank = await banks.create({ name: "follow", ...settings }, "test");
	await banks.addEntries(bank.id, [entry("f1"), entry("f2")], "test");
	const [found] = await banks.findEntries(bank.id, { after: null, limit: 1 });
	if (found === undefined) throw new Error("there is an entry");
	await banks.removeEntry(found.id, "test");
	await banks.update(bank.id, { enabled: false }, "test");
	const followed = await banks.changesSince(before.sequence, 100);
	expect(followed.map(({ kind }) => kind)).toEqual(["bank", "entry", "entry", "entry-removed", "bank"]);
	const after = await loadAll();
	expect(after.sequence).toBe(followed.at(-1)?.sequence);
	expect(after.changes.filter((change) => change.kind === "entry" && change.entry.bankId === bank.id)).toHaveLength(1);
});

test("sequences have no gap that a follower could overlook, however many write at once", async () => {
	const bank = await banks.create({ name: "crowd", ...settings }, "test");
	const { sequence } = await loadAll();
	const seen: number[] = [];
	let last = sequence;
	await Promise.all([
		...Array.from({ length: 12 }, (_, index) =>
			banks.addEntries(bank.id, [entry(`crowd ${index}`), entry(`crowd ${index}b`)], "test"),
		),
		eventually(
			async () => {
				for (const change of await banks.changesSince(last, 5)) {
					seen.push(change.sequence);
					last = change.sequence;
				}
				expect(seen).toHaveLength(24);
			},
			{ withinMs: 20_000, everyMs: 1 },
		),
	]);
	expect(seen).toEqual(Array.from({ length: 24 }, (_, index) => sequence + 1 + index));
});

test("followers are told at once", async () => {
	let told = 0;
	const subscription = await banks.onChanged(() => {
		told += 1;
	});
	const before = told;
	await banks.create({ name: "told", ...settings }, "test");
	await eventually(() => told > before, { withinMs: 5_000 });
	await subscription[Symbol.asyncDispose]();
});

test("a name is taken once", async () => {
	await banks.create({ name: "taken", ...settings }, "test");
	await expect(banks.create({ name: "taken", ...settings }, "test")).rejects.toMatchObject({ code: "name-taken" });
});

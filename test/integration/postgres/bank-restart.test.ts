// A detector that starts again takes its banks from the snapshot that it left, and only what changed since from the record.
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import type { BankStore, NewEntry } from "../../../services/core/ports/bank-store.ts";
import { openBanks } from "../../../services/parts/banks.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { openTestRecord } from "../../support/test-database.ts";

const closing = createClosing();
const folder = mkdtempSync(join(tmpdir(), "breakwater-snapshot-"));
const snapshotFile = join(folder, "banks.snapshot");
let banks: BankStore;

beforeAll(async () => {
	banks = createBankStore(closing.keep(await openTestRecord()).database);
	const { id: _id, ...settings } = newBank({ name: "known" });
	const { id } = await banks.create(settings, "test");
	await banks.addEntries(id, ["a", "b", "c"].map(known), "test");
});
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
	rmSync(folder, { recursive: true });
});

function known(name: string): NewEntry {
	return {
		hashType: "sha256",
		hash: hashesOf(name).sha256,
		quality: null,
		opinion: { source: "list", kind: "positive" },
		externalId: null,
		note: null,
	};
}

/** One life of a detector; answers what it found, and whether it had to read the whole record. */
async function live(
	store: Pick<BankStore, "load" | "changesSince" | "onChanged">,
): Promise<{ readonly found: readonly string[]; readonly hasReadAll: boolean }> {
	let hasReadAll = false;
	const followed = await openBanks({
		banks: {
			changesSince: store.changesSince,
			onChanged: store.onChanged,
			load: (onPortion) => {
				hasReadAll = true;
				return store.load(onPortion);
			},
		},
		clock: { now: () => Date.now() },
		logger: silentLogger,
		snapshotFile,
		fewestForSnapshot: 1,
	});
	const found: string[] = [];
	for (const name of ["a", "b", "c", "d"])
		if ((await followed.matcher.match(hashesOf(name))).length > 0) found.push(name);
	await followed[Symbol.asyncDispose]();
	return { found, hasReadAll };
}

test("the first start reads the record; the next takes the snapshot and asks for what changed since", async () => {
	expect(await live(banks)).toEqual({ found: ["a", "b", "c"], hasReadAll: true });
	const [bank] = await banks.list();
	if (bank === undefined) throw new Error("no bank");
	const [first] = await banks.findEntries(bank.id, { after: null, limit: 1 });
	await banks.addEntries(bank.id, [known("d")], "test");
	if (first !== undefined) await banks.removeEntry(first.id, "test");
	const second = await live(banks);
	expect(second.hasReadAll).toBe(false);
	expect(second.found).toHaveLength(3);
	expect(second.found).toContain("d");
	expect(await live(banks)).toEqual({ ...second, hasReadAll: false });
});

test("a damaged snapshot is ignored, and a whole one takes its place", async () => {
	const bytes = readFileSync(snapshotFile);
	bytes[20] = (bytes[20] ?? 0) ^ 1;
	writeFileSync(snapshotFile, bytes);
	expect((await live(banks)).hasReadAll).toBe(true);
	expect((await live(banks)).hasReadAll).toBe(false);
});

test("a snapshot of another record is ignored", async () => {
	const other = createBankStore(closing.keep(await openTestRecord()).database);
	const { id: _id, ...settings } = newBank({ name: "other" });
	const { id } = await other.create(settings, "test");
	for (const name of ["x", "y", "z", "d"]) await other.addEntries(id, [known(name)], "test");
	expect(await live(other)).toEqual({ found: ["d"], hasReadAll: true });
});

test("what a process left that ended while it wrote a snapshot is removed by the next that writes one", async () => {
	const left = `${snapshotFile}.1`;
	const fresh = `${snapshotFile}.2`;
	for (const file of [left, fresh]) writeFileSync(file, "half of a snapshot");
	utimesSync(left, 0, 0);
	const [bank] = await banks.list();
	if (bank === undefined) throw new Error("no bank");
	await banks.addEntries(bank.id, [known("e")], "test");
	await live(banks);
	expect([existsSync(left), existsSync(fresh)]).toEqual([false, true]);
});

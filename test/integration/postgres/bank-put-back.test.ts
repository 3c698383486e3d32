// A bank is put back while others go on: imports, removals, people who judge. What detectors hold afterwards is what the record holds.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import type { Database } from "../../../services/adapters/postgres/connection/database.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { BankSettings } from "../../../services/core/banks/bank.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { type DraftId, type EntryId, entryId } from "../../../services/core/ids.ts";
import type { NewEntry } from "../../../services/core/ports/bank-store.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { digest, hashesOf, newBank } from "../../support/bank-fixtures.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { openTestRecord } from "../../support/test-database.ts";

const closing = createClosing();
let database: Database;
let stores: Stores;
beforeAll(async () => {
	database = closing.keep(await openTestRecord()).database;
	stores = createStores(database);
});
afterAll(async () => {
	await closing[Symbol.asyncDispose]();
});

/** More than one step of going back. */
const many = 6_000;
const said = (text: string, source = "list"): NewEntry => ({
	hashType: "sha256",
	hash: digest(text),
	quality: null,
	opinion: { source, kind: "positive" },
	externalId: null,
	note: null,
});
const list = (count: number, source = "list") => Array.from({ length: count }, (_, at) => said(`${at}`, source));
const create = (name: string) => {
	const { id: _id, ...settings } = newBank({ name, trusted: true });
	return stores.banks.create(settings, "an");
};
async function newestSequence(): Promise<number> {
	const [row] = await database.rows(
		sql`SELECT max(sequence) AS last FROM bank_changes`,
		z.object({ last: column.count }),
	);
	return row?.last ?? Number.NaN;
}
/** The last entry that a going back will come to. */
async function newestEntry(): Promise<EntryId> {
	const [row] = await database.rows(
		sql`SELECT entry_id AS id FROM bank_changes WHERE entry_id IS NOT NULL ORDER BY sequence DESC LIMIT 1`,
		z.object({ id: entryId }),
	);
	if (row === undefined) throw new Error("there is an entry");
	return row.id;
}
/** Starts to put the bank back and resolves after its first step. */
async function startPuttingBack(bank: BankSettings, sequence: number) {
	const before = await newestSequence();
	const done = stores.banks.revert(bank.name, sequence, "binh").catch((error: Error) => error);
	await eventually(async () => (await newestSequence()) > before + 1, { ...soon, everyMs: 1 });
	return { done };
}
/** An import of ten that was accepted, and of which three rows are in. */
async function importedInPart(bank: BankSettings): Promise<DraftId> {
	const draft = await stores.bankDrafts.open({
		bankId: bank.id,
		by: "an",
		origin: "f",
		source: "list",
		isReplacing: false,
	});
	await stores.bankDrafts.stage(draft, list(10));
	await stores.bankDrafts.close(draft, { count: 0, byCode: {}, first: [] });
	await stores.bankDrafts.accept(draft, "an");
	await stores.bankDrafts.carryOut(draft, 3);
	return draft;
}
/** How many of the list's entries a detector holds that followed every change from the first. */
async function heldByFollower(): Promise<number> {
	const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
	for (let from = 0; ; ) {
		const changes = await stores.banks.changesSince(from, 5_000);
		for (const change of changes) {
			matcher.apply(change);
			while (matcher.maintain());
		}
		from = changes.at(-1)?.sequence ?? from;
		if (changes.length === 0) break;
	}
	return Array.from({ length: many }, (_, at) => matcher.match(hashesOf(`${at}`))).flat().length;
}
async function inRecord({ id }: BankSettings): Promise<number> {
	const [row] = await database.rows(
		sql`SELECT count(*) AS count FROM bank_entries JOIN banks ON banks.id = bank_id WHERE bank_id = ${id}`,
		z.object({ count: column.count }),
	);
	return row?.count ?? Number.NaN;
}

test("what was accepted into a bank and is still coming in stops when the bank is put back", async () => {
	const bank = await create("half-imported");
	const before = await newestSequence();
	const draft = await importedInPart(bank);
	expect(await stores.banks.revert(bank.name, before, "binh")).toMatchObject({ removed: 3 });
	await expect(stores.bankDrafts.carryOut(draft, 3)).rejects.toMatchObject({ code: "not-decidable" });
	expect(await stores.bankDrafts.find(draft)).toMatchObject({ state: "rejected", lapsed: "bank-put-back" });
	expect(await inRecord(bank)).toBe(0);
	await stores.banks.remove(bank.id, "an");
});

test("an import that was accepted can be stopped", async () => {
	const bank = await create("stopped");
	const draft = await importedInPart(bank);
	expect(await stores.bankDrafts.reject(draft, "binh", "a bad list")).toMatchObject({ state: "rejected" });
	expect(await inRecord(bank)).toBe(3);
	await stores.banks.remove(bank.id, "an");
});

describe("while a large bank is put back, in steps", () => {
	test("what a person judges meanwhile stands", async () => {
		const bank = await create("judged");
		await stores.banks.addEntries(bank.id, list(many), "an");
		const before = await newestSequence();
		await stores.banks.addEntries(bank.id, list(many, "another list"), "an");
		const last = await newestEntry();
		const { done } = await startPuttingBack(bank, before);
		await stores.entryWatch.judge(last, "clear", { by: "lead", why: "a logo", at: new Date() });
		await done;
		expect((await stores.banks.findEntry(last))?.opinions).toContainEqual(
			expect.objectContaining({ source: "here", kind: "negative" }),
		);
		await stores.banks.remove(bank.id, "an");
	});

	test("whoever removes it has the last word, and no detector holds what the record does not", async () => {
		const bank = await create("removed");
		const empty = await newestSequence();
		await stores.banks.addEntries(bank.id, list(many), "an");
		const full = await newestSequence();
		await stores.banks.revert(bank.name, empty, "binh");
		const { done } = await startPuttingBack(bank, full);
		await stores.banks.remove(bank.id, "chi");
		await done;
		await stores.banks.revert(bank.name, empty, "binh");
		expect([await inRecord(bank), await heldByFollower()]).toEqual([0, 0]);
	});
});

test("a bank that comes back while it is still swept away comes back whole, in the record and in every detector", async () => {
	const bank = await create("swept");
	await stores.banks.addEntries(bank.id, list(many), "an");
	const full = await newestSequence();
	// As a command leaves it that is interrupted before it sweeps, with half of it swept.
	await database.rows(
		sql`WITH gone AS (DELETE FROM banks WHERE id = ${bank.id}) INSERT INTO bank_changes (sequence, by, kind, bank_id, data)
			SELECT max(sequence) + 1, 'an', 'bank-removed', ${bank.id}::uuid, '{}' FROM bank_changes`,
	);
	await stores.banks.sweep(many / 2);
	await Promise.all([stores.banks.sweep(many / 4), stores.banks.revert(bank.name, full, "binh")]);
	expect([await inRecord(bank), await heldByFollower()]).toEqual([many, many]);
});

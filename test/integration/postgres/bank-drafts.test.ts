// Imports into the banks of record: what a draft shows, who may accept it, what it then does. Asserted against PostgreSQL; files and
// the command line are tested elsewhere.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createActLog } from "../../../services/adapters/postgres/acts/act-log.ts";
import { createBankDraftStore } from "../../../services/adapters/postgres/banks/bank-draft-store.ts";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import type { BankSettings } from "../../../services/core/banks/bank.ts";
import type { ActLog } from "../../../services/core/ports/act-log.ts";
import type { BankDraft, BankDraftStore, RejectedRows } from "../../../services/core/ports/bank-draft-store.ts";
import type { BankStore, NewEntry } from "../../../services/core/ports/bank-store.ts";
import { digest, newBank } from "../../support/bank-fixtures.ts";
import { expectEntryCounts } from "../../support/expect-entry-counts.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let banks: BankStore;
let drafts: BankDraftStore;
let acts: ActLog;
beforeAll(async () => {
	record = await openTestRecord();
	banks = createBankStore(record.database);
	drafts = createBankDraftStore(record.database);
	acts = createActLog(record.database);
});
/** However entries came or went: the sizes that the record shows are right. */
afterEach(() => expectEntryCounts(record.database));
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const noneRejected: RejectedRows = { count: 0, byCode: {}, first: [] };
let made = 0;

function createBank(settings: Partial<BankSettings> = {}): Promise<BankSettings> {
	made += 1;
	const { id: _id, ...base } = newBank({ name: `drafts-${made}`, ...settings });
	return banks.create(base, "an");
}

const said = (text: string, source = "list", opinion: Partial<NewEntry["opinion"]> = {}): NewEntry => ({
	hashType: "sha256",
	hash: digest(text),
	quality: null,
	opinion: { source, kind: "positive", ...opinion },
	externalId: null,
	note: null,
});
const many = (count: number, prefix = "e") => Array.from({ length: count }, (_, index) => said(`${prefix}${index}`));

async function draftOf(
	bank: BankSettings,
	entries: readonly NewEntry[],
	options: { readonly by?: string; readonly isReplacing?: boolean } = {},
): Promise<BankDraft> {
	const { by = "an", isReplacing = false } = options;
	const id = await drafts.open({ bankId: bank.id, by, origin: "list.csv", source: "list", isReplacing });
	for (let at = 0; at < entries.length; at += 100) await drafts.stage(id, entries.slice(at, at + 100));
	return drafts.close(id, noneRejected);
}

async function apply(draft: BankDraft, by = draft.createdBy): Promise<BankDraft> {
	await drafts.accept(draft.id, by);
	for (;;) {
		const after = await drafts.carryOut(draft.id, 7);
		if (after.state === "applied") return after;
	}
}

const contents = async ({ id }: BankSettings) =>
	new Map(
		(await banks.findEntries(id, { after: null, limit: 1_000 })).map(({ hash, opinions }) => [
			Buffer.from(hash).toString("hex").slice(0, 8),
			opinions.map(({ source, kind }) => `${source} ${kind}`),
		]),
	);
const key = (text: string) => Buffer.from(digest(text)).toString("hex").slice(0, 8);

describe("a draft changes nothing, and says what it would change", () => {
	test("entries added, changed and already there, each counted once however often the file names it", async () => {
		const bank = await createBank();
		await apply(await draftOf(bank, [said("a"), said("b"), said("c")]));
		const draft = await draftOf(bank, [
			said("a"),
			said("b", "list", { severity: 4 }),
			said("c", "another list"),
			said("d"),
			said("d"),
			said("d", "another list"),
		]);
		expect(draft).toMatchObject({ state: "open", delta: { added: 1, changed: 2, removed: 0, same: 1 }, faults: [] });
		expect((await contents(bank)).has(key("d"))).toBe(false);
	});

	test("its delta is what happens when it is accepted, step by step", async () => {
		const bank = await createBank();
		await banks.addEntries(bank.id, many(20), "an");
		const before = await banks.list();
		const draft = await draftOf(bank, [...many(10), ...many(30, "new")]);
		const applied = await apply(draft);
		expect(applied).toMatchObject({ delta: { added: 30, changed: 0, removed: 0, same: 10 }, doneRows: 40 });
		expect(await contents(bank)).toHaveProperty("size", 50);
		expect(before.find(({ id }) => id === bank.id)?.entryCount).toBe(20);
	});

	test("a full list takes back what its sources no longer say; what others or our own people say stays", async () => {
		const bank = await createBank();
		await apply(await draftOf(bank, [said("kept"), said("dropped"), said("shared"), said("own")]));
		await apply(await draftOf(bank, [said("shared", "another list")]));
		const own = (await banks.findEntries(bank.id, { after: null, limit: 10 })).find(
			({ hash }) => Buffer.from(hash).toString("hex").slice(0, 8) === key("own"),
		);
		if (own === undefined) throw new Error("there is such an entry");
		await banks.setOpinion(own.id, { source: "here", kind: "positive" }, "an");

		const draft = await draftOf(bank, [said("kept"), said("new")], { isReplacing: true });
		expect(draft.delta).toEqual({ added: 1, changed: 2, removed: 1, same: 1 });
		await apply(draft);
		expect(await contents(bank)).toEqual(
			new Map([
				[key("kept"), ["list positive"]],
				[key("shared"), ["another list positive"]],
				[key("own"), ["here positive"]],
				[key("new"), ["list positive"]],
			]),
		);
	});

	test("no list may speak with our own people's voice", async () => {
		const bank = await createBank();
		await expect(draftOf(bank, [said("a", "here")])).rejects.toMatchObject({ code: "rule-broken" });
	});
});

describe("an import that changes more than the bank allows", () => {
	test("is refused to the one who made it and done by another", async () => {
		const bank = await createBank({ allowedChange: { share: 0.1, addedEntries: 20 } });
		const draft = await draftOf(bank, many(21), { by: "an" });
		expect(draft.faults).toEqual([{ code: "adds-too-many", added: 21, inAll: 21, allowed: 20, hours: 24 }]);
		await expect(drafts.accept(draft.id, "an")).rejects.toMatchObject({ code: "over-allowance" });
		expect(await contents(bank)).toHaveProperty("size", 0);
		expect(await apply(draft, "binh")).toMatchObject({ state: "applied", decidedBy: "binh" });
		const [newest] = await banks.history(bank.name, { before: null, limit: 1 });
		expect(newest?.by).toBe("an, binh");
	});

	test("is one that would empty the bank: a list cut short does no harm", async () => {
		const bank = await createBank();
		await apply(await draftOf(bank, many(50)));
		const draft = await draftOf(bank, many(3), { isReplacing: true });
		expect(draft).toMatchObject({
			delta: { removed: 47 },
			faults: [{ code: "touches-too-many", touched: 47, of: 50 }],
		});
		await drafts.reject(draft.id, "binh", "cut short");
		await expect(drafts.accept(draft.id, "chi")).rejects.toMatchObject({ code: "not-decidable" });
		expect(await contents(bank)).toHaveProperty("size", 50);
	});
});

describe("a bank's allowance is for a day, not for one import", () => {
	const small = { allowedChange: { share: 0.1, addedEntries: 20 } };

	test("a list cut into slices is refused to the one who made it once the slices together are too many", async () => {
		const bank = await createBank(small);
		await apply(await draftOf(bank, many(15, "first")));
		const second = await draftOf(bank, many(15, "second"));
		expect(second.faults).toEqual([{ code: "adds-too-many", added: 15, inAll: 30, allowed: 20, hours: 24 }]);
		await expect(drafts.accept(second.id, "an")).rejects.toMatchObject({ code: "over-allowance" });
		// What two people agreed on was looked at: it counts no more.
		await apply(second, "binh");
		expect((await draftOf(bank, many(5, "third"))).faults).toEqual([]);
	});

	test("a name that was only typed is nobody else: it agrees to no more than its maker may, and what it agrees to counts", async () => {
		const bank = await createBank(small);
		const [first, second] = [await draftOf(bank, many(15, "first")), await draftOf(bank, many(15, "second"))];
		await drafts.accept(first.id, "binh", { name: "typed" });
		const [act] = await acts.list({ on: { kind: "draft", id: first.id }, what: "draft-accepted", limit: 1 });
		expect(act?.details).toMatchObject({ isAlone: true });
		await expect(drafts.accept(second.id, "binh", { name: "typed" })).rejects.toMatchObject({ code: "over-allowance" });
		await drafts.reject(first.id, "an", "given up");
		await expect(drafts.accept(second.id, "chi", { name: "typed" })).rejects.toMatchObject({ code: "over-allowance" });
		expect(await drafts.accept(second.id, "chi")).toMatchObject({ state: "accepted", decidedBy: "chi" });
	});

	test("slices prepared together count each other when they are accepted, also at the same moment", async () => {
		const bank = await createBank(small);
		const slices = [];
		for (const slice of ["a", "b", "c"]) slices.push(await draftOf(bank, many(15, slice)));
		expect(slices.flatMap(({ faults }) => faults)).toEqual([]);
		const outcomes = await Promise.allSettled(slices.map(({ id }) => drafts.accept(id, "an")));
		expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		const refused = outcomes.filter((one) => one.status === "rejected");
		for (const { reason } of refused) expect(reason).toMatchObject({ code: "over-allowance" });
		const shown = await Promise.all(slices.map(({ id }) => drafts.find(id)));
		expect(shown.filter((draft) => draft?.state === "open" && draft.faults.length === 1)).toHaveLength(2);
	});

	test("a day later the allowance is whole again", async () => {
		const bank = await createBank(small);
		const first = await apply(await draftOf(bank, many(15, "first")));
		const { database } = record;
		await database.rows(sql`UPDATE bank_drafts SET decided_at = now() - interval '25 hours' WHERE id = ${first.id}`);
		expect((await draftOf(bank, many(15, "second"))).faults).toEqual([]);
	});

	test("putting a bank back is never refused, and counts", async () => {
		const bank = await createBank(small);
		await banks.addEntries(bank.id, many(12, "before"), "binh");
		const [before] = await banks.history(bank.name, { before: null, limit: 1 });
		await banks.addEntries(bank.id, many(11, "single"), "binh");
		await banks.revert(bank.name, before?.sequence ?? 0, "an");
		const recorded = (await drafts.list({ limit: 10 })).find(({ bankId }) => bankId === bank.id);
		expect(recorded).toMatchObject({
			putBackTo: before?.sequence,
			state: "applied",
			decidedBy: "an",
			delta: { added: 0, changed: 0, removed: 11 },
		});
		const correction = await draftOf(bank, [said("before0", "list", { kind: "withdrawn" }), said("new")]);
		expect(correction.faults).toEqual([
			{ code: "touches-too-many", touched: 1, of: 12, inAll: 12, allowed: 10, hours: 24 },
		]);
	});
});

test("a draft whose bank has changed so that it would now do something else must be looked at again", async () => {
	const bank = await createBank();
	const draft = await draftOf(bank, many(4));
	await banks.addEntries(bank.id, [said("e0")], "binh");
	await expect(drafts.accept(draft.id, "an")).rejects.toMatchObject({ code: "draft-stale" });
	expect(await drafts.find(draft.id)).toMatchObject({ state: "open", delta: { added: 3, same: 1 } });
	await apply(draft);
	// One whose effect is the same is not held up by a change elsewhere in the bank.
	const unaffected = await draftOf(bank, [said("z")]);
	await banks.update(bank.id, { shadow: true }, "binh");
	await apply(unaffected);
});

test("an accepted import that was interrupted goes on where it stopped, and another change gets in between", async () => {
	const bank = await createBank();
	const draft = await draftOf(bank, many(10));
	await drafts.accept(draft.id, "an");
	expect(await drafts.carryOut(draft.id, 4)).toMatchObject({ state: "accepted", doneRows: 4, rowCount: 10 });
	await banks.update(bank.id, { enabled: false }, "binh");
	await drafts.accept(draft.id, "chi");
	expect(await drafts.carryOut(draft.id, 100)).toMatchObject({ state: "applied", doneRows: 10, decidedBy: "an" });
	expect(await contents(bank)).toHaveProperty("size", 10);
	const history = await banks.history(bank.name, { before: null, limit: 7 });
	expect(history.map(({ step }) => step.code)).toEqual(["import-step", "settings-step", "settings-step"]);
	expect(history[0]).toMatchObject({ by: "an", step: { draftId: draft.id, added: 10, changed: 0, removed: 0 } });
	const page = { before: null, limit: 7, within: draft.id };
	const entries = await banks.history(bank.name, page);
	expect(entries.map(({ step }) => step.code)).toEqual(Array(7).fill("entry-step"));
	const later = await banks.history(bank.name, { ...page, before: entries.at(-1)?.sequence ?? 0 });
	expect(later).toHaveLength(3);
});

test("an import is undone by going back to before it", async () => {
	const bank = await createBank();
	await apply(await draftOf(bank, many(5)));
	const [before] = await banks.history(bank.name, { before: null, limit: 1 });
	await apply(await draftOf(bank, [said("bad"), said("e0", "list", { kind: "withdrawn" })]));
	await banks.revert(bank.name, before?.sequence ?? 0, "binh");
	expect(await contents(bank)).toEqual(new Map(many(5).map((_, index) => [key(`e${index}`), ["list positive"]])));
});

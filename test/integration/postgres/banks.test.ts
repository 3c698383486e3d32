// Banks of record: what followers see, and when.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { createBankStore } from "../../../services/adapters/postgres/banks/bank-store.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { type BankEntry, newBankDefaults } from "../../../services/core/banks/bank.ts";
import { type BankContents, type NamedFrames, rowBytes } from "../../../services/core/banks/bank-contents.ts";
import { hashBitsOf } from "../../../services/core/hashes/hash-type.ts";
import { hashOfFrames } from "../../../services/core/hashes/vpdq/hash-of-frames.ts";
import { pdqsOf } from "../../../services/core/hashes/vpdq/video-frames.ts";
import { type BankId, entryId } from "../../../services/core/ids.ts";
import type { BankStore, NewEntry } from "../../../services/core/ports/bank-store.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { expectEntryCounts } from "../../support/expect-entry-counts.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let banks: BankStore;
beforeAll(async () => {
	record = await openTestRecord();
	banks = createBankStore(record.database);
});
/** However entries came or went: the sizes that the record shows are right. */
afterEach(() => expectEntryCounts(record.database));
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
const settings = {
	...newBankDefaults,
	kind: "known",
	category: "c",
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
	const entries: BankEntry[] = [];
	const { sequence } = await banks.load(async (contents) => void entries.push(...entriesOf(contents)));
	return { sequence, entries };
};
function entriesOf({ details, rows, frames = [] }: BankContents): readonly BankEntry[] {
	const bytes = Buffer.from(rows);
	return Array.from({ length: bytes.length / rowBytes }, (_, row) => {
		const [id, hash, number] = [0, 16, 48, rowBytes].map((at, part, all) =>
			bytes.subarray(row * rowBytes + at, row * rowBytes + (all[part + 1] ?? 0)),
		);
		const detail = details[number?.readUInt32LE() ?? -1];
		if (!id || !hash || !detail) throw new Error("a row has an id, a hash and a detail");
		const hex = id.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
		const named = frames.find((one) => Buffer.from(one.hash).equals(hash));
		return {
			...{ ...detail, id: entryId.parse(hex), hash: hash.subarray(0, hashBitsOf(detail.hashType) / 8) },
			...(named && { framePdqs: named.framePdqs }),
		};
	});
}

test.each([
	["video", "its frames", "vpdq"],
	["sound", "its blocks", "audio-fingerprint"],
] as const)(
	"a known %s comes with %s, to who follows, to who starts, and to who asks",
	async (name, _what, hashType) => {
		const bank = await banks.create({ name, ...settings }, "test");
		const frames = ["one", "two"].map((one, at) => ({
			hash: digest(`${one} of ${name}`),
			quality: 90,
			atMs: 1_000 * at,
		}));
		const pdqs = Buffer.from(pdqsOf(frames));
		const hash = hashOfFrames(frames);
		const { sequence } = await loadAll();
		await banks.addEntries(bank.id, [{ ...entry("x"), hashType, hash, frames }, entry("y")], "test");
		const changes = await banks.changesSince(sequence, 10);
		const told = changes.flatMap((one) => (one.kind === "entry" && one.entry.hashType === hashType ? [one.entry] : []));
		expect(told.map(({ framePdqs = [] }) => Buffer.from(framePdqs))).toEqual([pdqs]);
		const loaded: NamedFrames[] = [];
		await banks.load(async (contents) => void loaded.push(...(contents.frames ?? [])));
		expect(loaded.map((one) => [Buffer.from(one.hash), Buffer.from(one.framePdqs)])).toContainEqual([
			Buffer.from(hash),
			pdqs,
		]);
		const found = await banks.findEntries(bank.id, { after: null, limit: 10 });
		const asked = found.find((one) => one.hashType === hashType)?.frames ?? [];
		expect(asked.map((one) => ({ ...one, hash: Buffer.from(one.hash) }))).toEqual(
			frames.map((one) => ({ ...one, hash: Buffer.from(one.hash) })),
		);
	},
);

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
	expect(after.entries.filter(({ bankId }) => bankId === bank.id)).toHaveLength(1);
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
	await eventually(() => told > before, soon);
	await subscription[Symbol.asyncDispose]();
});

test("a name is taken once", async () => {
	await banks.create({ name: "taken", ...settings }, "test");
	await expect(banks.create({ name: "taken", ...settings }, "test")).rejects.toMatchObject({ code: "name-taken" });
});

describe("an entry", () => {
	test("may be a SHA-1 hash, and then has its length", async () => {
		const bank = await banks.create({ name: "sha1", ...settings }, "test");
		const sha1 = { ...entry("by sha1"), hashType: "sha1", hash: digest("by sha1", "sha1") } as const;
		expect(await banks.addEntries(bank.id, [sha1], "test")).toMatchObject({ added: 1 });
		const tooLong = { ...sha1, hash: digest("by sha1") };
		await expect(banks.addEntries(bank.id, [tooLong], "test")).rejects.toThrow("a sha1 hash has 160 bits");
	});

	test("keeps all that a source says, and what another source says beside it", async () => {
		const bank = await banks.create({ name: "fields", ...settings }, "test");
		const opinion = {
			source: "a",
			kind: "positive",
			categories: ["a1"],
			severity: 3,
			expiresAt: "2030-01-01T00:00:00.000Z",
		} as const;
		await banks.addEntries(bank.id, [{ ...entry("full"), opinion, externalId: "42", note: "seen before" }], "an");
		await banks.addEntries(bank.id, [entry("full", "b", "investigate")], "binh");
		const [found] = await banks.findEntries(bank.id, { after: null, limit: 10 });
		expect(found).toMatchObject({
			addedBy: "an",
			opinions: [
				{ ...opinion, externalId: "42", note: "seen before" },
				{ source: "b", kind: "investigate" },
			],
			quarantine: null,
		});
		const { entries } = await loadAll();
		// A matcher needs no notes.
		expect(entries.find(({ id }) => id === found?.id)?.opinions).toEqual([
			opinion,
			{ source: "b", kind: "investigate" },
		]);
	});

	test("gains a person's opinion in place of that person's house's former one", async () => {
		const bank = await banks.create({ name: "own-word", ...settings }, "test");
		await banks.addEntries(bank.id, [entry("own")], "test");
		const [found] = await banks.findEntries(bank.id, { after: null, limit: 1 });
		if (found === undefined) throw new Error("there is an entry");
		await banks.setOpinion(found.id, { source: "here", kind: "positive", note: "seen" }, "an");
		await banks.setOpinion(found.id, { source: "here", kind: "investigate" }, "an");
		expect((await banks.findEntry(found.id))?.opinions).toEqual([
			{ source: "a", kind: "positive" },
			{ source: "here", kind: "investigate" },
		]);
	});
});

test("an exemption bank without an owner or without an end is refused", async () => {
	const exempt = { ...settings, kind: "exempt" } as const;
	await expect(banks.create({ name: "harmless", ...exempt, owner: "an" }, "test")).rejects.toMatchObject({
		code: "rule-broken",
	});
	const expiresAt = "2030-01-01T00:00:00.000Z";
	const bank = await banks.create({ name: "harmless", ...exempt, owner: "an", expiresAt }, "test");
	await expect(banks.update(bank.id, { owner: null }, "test")).rejects.toMatchObject({ code: "rule-broken" });
	expect(await banks.findByName("harmless")).toMatchObject({ owner: "an", expiresAt });
});

describe("removing a bank", () => {
	test("stops all that matches at once; its entries and waiting imports are gone, and nothing can be added to it", async () => {
		const { bankDrafts } = createStores(record.database);
		const bank = await banks.create({ name: "removed", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("r1")], "an");
		const draft = { bankId: bank.id, by: "an", origin: "list", source: "list", isReplacing: false };
		const id = await bankDrafts.open(draft);
		await bankDrafts.stage(id, [entry("r2")]);
		await bankDrafts.close(id, { count: 0, byCode: {}, first: [] });
		await bankDrafts.accept(id, "an");
		await banks.remove(bank.id, "binh");
		expect(await bankDrafts.find(id)).toMatchObject({ state: "rejected", lapsed: "bank-removed" });
		await expect(bankDrafts.carryOut(id, 10)).rejects.toMatchObject({ code: "not-decidable" });
		await expect(banks.addEntries(bank.id, [entry("r3")], "an")).rejects.toMatchObject({ code: "not-found" });
		expect(await banks.findEntries(bank.id, { after: null, limit: 10 })).toEqual([]);
		expect(await banks.sweep(100)).toBe(0);
	});

	test("interrupted before its entries were swept, shows them to nobody, and they do not come back by themselves", async () => {
		const bank = await banks.create({ name: "half-gone", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("h1"), entry("h2")], "an");
		const { sequence } = await loadAll();
		await record.database.rows(
			sql`WITH gone AS (DELETE FROM banks WHERE id = ${bank.id}) INSERT INTO bank_changes (sequence, by, kind, bank_id, data)
				SELECT max(sequence) + 1, 'an', 'bank-removed', ${bank.id}::uuid, '{}' FROM bank_changes`,
		);
		const held = async () => (await loadAll()).entries.filter((one) => one.bankId === bank.id);
		expect(await held()).toEqual([]);
		expect(await banks.sweep(1)).toBe(1);
		expect(await banks.revert("half-gone", sequence, "an")).toMatchObject({ restored: 2 });
		expect(await held()).toHaveLength(2);
		expect(await banks.sweep(100)).toBe(0);
	});
});

test("exemption banks that end soon, and those that have ended, are counted until somebody extends or disables them", async () => {
	const at = new Date("2031-03-01T00:00:00.000Z");
	const before = await banks.countExemptions(at);
	const exempt = { ...settings, kind: "exempt", owner: "an" } as const;
	const make = (name: string, expiresAt: string) => banks.create({ name, ...exempt, expiresAt }, "an");
	const ended = await make("ended", "2031-02-28T00:00:00.000Z");
	await make("ends-soon", "2031-03-14T00:00:00.000Z");
	await make("ends-later", "2031-04-01T00:00:00.000Z");
	expect(await banks.countExemptions(at)).toEqual({ ending: before.ending + 1, expired: before.expired + 1 });
	await banks.update(ended.id, { enabled: false }, "an");
	expect(await banks.countExemptions(at)).toEqual({ ending: before.ending + 1, expired: before.expired });
});

describe("every change is a row of history, and a bank can be put back to any of them", () => {
	const contents = async (id: BankId) =>
		(await banks.findEntries(id, { after: null, limit: 100 })).map(({ id, hash, opinions }) => ({
			id,
			hash,
			opinions,
		}));

	test("entries added since go, removed ones return under their id, opinions are what they were; and going back can be undone", async () => {
		const bank = await banks.create({ name: "back", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("b1"), entry("b2")], "an");
		const then = { contents: await contents(bank.id), sequence: (await loadAll()).sequence };
		const first = then.contents.find(({ hash }) => Buffer.from(digest("b1")).equals(hash));
		if (first === undefined) throw new Error("there is an entry");
		await banks.removeEntry(first.id, "binh");
		// The same hash again, as another entry: it must make way for the one that comes back.
		await banks.addEntries(bank.id, [entry("b1"), entry("b2", "b", "negative"), entry("b3")], "binh");
		await banks.update(bank.id, { enabled: false }, "binh");
		const now = { contents: await contents(bank.id), sequence: (await loadAll()).sequence };

		expect(await banks.revert("back", then.sequence, "chi")).toMatchObject({ restored: 1, changed: 1, removed: 2 });
		expect(await contents(bank.id)).toEqual(then.contents);
		expect(await banks.findByName("back")).toMatchObject({ enabled: true });
		const [newest] = await banks.history("back", { before: null, limit: 1 });
		expect(newest).toMatchObject({ by: "chi" });

		await banks.revert("back", now.sequence, "chi");
		expect(await contents(bank.id)).toEqual(now.contents);
		expect(await banks.findByName("back")).toMatchObject({ enabled: false });
	});

	test("a removed bank comes back with its entries", async () => {
		const bank = await banks.create({ name: "gone", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("g1"), entry("g2")], "an");
		const before = await contents(bank.id);
		const { sequence } = await loadAll();
		await banks.remove(bank.id, "an");
		expect((await banks.history("gone", { before: null, limit: 1 }))[0]?.step.code).toBe("bank-removed-step");
		await banks.revert("gone", sequence, "an");
		expect(await contents(bank.id)).toEqual(before);
	});

	test("what was in a bank before it was removed does not come back with a later state of it", async () => {
		const bank = await banks.create({ name: "twice", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("t1")], "an");
		const { sequence: full } = await loadAll();
		await banks.remove(bank.id, "an");
		await banks.revert("twice", full, "an");
		const [only] = await contents(bank.id);
		if (only === undefined) throw new Error("there is an entry");
		await banks.removeEntry(only.id, "an");
		const { sequence: empty } = await loadAll();
		await banks.addEntries(bank.id, [entry("t2")], "an");
		await banks.revert("twice", empty, "an");
		expect(await contents(bank.id)).toEqual([]);
	});

	test("more than one step's worth, there and back, and interrupted on the way", async () => {
		const bank = await banks.create({ name: "large", ...settings }, "an");
		const { sequence: empty } = await loadAll();
		const all = Array.from({ length: 6_000 }, (_, index) => entry(`large ${index}`));
		await banks.addEntries(bank.id, all, "an");
		const { sequence: full } = await loadAll();
		expect(await banks.revert("large", empty, "binh")).toMatchObject({ restored: 0, changed: 0, removed: 6_000 });
		// What an interrupted one has done already is left alone.
		await banks.addEntries(bank.id, all.slice(0, 100), "an");
		expect(await banks.revert("large", full, "binh")).toMatchObject({ restored: 6_000, changed: 0, removed: 100 });
		expect(await banks.revert("large", full, "binh")).toMatchObject({ restored: 0, changed: 0, removed: 0 });
	});

	test("an entry that was in quarantine when its bank was removed comes back in quarantine", async () => {
		const { entryWatch } = createStores(record.database);
		const bank = await banks.create({ name: "suspect", ...settings }, "an");
		await banks.addEntries(bank.id, [entry("q1"), entry("q2")], "an");
		const { sequence } = await loadAll();
		const [first, second] = await banks.findEntries(bank.id, { after: null, limit: 2 });
		if (first === undefined || second === undefined) throw new Error("there are two");
		await entryWatch.quarantine(
			first.id,
			{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
			new Date(),
		);
		await banks.remove(bank.id, "an");
		await banks.revert("suspect", sequence, "an");
		expect((await banks.findEntry(first.id))?.quarantine).toMatchObject({
			reason: { code: "removed-in-quarantine" },
		});
		expect((await banks.findEntry(second.id))?.quarantine).toBeNull();
	});

	test("revisions count in each bank by itself, and an import or a revert is one", async () => {
		const revisionsOf = async (name: string) =>
			(await banks.history(name, { before: null, limit: 10 })).map(({ revision, step }) => [revision, step.code]);
		const [one, other] = [
			await banks.create({ name: "counted", ...settings }, "an"),
			await banks.create({ name: "beside", ...settings }, "an"),
		];
		await banks.addEntries(one.id, [entry("c1")], "an");
		await banks.addEntries(other.id, [entry("c1")], "an");
		const { bankDrafts } = createStores(record.database);
		const draft = await bankDrafts.open({
			...{ bankId: one.id, by: "an", origin: "list.csv", source: "a", isReplacing: false },
		});
		await bankDrafts.stage(draft, [entry("c2"), entry("c3")]);
		await bankDrafts.close(draft, { count: 0, byCode: {}, first: [] });
		await bankDrafts.accept(draft, "an", { name: "typed" });
		await bankDrafts.carryOut(draft, 100);
		await banks.update(one.id, { enabled: false }, "an");
		await banks.revert("counted", await banks.sequenceOf("counted", 2), "an");

		expect(await revisionsOf("counted")).toEqual([
			[5, "put-back-step"],
			[4, "settings-step"],
			[3, "import-step"],
			[2, "entry-step"],
			[1, "settings-step"],
		]);
		expect(await revisionsOf("beside")).toEqual([
			[2, "entry-step"],
			[1, "settings-step"],
		]);
		const [putBack] = await banks.history("counted", { before: null, limit: 1 });
		expect(putBack?.step).toMatchObject({ toRevision: 2, removed: 2 });
		expect((await contents(one.id)).map(({ hash }) => Buffer.from(hash))).toEqual([Buffer.from(digest("c1"))]);
		const older = { before: await banks.sequenceOf("counted", 4), limit: 1 };
		expect(await banks.history("counted", older)).toMatchObject([{ revision: 3 }]);
		await expect(banks.sequenceOf("counted", 6)).rejects.toMatchObject({
			code: "not-found",
			message: "bank counted has 5 revisions; there is no 6",
		});
		await expect(banks.revert("counted", 1e9, "an")).rejects.toMatchObject({ code: "not-found" });
	});

	test("to before it existed is refused", async () => {
		const { sequence } = await loadAll();
		await banks.create({ name: "young", ...settings }, "an");
		await expect(banks.revert("young", sequence, "an")).rejects.toMatchObject({ code: "not-found" });
		await expect(banks.revert("never", sequence, "an")).rejects.toMatchObject({ code: "not-found" });
	});

	test("a follower that followed all of it holds what one that loads afresh holds", async () => {
		const followed = new Map<string, unknown>();
		for (const change of await banks.changesSince(0, 100_000)) {
			if (change.kind === "entry") followed.set(change.entry.id, change.entry);
			if (change.kind === "entry-removed") followed.delete(change.entryId);
			if (change.kind === "bank-removed")
				for (const [id, held] of followed) if ((held as BankEntry).bankId === change.bankId) followed.delete(id);
		}
		const { entries } = await loadAll();
		expect(followed).toEqual(new Map(entries.map((one) => [one.id, one])));
	});
});

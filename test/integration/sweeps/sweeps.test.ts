// Sweeps over a real record: earlier items meet entries that come later. Asserted: findings, orders, outbox, cases, acts, coverage. A real
// matcher answers; the clock is the test's. Processes and platforms are out of scope.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { type BankId, type ItemId, orderId, type PlatformId, type SweepId } from "../../../services/core/ids.ts";
import type { SweepStore } from "../../../services/core/ports/sweep-store.ts";
import { clearSignal } from "../../../services/core/signals/clear/clear.ts";
import { digest, hashesOf, newBank, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { createSweepAll, type SweepAll } from "../../support/sweep-all.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platformId: PlatformId;
let source: string;
let sweepAll: SweepAll;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	sweepAll = createSweepAll(record.database, stores);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});
beforeEach(() => sweepAll());

/** A picture that was let pass. */
async function letPass(pdq = digest(randomUUID()), sha256: string = randomUUID()): Promise<ItemId> {
	const verdict = { ...clearVerdict, signals: [clearSignal("hash", "1")] };
	const [outcome] = await stores.verdicts.record([
		newItem(platformId, source, { verdict, hashes: hashesOf(sha256, pdq) }),
	]);
	if (outcome === undefined) throw new Error("every item has its outcome");
	return outcome.itemId;
}

async function addBank(settings: { readonly trusted?: boolean; readonly enabled?: boolean } = {}): Promise<BankId> {
	const { id: _, ...bank } = newBank({ name: `bank-${randomUUID()}`, ...settings });
	return (await stores.banks.create(bank, "huong")).id;
}

type EntryHash = { readonly pdq: Uint8Array } | { readonly sha256: Uint8Array };

async function addEntries(bank: BankId, hashes: readonly EntryHash[]) {
	const opinion = { source: "list", kind: "positive" } as const;
	const entries = hashes.map((hash) => {
		const said = { opinion, externalId: null, note: null };
		return "pdq" in hash
			? { ...said, hashType: "pdq" as const, hash: hash.pdq, quality: 90 }
			: { ...said, hashType: "sha256" as const, hash: hash.sha256, quality: null };
	});
	await stores.banks.addEntries(bank, entries, "huong");
}
const addEntry = (bank: BankId, hash: EntryHash) => addEntries(bank, [hash]);

class Crash extends Error {}

/** Calls of the store count down; at none the process is gone: what the call did stays, and nobody hears of it. */
function crashing(sweeps: SweepStore, after: number): SweepStore {
	let left = after;
	return new Proxy(sweeps, {
		get(target, name: keyof SweepStore) {
			const method = target[name] as (...args: unknown[]) => Promise<unknown>;
			return async (...args: unknown[]) => {
				const answer = await method.apply(target, args);
				left -= 1;
				if (left < 0) throw new Crash();
				return answer;
			};
		},
	});
}

const newest = async () => {
	const [sweep] = await stores.sweeps.list(1);
	if (sweep === undefined) throw new Error("there is the first one");
	return sweep;
};
const orders = (items: readonly ItemId[]) =>
	record.database.rows(
		sql`SELECT item_id AS item, action, version FROM orders WHERE item_id = ANY (${[...items]}::uuid[])`,
		z.object({ item: z.string(), action: z.string(), version: z.int() }),
	);
const stateOf = async (item: ItemId) =>
	(await record.database.rows(sql`SELECT state FROM items WHERE id = ${item}`, z.object({ state: z.string() })))[0]
		?.state;
const casesOf = (item: ItemId) =>
	record.database.rows(
		sql`SELECT cases.id, item_count AS items, tier FROM case_items JOIN cases ON cases.id = case_id WHERE item_id = ${item}`,
		z.object({ id: z.string(), items: z.int(), tier: z.string() }),
	);

describe("an entry that comes later", () => {
	it("finds earlier copies by their bytes and by their pixels, withholds them once, and puts them into one case", async () => {
		const pdq = digest("a landscape");
		const copies = [await letPass(pdq), await letPass(withBitsFlipped(pdq, 12))];
		const other = await letPass();
		await addEntry(await addBank(), { pdq });
		await sweepAll();
		expect(await orders([...copies, other])).toEqual(
			expect.arrayContaining(copies.map((item) => ({ item, action: "withhold", version: 1 }))),
		);
		expect(await orders([other])).toEqual([]);
		expect(await Promise.all([...copies, other].map(stateOf))).toEqual(["withheld", "withheld", "live"]);
		const [first, second] = (await Promise.all(copies.map(casesOf))).flat();
		expect(first).toMatchObject({ items: 2, tier: "K2" });
		expect(second?.id).toBe(first?.id);
		const sha = await letPass(digest(randomUUID()), "bytes of a poster");
		await addEntry(await addBank(), { sha256: digest("bytes of a poster") });
		await sweepAll();
		expect(await orders([sha])).toHaveLength(1);
		expect((await newest()).tally).toMatchObject({
			found: 1,
			withheld: 1,
			due: [{ tier: "K1", effect: "withhold", items: 1 }],
		});
	});

	it("asks people where it would ask them of an item that comes now", async () => {
		const pdq = digest(randomUUID());
		const item = await letPass(pdq);
		await addEntry(await addBank({ trusted: false }), { pdq });
		await sweepAll();
		expect(await orders([item])).toEqual([]);
		expect(await stateOf(item)).toBe("live");
		expect(await casesOf(item)).toMatchObject([{ items: 1, tier: "K3" }]);
	});

	it("tells the case and the platform that a sweep found the item, and keeps the verdict of then", async () => {
		const pdq = digest(randomUUID());
		const item = await letPass(pdq);
		await addEntry(await addBank(), { pdq });
		await sweepAll();
		const [found] = await casesOf(item);
		const events = await record.database.rows(
			sql`SELECT kind FROM case_events WHERE case_id = ${found?.id} ORDER BY sequence`,
			z.object({ kind: z.string() }),
		);
		expect(events.map(({ kind }) => kind)).toEqual(["opened", "item-added", "found-by-sweep", "ordered"]);
		const [order] = await record.database.rows(
			sql`SELECT id FROM orders WHERE item_id = ${item}`,
			z.object({ id: orderId }),
		);
		const sent = order === undefined ? null : await stores.orders.find(order.id);
		expect(sent?.message).toMatchObject({ reason: { decidedBy: "machine", occasion: "sweep" } });
		const earlier = await record.database.rows(
			sql`SELECT verdict ->> 'tier' AS tier FROM earlier_verdicts WHERE item_id = ${item}`,
			z.object({ tier: z.string() }),
		);
		expect(earlier).toEqual([{ tier: "none" }]);
	});

	it("that changes nothing about the past leaves no act, and the record says how far the past was compared", async () => {
		const acts = await stores.acts.list({ what: "sweep-done", limit: 100 });
		await addEntry(await addBank(), { pdq: digest(randomUUID()) });
		await sweepAll();
		expect(await newest()).toMatchObject({ state: "done", tally: { found: 0 } });
		expect(await stores.acts.list({ what: "sweep-done", limit: 100 })).toHaveLength(acts.length);
		const { throughSequence, bankSequence, gaps } = await stores.sweeps.coverage();
		expect({ throughSequence, gaps }).toEqual({ throughSequence: bankSequence, gaps: [] });
	});

	it("finds what was being examined when it came", async () => {
		const pdq = digest(randomUUID());
		await addEntry(await addBank(), { pdq });
		let item: ItemId | null = null;
		await sweepAll({
			async onStep({ cursor, pass }) {
				if (item === null && pass === 1 && cursor.startsWith("ffffffff")) item = await letPass(pdq);
			},
		});
		expect(item).not.toBeNull();
		expect(await orders(item === null ? [] : [item])).toHaveLength(1);
	});
});

describe("a bank with more entries than are held at one time", () => {
	/** In use after all its entries are there: a change of the bank's settings is a change of each. */
	async function largeBank(): Promise<readonly ItemId[]> {
		const pictures = Array.from({ length: 8 }, () => digest(randomUUID()));
		const bytes = Array.from({ length: 4 }, () => randomUUID());
		const bank = await addBank({ enabled: false });
		await addEntries(bank, [...pictures.map((pdq) => ({ pdq })), ...bytes.map((name) => ({ sha256: digest(name) }))]);
		await sweepAll();
		const items = await Promise.all([
			...pictures.map((pdq) => letPass(withBitsFlipped(pdq, 5))),
			...bytes.map((name) => letPass(digest(randomUUID()), name)),
		]);
		await stores.banks.update(bank, { enabled: true }, "huong");
		return items;
	}

	it("is compared page by page: every earlier copy is found, and each hash and entry is counted once", async () => {
		const items = await largeBank();
		const pages = new Set<string>();
		await sweepAll({ onStep: async ({ pass, entriesAfter }) => void pages.add(`${pass} ${entriesAfter}`) });
		expect(pages.size).toBeGreaterThan(8);
		expect(await orders(items)).toHaveLength(12);
		const [{ hashes } = { hashes: 0 }] = await record.database.rows(
			sql`SELECT count(*)::integer AS hashes FROM item_hashes WHERE type = 'pdq'`,
			z.object({ hashes: z.int() }),
		);
		const { entries, compared } = await newest();
		// Again those that were recorded a moment before.
		expect({ entries, least: compared >= hashes, most: compared <= 2 * hashes }).toEqual({
			entries: 12,
			least: true,
			most: true,
		});
	});

	it("goes on at the page where a process was lost", async () => {
		const items = await largeBank();
		for (let after = 2; ; after += 5) {
			try {
				await sweepAll({ sweeps: crashing(stores.sweeps, after) });
				break;
			} catch (error) {
				if (!(error instanceof Crash)) throw error;
			}
		}
		expect(await newest()).toMatchObject({ state: "done", entries: 12, tally: { found: 12, withheld: 12 } });
		expect(await orders(items)).toHaveLength(12);
	});
});

describe("what a sweep may do by itself", () => {
	async function waiting(): Promise<{ readonly id: SweepId; readonly items: readonly ItemId[] }> {
		const pdq = digest(randomUUID());
		const items = [await letPass(pdq), await letPass(pdq)];
		await addEntry(await addBank(), { pdq });
		await sweepAll({ sweepItems: 1 });
		return { id: (await newest()).id, items };
	}
	const why = { reason: "looked at it" };

	it("ends where it finds more: then it touches nothing until another person than whoever added the entry agrees", async () => {
		const { id, items } = await waiting();
		expect(await newest()).toMatchObject({ state: "waiting", allowedItems: 1, tally: { platforms: 1, withheld: 0 } });
		expect(await orders(items)).toEqual([]);
		await expect(stores.sweeps.act(id, "approve", { by: "huong", ...why })).rejects.toMatchObject({
			code: "same-person",
		});
		await stores.sweeps.act(id, "approve", { by: "lan", ...why });
		await sweepAll({ sweepItems: 1 });
		expect(await orders(items)).toHaveLength(2);
		expect(await newest()).toMatchObject({ state: "done", approvedBy: "lan", tally: { withheld: 2 } });
	});

	it("goes on as soon as somebody agrees, while another sweep waits to look once more", async () => {
		const { id, items } = await waiting();
		await addEntry(await addBank(), { pdq: digest(randomUUID()) });
		const order: (readonly [SweepId, string])[] = [];
		await sweepAll({
			async onStep(sweep) {
				order.push([sweep.id, sweep.state]);
				const isWaiting = sweep.state === "looking" && sweep.cursor.startsWith("ffffffff");
				if (isWaiting && (await stores.sweeps.find(id))?.state === "waiting")
					await stores.sweeps.act(id, "approve", { by: "lan", ...why });
			},
		});
		expect(await orders(items)).toHaveLength(2);
		const acted = order.findIndex(([sweep, state]) => sweep === id && state === "acting");
		const judged = order.findIndex(([sweep, state]) => sweep !== id && state === "judging");
		expect(acted).toBeGreaterThan(0);
		expect(acted).toBeLessThan(judged);
	});

	it("is nothing once it is canceled, which the coverage tells", async () => {
		const { id, items } = await waiting();
		const { fromSequence, toSequence } = await stores.sweeps.act(id, "cancel", { by: "lan", ...why });
		await sweepAll();
		expect(await orders(items)).toEqual([]);
		expect((await stores.sweeps.coverage()).gaps).toEqual([{ fromSequence, toSequence }]);
		await stores.sweeps.start(fromSequence, "lan", new Date(sweepAll.now()));
		await sweepAll();
		expect(await orders(items)).toHaveLength(2);
		expect((await stores.sweeps.coverage()).gaps).toEqual([]);
	});

	it("rests while it is paused, and goes on where it stopped", async () => {
		const pdq = digest(randomUUID());
		const items = [await letPass(pdq), await letPass(pdq)];
		await addEntry(await addBank(), { pdq });
		await sweepAll({
			async onStep({ id, state }) {
				if (state === "acting") await stores.sweeps.act(id, "pause", { by: "lan", ...why });
			},
		});
		expect(await newest()).toMatchObject({ state: "acting", isPaused: true });
		expect(await orders(items)).toEqual([]);
		await stores.sweeps.act((await newest()).id, "resume", { by: "lan", ...why });
		await sweepAll();
		expect(await orders(items)).toHaveLength(2);
	});
});

it("gives every order once, wherever the process that sweeps is lost", async () => {
	const pdq = digest(randomUUID());
	const items = await Promise.all([letPass(pdq), letPass(pdq), letPass(withBitsFlipped(pdq, 3))]);
	await addEntry(await addBank(), { pdq });
	let crashes = 0;
	// Each process is lost one call later than the one before it, and does not know what of that call was done.
	for (let after = 0; ; after += 1) {
		try {
			await sweepAll({ sweeps: crashing(stores.sweeps, after) });
			break;
		} catch (error) {
			if (!(error instanceof Crash)) throw error;
			crashes += 1;
		}
	}
	expect(crashes).toBeGreaterThan(3);
	expect(await newest()).toMatchObject({ state: "done", tally: { found: 3, withheld: 3 } });
	expect((await orders(items)).toSorted((a, b) => (a.item < b.item ? -1 : 1))).toEqual(
		[...items].toSorted().map((item) => ({ item, action: "withhold", version: 1 })),
	);
	const [gathered] = await casesOf(items[0]);
	expect(gathered?.items).toBe(3);
});

it("two detectors that work on one sweep do nothing twice", async () => {
	const pdq = digest(randomUUID());
	const items = await Promise.all(Array.from({ length: 8 }, () => letPass(pdq)));
	await addEntry(await addBank(), { pdq });
	const both = () => sweepAll({ sweeps: new Proxy(stores.sweeps, { get: leaseAnyway }) });
	await Promise.allSettled([both(), both()]);
	await sweepAll();
	expect(await orders(items)).toHaveLength(items.length);
	expect((await newest()).tally).toMatchObject({ found: 8, withheld: 8 });
});

/** As if the lease had run out in the middle of every step. */
function leaseAnyway(sweeps: SweepStore, name: keyof SweepStore) {
	if (name !== "lease") return (sweeps[name] as (...args: unknown[]) => unknown).bind(sweeps);
	return async (worker: string, leaseMs: number) => {
		await record.database.rows(sql`UPDATE sweeps SET lease_until = NULL`);
		return sweeps.lease(worker, leaseMs);
	};
}

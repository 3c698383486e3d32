// Texts that nobody had to see and that are like no other meet entries that come later. A real record and a real matcher; processes and platforms
// are out of scope.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { simhashText } from "../../../services/core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../../services/core/hashes/text/text-hash.ts";
import type { BankId, ItemId, PlatformId } from "../../../services/core/ids.ts";
import { wordingHashesOf } from "../../../services/core/items/item-hashes.ts";
import { newBank } from "../../support/bank-fixtures.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { createSweepAll, type SweepAll } from "../../support/sweep-all.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let sweepAll: SweepAll;
let platformId: PlatformId;
let source: string;
let banks = 0;
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

/** Recorded together, as a detector hands them over. */
async function letPass(texts: readonly string[]): Promise<readonly ItemId[]> {
	const outcomes = await stores.verdicts.record(
		texts.map((text) => ({
			...newItem(platformId, source, { kind: "post", verdict: clearVerdict, hashes: null }),
			...{ textHashes: wordingHashesOf(text, []), isPacked: true },
		})),
	);
	return outcomes.map(({ itemId }) => itemId);
}

async function addText(text: string, type: "text" | "text-simhash"): Promise<BankId> {
	banks += 1;
	const { id: _, ...settings } = newBank({ name: `texts-${banks}` });
	const { id } = await stores.banks.create(settings, "huong");
	const hash = type === "text" ? hashText(text) : simhashText(text);
	if (hash === null) throw new Error("the text says too little");
	const opinion = { source: "list", kind: "positive" } as const;
	await stores.banks.addEntries(
		id,
		[{ hashType: type, hash, quality: null, opinion, externalId: null, note: null }],
		"huong",
	);
	return id;
}

const found = async () => {
	const rows = await record.database.rows(
		sql`SELECT item_id AS item, effect FROM sweep_findings WHERE sweep_id = (SELECT id FROM sweeps ORDER BY started_at DESC, id DESC LIMIT 1) ORDER BY item_id`,
		z.object({ item: z.string(), effect: z.string() }),
	);
	return rows.map(({ item, effect }) => `${item} ${effect}`);
};

const notices = Array.from(
	{ length: 40 },
	(_, at) =>
		`Notice ${at} of the harbor office number ${at * 37}: boats that stay overnight at berth ${at} pay ${at * 11} for water, and show papers there.`,
);

describe("a text that stood alone yesterday", () => {
	it("is found by an entry of its words, however they were written, and in whatever company it was recorded", async () => {
		const items = await letPass([...notices, "See you at nine", "Papers, please"]);
		await letPass(["See you at ten"]);
		await addText("see you  AT NINE", "text");
		await sweepAll();
		expect(await found()).toEqual([`${items[40]} withhold`]);
	});

	it("is found by an entry that it is near to, which only asks people", async () => {
		const text =
			"The choir of the old school meets on the first Tuesday of the month, where new voices are welcome, and so are old ones.";
		const [item] = await letPass([text, ...notices]);
		await addText(text.replace("old ones", "older ones"), "text-simhash");
		await sweepAll();
		expect(await found()).toEqual([`${item} review`]);
		const [{ types } = { types: [] }] = await record.database.rows(
			sql`SELECT array_agg(type ORDER BY type) AS types FROM item_hashes WHERE item_id = ${item}`,
			z.object({ types: z.array(z.string()) }),
		);
		expect(types).toEqual(["text", "text-simhash"]);
	});

	it("is compared once, in steps that end between packs", async () => {
		const text = "A last word about lanterns";
		const copies = [await letPass([text]), await letPass([...notices, text]), await letPass([text])].map((pack) =>
			pack.at(-1),
		);
		await addText(text, "text");
		const cursors = new Set<string>();
		await sweepAll({ onStep: async ({ pass, cursor }) => void cursors.add(`${pass} ${cursor}`) });
		expect((await found()).toSorted()).toEqual(copies.map((id) => `${id} withhold`).toSorted());
	});

	it("is let go with the facts of its time", async () => {
		await letPass(["A text that nobody will look for"]);
		await stores.sweeps.forgetPacked(new Date(Date.now() + 60_000), 1_000);
		await addText("a text that nobody will look for", "text");
		await sweepAll();
		expect(await found()).toEqual([]);
	});
});

it("has rows of its own once somebody has reported it, by which the banks of now are asked", async () => {
	const [, item] = await letPass(["Somebody else's text", "A text that somebody reports"]);
	await record.database.rows(sql`INSERT INTO reported_items (item_id, asked_at) VALUES (${item}, now())`);
	expect(
		(await stores.sweeps.reported(10)).map(({ id, hashes }) => ({ id, types: hashes.map(({ type }) => type) })),
	).toEqual([{ id: item, types: ["text"] }]);
});

it("a text that people had to see keeps rows of its own, and nothing is packed of it", async () => {
	const [{ packs: before } = { packs: 0 }] = await count();
	await stores.verdicts.record([
		{ ...newItem(platformId, source, { kind: "post", hashes: null }), textHashes: wordingHashesOf("a text", []) },
	]);
	expect((await count())[0]?.packs).toBe(before);
});

const count = () =>
	record.database.rows(sql`SELECT count(*)::integer AS packs FROM packed_hashes`, z.object({ packs: z.int() }));

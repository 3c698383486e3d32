import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { uuidOfHex } from "../../../services/core/ids.ts";
import { firstId } from "../../../services/core/sweeps/sweep.ts";
import { itemsNear, readEntryPage } from "../../../services/detector/sweeps/look-through.ts";

const hash = (name: string) => createHash("sha256").update(name).digest();
const idOf = (place: number) => uuidOfHex(place.toString(16).padStart(32, "0"));

/** As many entries as are asked for, without end. */
const endless = {
	nextEntries: async ({ entriesAfter }: { readonly entriesAfter: string }, limit: number) => {
		const from = Number.parseInt(entriesAfter.replaceAll("-", ""), 16);
		const hashes = Buffer.concat(Array.from({ length: limit }, (_, at) => hash(`entry ${from + at + 1}`)));
		return { last: idOf(from + limit), blocks: [{ type: "pdq" as const, hashes, count: limit }] };
	},
};
const sweep = { fromSequence: 0, toSequence: 1, entriesAfter: firstId };

test("reading and indexing the entries of a large bank lets live work have its turn again and again", async () => {
	let turns = 0;
	let isDone = false;
	const live = () => {
		turns += 1;
		if (!isDone) setImmediate(live);
	};
	setImmediate(live);
	const page = await readEntryPage(endless, sweep, 30_000);
	isDone = true;
	expect(page).toMatchObject({ count: 30_000, last: idOf(30_000) });
	// Once for a thousand entries at least.
	expect(turns).toBeGreaterThanOrEqual(30);
	const itemIds = Buffer.from(idOf(7).replaceAll("-", "") + idOf(8).replaceAll("-", ""), "hex");
	const past = { type: "pdq" as const, hashes: Buffer.concat([hash("a stranger"), hash("entry 29999")]), itemIds };
	expect(await itemsNear(page, past)).toEqual([idOf(8)]);
});

test("a page holds no more than it may, however many entries there are", async () => {
	const page = await readEntryPage(endless, { ...sweep, entriesAfter: idOf(12) }, 7_777);
	expect(page).toMatchObject({ count: 7_777, last: idOf(12 + 7_777) });
});

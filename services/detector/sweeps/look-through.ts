// Reads entries that changed, a page of them at a time, and compares past hashes with a page. It yields to live work after every few
// milliseconds.
import { setImmediate } from "node:timers/promises";
import { type HashType, isNear, isOfParts } from "../../core/hashes/hash-type.ts";
import { uuidOfHex } from "../../core/ids.ts";
import { standsForText } from "../../core/items/item-hashes.ts";
import type { EntryBlock, HashPage, Sweep, SweepStore } from "../../core/ports/sweep-store.ts";
import { createNewEntries, type NewEntries } from "../../core/sweeps/new-entries.ts";

/** What past hashes are held against at one time: some of the entries that a sweep is about. */
export interface EntryPage {
	/** Where the next page begins: behind this entry. */
	readonly last: string;
	/** 0 where there are no more entries. */
	readonly count: number;
	/** Looked up by their value. */
	readonly exact: readonly Block[];
	/** By type: compared with each hash in turn. Those that are looked up are among them where they stand for a text, whose hashes may be packed. */
	readonly near: ReadonlyMap<HashType, NewEntries>;
}

interface Block {
	readonly type: HashType;
	readonly hashes: readonly Uint8Array[];
}

/** About 20 MB of index. A page more is another pass over all past hashes: an import, which is at most as large, is one. */
const entriesPerPage = 100_000;
/** What is read and parsed without a pause. */
const entriesPerBlock = 5_000;
/** Added to an index without a pause: about 5 ms. */
const entriesPerTurn = 1_000;

/** Types made of parts are left out: the record keeps none of an item's parts. */
export async function readEntryPage(
	sweeps: Pick<SweepStore, "nextEntries">,
	sweep: Pick<Sweep, "fromSequence" | "toSequence" | "entriesAfter">,
	perPage = entriesPerPage,
): Promise<EntryPage> {
	const blocks: Block[] = [];
	let { entriesAfter: last } = sweep;
	let count = 0;
	for (let isMore = true; isMore && count < perPage; ) {
		const limit = Math.min(entriesPerBlock, perPage - count);
		const next = await sweeps.nextEntries({ ...sweep, entriesAfter: last }, limit);
		const here = next.blocks.filter(({ type }) => !isOfParts(type)).map(blockOf);
		blocks.push(...here);
		count += here.reduce((sum, { hashes }) => sum + hashes.length, 0);
		isMore = next.last !== last;
		({ last } = next);
	}
	return { last, count, exact: blocks.filter(({ type }) => !isNear(type)), near: await indexed(blocks) };
}

function blockOf({ type, hashes, count }: EntryBlock): Block {
	const bytes = hashes.length / count;
	return { type, hashes: Array.from({ length: count }, (_, at) => hashes.subarray(at * bytes, (at + 1) * bytes)) };
}

async function indexed(blocks: readonly Block[]): Promise<ReadonlyMap<HashType, NewEntries>> {
	const near = new Map<HashType, NewEntries>();
	for (const { type, hashes } of blocks.filter((one) => isNear(one.type) || standsForText(one.type))) {
		const count = blocks.reduce((sum, one) => sum + (one.type === type ? one.hashes.length : 0), 0);
		const entries = near.get(type) ?? createNewEntries(type, count);
		near.set(type, entries);
		for (let from = 0; from < hashes.length; from += entriesPerTurn) {
			entries.add(hashes.slice(from, from + entriesPerTurn));
			await setImmediate();
		}
	}
	return near;
}

/** A few milliseconds where many entries changed. */
const hashesPerTurn = 250;
const idBytes = 16;

/** The items of a page of hashes that are in reach of an entry. */
export async function itemsNear(
	{ near }: Pick<EntryPage, "near">,
	{ type, hashes, itemIds }: Pick<HashPage, "type" | "hashes" | "itemIds">,
): Promise<readonly string[]> {
	const entries = near.get(type);
	if (entries === undefined) return [];
	const count = itemIds.length / idBytes;
	const found: string[] = [];
	for (let from = 0; from < count; from += hashesPerTurn) {
		const places = entries.placesNear(hashes, from, Math.min(count, from + hashesPerTurn));
		const ids = places.map((place) => Buffer.from(itemIds.subarray(place * idBytes, (place + 1) * idBytes)));
		found.push(...ids.map((id) => uuidOfHex(id.toString("hex"))));
		await setImmediate();
	}
	return found;
}

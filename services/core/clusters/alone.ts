// Items that nothing was like yet, the last half million in the order in which they came: the first of a cluster that is not in the record.
// They are forgotten with the process.

import type { ItemId } from "../ids.ts";
import { itemId, uuidOfHex } from "../ids.ts";
import { createMultiIndex } from "../index/multi-index.ts";
import { hashWordLow } from "../text/hash-word.ts";

interface LoneItem {
	readonly hash: Uint8Array;
	readonly itemId: ItemId;
	readonly atMs: number;
}

export interface Alone {
	nearest(hash: Uint8Array, radiusBits: number): (LoneItem & { readonly distanceBits: number }) | null;
	/** The different authors of those within the radius and beyond the nearer one. */
	authorsAround(hash: Uint8Array, beyondBits: number, radiusBits: number): number;
	/** The oldest gives way. */
	add(item: LoneItem, authorId: string): void;
	/** It is alone no more, and is in the record. */
	remove(hash: Uint8Array): void;
	readonly size: number;
	/** Memory that they take. */
	readonly bytes: number;
}

const idBytes = 16;

export function createAlone(most: number): Alone {
	const index = createMultiIndex();
	const ids = Buffer.alloc(most * idBytes);
	const atMs = new Float64Array(most);
	const authors = new Uint32Array(most);
	let next = 0;
	const nearest = (hash: Uint8Array, radiusBits: number) =>
		index
			.search(hash, radiusBits)
			.reduce<{ id: number; distanceBits: number } | null>(
				(best, one) => (best === null || one.distanceBits < best.distanceBits ? one : best),
				null,
			);
	return {
		nearest(hash, radiusBits) {
			const found = nearest(hash, radiusBits);
			if (found === null) return null;
			const { id, distanceBits } = found;
			const hex = ids.subarray(id * idBytes, (id + 1) * idBytes).toString("hex");
			return { hash: index.hashOf(id), itemId: itemId.parse(uuidOfHex(hex)), atMs: atMs[id] ?? 0, distanceBits };
		},
		authorsAround: (hash, beyondBits, radiusBits) =>
			new Set(
				index
					.search(hash, radiusBits)
					.filter(({ distanceBits }) => distanceBits > beyondBits)
					.map(({ id }) => authors[id]),
			).size,
		add(item, authorId) {
			index.add(next, item.hash);
			ids.write(item.itemId.replaceAll("-", ""), next * idBytes, "hex");
			atMs[next] = item.atMs;
			// Of millions two may be taken for one: it is a question of a few being different.
			authors[next] = hashWordLow(authorId);
			next = (next + 1) % most;
		},
		remove(hash) {
			const found = nearest(hash, 0);
			if (found !== null) index.remove(found.id);
		},
		get size() {
			return index.size;
		},
		get bytes() {
			return index.bytes + ids.byteLength + atMs.byteLength + authors.byteLength;
		},
	};
}

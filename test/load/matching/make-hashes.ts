import { closeSync, openSync, writeSync } from "node:fs";

export const hashBytes = 32;

/**
 * Hashes as a bank holds them: seven in ten are of their own, the others are copies of an earlier one with up to 40 bits
 * changed. Queries: half lie within 31 bits of an entry, half are unrelated, as most pictures of a platform are.
 */
export function writeHashes(file: string, count: number): void {
	const random = randomWords(count);
	const out = openSync(file, "w");
	const chunkEntries = 100_000;
	let chunk = new Uint8Array(0);
	for (let done = 0; done < count; done += chunkEntries) {
		chunk = new Uint8Array(Math.min(chunkEntries, count - done) * hashBytes);
		const words = new Uint32Array(chunk.buffer);
		for (let at = 0; at < words.length; at += 1) words[at] = random();
		for (let entry = 1; entry * hashBytes < chunk.length; entry += 1) {
			if (random() % 10 < 7) continue;
			const original = random() % entry;
			chunk.copyWithin(entry * hashBytes, original * hashBytes, (original + 1) * hashBytes);
			flip(chunk, entry, random() % 41, random);
		}
		writeSync(out, chunk);
	}
	closeSync(out);
}

export function writeQueries(file: string, hashes: Uint8Array, count: number): void {
	const random = randomWords(7);
	const queries = new Uint8Array(count * hashBytes);
	const words = new Uint32Array(queries.buffer);
	for (let at = 0; at < words.length; at += 1) words[at] = random();
	for (let query = 0; query < count; query += 2) {
		const entry = random() % (hashes.length / hashBytes);
		queries.set(hashes.subarray(entry * hashBytes, (entry + 1) * hashBytes), query * hashBytes);
		flip(queries, query, random() % 32, random);
	}
	const out = openSync(file, "w");
	writeSync(out, queries);
	closeSync(out);
}

function flip(hashes: Uint8Array, entry: number, bits: number, random: () => number): void {
	const chosen = new Set<number>();
	while (chosen.size < bits) chosen.add(random() & 255);
	for (const bit of chosen) {
		const at = entry * hashBytes + (bit >> 3);
		hashes[at] = (hashes[at] ?? 0) ^ (1 << (bit & 7));
	}
}

/** Xorshift (Marsaglia 2003, 128 bits): the same numbers for the same seed. */
function randomWords(seed: number): () => number {
	let [x, y, z, w] = [123_456_789 ^ seed, 362_436_069, 521_288_629, 88_675_123];
	return () => {
		const t = x ^ (x << 11);
		[x, y, z] = [y, z, w];
		w = w ^ (w >>> 19) ^ t ^ (t >>> 8);
		return w >>> 0;
	};
}

// The medoids of all clusters that are alive, in memory: what a new picture is held against. It decides nothing about which of them
// is near enough (place.ts).
import { createMultiIndex } from "../index/multi-index.ts";
import { createNumberColumn } from "../index/number-column.ts";

interface SeenMedoid {
	readonly hash: Uint8Array;
	/** The PDQ of its frames, where it is a video's. */
	readonly frames?: Uint8Array | undefined;
	readonly seenAt: Date;
}

export interface NearMedoid {
	readonly hash: Uint8Array;
	readonly frames?: Uint8Array;
	readonly distanceBits: number;
}

export interface Medoids {
	/** The nearest to any of these hashes, of equally near ones that which was there first; null where none is within the radius. */
	nearest(hashes: readonly Uint8Array[], radiusBits: number): NearMedoid | null;
	/** All within the radius. */
	within(hash: Uint8Array, radiusBits: number): readonly NearMedoid[];
	/** One that is there already was seen again. */
	add(hash: Uint8Array, seenAtMs: number, frames?: Uint8Array): void;
	remove(hash: Uint8Array): void;
	/** Many that are new, before anything is asked; after the last, `compact` makes look-ups quick. */
	load(medoids: readonly SeenMedoid[]): void;
	compact(): void;
	/** Looks at the next `count` of them, going round, and forgets those that were not seen since. */
	forgetBefore(ms: number, count: number): void;
	readonly size: number;
	/** Memory that they take. */
	readonly bytes: number;
}

const bytesOfTime = 4;

export function createMedoids(): Medoids {
	const index = createMultiIndex();
	/** By number, in seconds; 0 for one that is free. */
	const seenAt = createNumberColumn();
	const free: number[] = [];
	let numbers = 0;
	let looksAt = 0;
	const find = (hashes: readonly Uint8Array[], radiusBits: number) =>
		hashes
			.flatMap((hash) => index.search(hash, radiusBits))
			.reduce<Numbered | null>((best, one) => (best === null || isBefore(one, best) ? one : best), null);
	const forget = (number: number) => {
		index.remove(number);
		seenAt.set(number, 0);
		free.push(number);
	};
	return {
		within: (hash, radiusBits) =>
			index.search(hash, radiusBits).map(({ id, distanceBits }) => ({ hash: index.hashOf(id), distanceBits })),
		nearest(hashes, radiusBits) {
			const found = find(hashes, radiusBits);
			return found === null ? null : { hash: index.hashOf(found.id), distanceBits: found.distanceBits };
		},
		add(hash, seenAtMs) {
			const known = find([hash], 0);
			const number = known?.id ?? free.pop() ?? numbers++;
			if (known === null) index.add(number, hash);
			seenAt.set(number, Math.max(seenAt.get(number), Math.floor(seenAtMs / 1_000)));
		},
		remove(hash) {
			const known = find([hash], 0);
			if (known !== null) forget(known.id);
		},
		load(medoids) {
			const ids = Uint32Array.from(medoids, () => numbers++);
			index.load(ids, Buffer.concat(medoids.map(({ hash }) => hash)));
			for (const [at, { seenAt: time }] of medoids.entries())
				seenAt.set(ids[at] ?? 0, Math.floor(time.getTime() / 1_000));
		},
		compact: () => index.compact(),
		forgetBefore(ms, count) {
			for (let look = Math.min(count, numbers); look > 0; look -= 1) {
				looksAt = (looksAt + 1) % numbers;
				const seen = seenAt.get(looksAt);
				if (seen === 0 || seen * 1_000 >= ms) continue;
				forget(looksAt);
			}
		},
		get size() {
			return index.size;
		},
		get bytes() {
			return index.bytes + numbers * bytesOfTime;
		},
	};
}

interface Numbered {
	readonly id: number;
	readonly distanceBits: number;
}

function isBefore(one: Numbered, other: Numbered): boolean {
	return one.distanceBits < other.distanceBits || (one.distanceBits === other.distanceBits && one.id < other.id);
}

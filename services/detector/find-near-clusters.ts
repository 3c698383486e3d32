// Which clusters are one thing, as another detector's become known here: those whose medoids are near, and those that a picture would have
// joined in one of its framings had it come a moment later. Only what was founded at about the same time can be: later pictures are placed
// by detectors that know.
import { type ClusteredType, clusterTypes } from "../core/clusters/cluster-type.ts";
import type { Likeness } from "../core/clusters/likeness.ts";
import type { Medoids } from "../core/clusters/medoids.ts";
import { toHex } from "../core/hashes/hash-hex.ts";
import { createLinearIndex } from "../core/index/linear-index.ts";
import type { NearClusters, WrittenMedoid } from "../core/ports/cluster-store.ts";

/** Longer than another's cluster may take to become known here, and than one of ours to be recorded. */
const recentMs = 30_000;

interface Founded {
	readonly hash: Uint8Array;
	readonly framings: readonly number[];
	readonly atMs: number;
}

export interface FindNear {
	/** An item founded a cluster here. */
	founded(likeness: Likeness, nowMs: number): void;
	/** A cluster as the record has it: the medoids in memory follow. */
	take(written: WrittenMedoid, nowMs: number): void;
	/** Those that are to be merged, until they are `done`. */
	due(nowMs: number): readonly NearClusters[];
	done(pair: NearClusters): void;
}

export function createFindNear(medoids: Medoids, type: ClusteredType = "pdq"): FindNear {
	const { confirmedBits } = clusterTypes[type];
	const pairs = new Map<string, { readonly pair: NearClusters; readonly sinceMs: number }>();
	const heard = new Map<string, number>();
	const foundings = createFoundings(confirmedBits);
	const add = (one: Uint8Array, other: Uint8Array, distanceBits: number, sinceMs: number) => {
		const pair: NearClusters = { type, medoids: [one, other], distanceBits };
		if (!pairs.has(keyOf(pair))) pairs.set(keyOf(pair), { pair, sinceMs });
	};
	return {
		founded: foundings.add,
		take({ hash, frames, seenAt, mergedInto }, nowMs) {
			if (mergedInto !== null) {
				medoids.remove(hash);
				medoids.add(mergedInto.hash, seenAt.getTime(), mergedInto.frames);
				if (mergedInto.hasMembers) add(hash, mergedInto.hash, mergedInto.distanceBits, nowMs);
				return;
			}
			medoids.add(hash, seenAt.getTime(), frames);
			const key = toHex(hash);
			if (heard.has(key)) return;
			heard.set(key, nowMs);
			for (const one of [...medoids.within(hash, confirmedBits), ...foundings.near(hash)])
				if (toHex(one.hash) !== key) add(one.hash, hash, one.distanceBits, nowMs);
		},
		due(nowMs) {
			for (const [key, { sinceMs }] of pairs) if (sinceMs < nowMs - recentMs) pairs.delete(key);
			for (const [key, atMs] of heard) if (atMs < nowMs - recentMs) heard.delete(key);
			foundings.forgetBefore(nowMs - recentMs);
			return [...pairs.values()].map(({ pair }) => pair);
		},
		done: (pair) => void pairs.delete(keyOf(pair)),
	};
}

function keyOf({ medoids }: NearClusters): string {
	return medoids.map(toHex).toSorted().join(" ");
}

/** The framings of the pictures that founded clusters here of late: some hundreds, so that going through all of them is quick. */
function createFoundings(confirmedBits: number) {
	const index = createLinearIndex();
	const byFraming = new Map<number, Founded>();
	let recent: Founded[] = [];
	let numbers = 0;
	return {
		add({ hash, framings }: Likeness, atMs: number): void {
			const founded = { hash, framings: framings.map(() => numbers++), atMs };
			for (const [at, number] of founded.framings.entries()) {
				index.add(number, framings[at] ?? hash);
				byFraming.set(number, founded);
			}
			recent.push(founded);
		},
		near: (hash: Uint8Array) =>
			index.search(hash, confirmedBits).flatMap(({ id, distanceBits }) => {
				const founded = byFraming.get(id);
				return founded === undefined ? [] : [{ hash: founded.hash, distanceBits }];
			}),
		forgetBefore(ms: number): void {
			for (const number of recent.filter(({ atMs }) => atMs < ms).flatMap(({ framings }) => framings)) {
				index.remove(number);
				byFraming.delete(number);
			}
			recent = recent.filter(({ atMs }) => atMs >= ms);
		},
	};
}

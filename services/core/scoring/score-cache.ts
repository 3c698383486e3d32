// Gives a flood of copies one inference: pictures whose PDQ hashes nearly agree share a score for a while. A perceptual hash
// can be forced to agree, so a score is shared only between hashes of good quality, only briefly, and never a failure.
import type { Clock } from "../ports/clock.ts";
import type { ScoreRequest, ScoreResult, Scorer } from "../ports/scorer.ts";

export interface ScoreCacheOptions {
	readonly scorer: Scorer;
	readonly clock: Clock;
	/** Hashes this near share a score. Far tighter than matching: the copies must look alike to a model too. */
	readonly radiusBits: number;
	/** PDQ quality, 0–100, below which a hash says too little. */
	readonly minimumQuality: () => number;
	readonly maxAgeMs: number;
	/** Clusters remembered; the oldest go first. */
	readonly maxClusters: number;
	/** Every n-th use of a cluster is scored anew, so that what hides behind a known hash is not hidden for long. */
	readonly recheckEvery: number;
	/** Changes with the model and with how its scores are read: what was scored before does not hold after. */
	readonly revision: () => number;
}

interface Cluster {
	readonly words: Uint32Array;
	readonly since: number;
	readonly result: Promise<ScoreResult>;
	uses: number;
}

/** Copies that arrive while the first is still being scored wait for its score. */
export function createScoreCache(options: ScoreCacheOptions): Scorer {
	const { scorer } = options;
	const clusters: Cluster[] = [];
	let revision = options.revision();
	const forget = (cluster: Cluster) => {
		const at = clusters.indexOf(cluster);
		if (at !== -1) clusters.splice(at, 1);
	};
	const scoreOne = async (request: ScoreRequest): Promise<ScoreResult> => {
		const [result] = await scorer.score([request]);
		if (result === undefined) throw new Error("a scorer must answer every request");
		return result;
	};
	const scoreCopy = (request: ScoreRequest): Promise<ScoreResult> => {
		const { pdq } = request;
		if (pdq === undefined || pdq.quality < options.minimumQuality()) return scoreOne(request);
		if (revision !== options.revision()) {
			revision = options.revision();
			clusters.splice(0);
		}
		const now = options.clock.now();
		while ((clusters[0]?.since ?? now) < now - options.maxAgeMs) clusters.shift();
		const words = wordsOf(pdq.hash);
		const known = clusters.find((cluster) => distance(cluster.words, words) <= options.radiusBits);
		if (known !== undefined) {
			known.uses += 1;
			if (known.uses % options.recheckEvery !== 0) return known.result;
			forget(known);
		}
		const cluster: Cluster = { words, since: now, result: scoreOne(request), uses: 0 };
		clusters.push(cluster);
		if (clusters.length > options.maxClusters) clusters.shift();
		const unlessScored = (result: ScoreResult | null) => result?.kind !== "scored" && forget(cluster);
		void cluster.result.then(unlessScored, () => unlessScored(null));
		return cluster.result;
	};
	return {
		get info() {
			return scorer.info;
		},
		score: (requests) => Promise.all(requests.map(scoreCopy)),
		[Symbol.asyncDispose]: () => scorer[Symbol.asyncDispose](),
	};
}

function wordsOf(hash: Uint8Array): Uint32Array {
	return new Uint32Array(hash.slice().buffer);
}

function distance(a: Uint32Array, b: Uint32Array): number {
	let bits = 0;
	for (let at = 0; at < a.length; at++) bits += ones((a[at] ?? 0) ^ (b[at] ?? 0));
	return bits;
}

/** Bits set in 32 (Warren, Hacker's Delight, 5-1). */
function ones(word: number): number {
	let w = word - ((word >>> 1) & 0x55555555);
	w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
	return Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

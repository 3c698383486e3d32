import { describe, expect, test } from "@jest/globals";
import type { ScoreRequest } from "../../../../services/core/ports/scorer.ts";
import { createScoreCache, type ScoreCacheOptions } from "../../../../services/core/scoring/score-cache.ts";
import { createRecordedScorer, failed, scored } from "../../../support/recorded-scorer.ts";

/** A picture whose hash has the first `ones` bits set. */
function copyOf(ones: number, quality = 80): ScoreRequest {
	const hash = new Uint8Array(32);
	for (let bit = 0; bit < ones; bit++) hash[bit >> 3] = (hash[bit >> 3] ?? 0) | (1 << (bit & 7));
	return { rgb: new Uint8Array(12), size: 2, pdq: { hash, quality } };
}

function open(options: Partial<ScoreCacheOptions> = {}) {
	const time = { now: 1_000, revision: 1 };
	const scorer = createRecordedScorer("first", () => scored("first", 0.4));
	const cache = createScoreCache({
		scorer,
		clock: { now: () => time.now },
		radiusBits: 4,
		minimumQuality: () => 50,
		maxAgeMs: 60_000,
		maxClusters: 3,
		recheckEvery: 100,
		revision: () => time.revision,
		...options,
	});
	return { cache, scorer, time };
}

describe("score cache", () => {
	test("a flood of copies costs one inference", async () => {
		const { cache, scorer } = open();
		const results = await cache.score(Array.from({ length: 50 }, (_, at) => copyOf(at % 5)));
		expect(scorer.asked).toHaveLength(1);
		expect(results).toEqual(Array.from({ length: 50 }, () => scored("first", 0.4)));
	});

	test("pictures that look alike only from afar are scored each for itself", async () => {
		const { cache, scorer } = open();
		await cache.score([copyOf(0), copyOf(5)]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("a hash of poor quality shares no score", async () => {
		const { cache, scorer } = open();
		await cache.score([copyOf(0, 49), copyOf(0, 49)]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("a picture without a hash is scored", async () => {
		const { cache, scorer } = open();
		await cache.score([
			{ rgb: new Uint8Array(12), size: 2 },
			{ rgb: new Uint8Array(12), size: 2 },
		]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("a score is not shared for longer than was set", async () => {
		const { cache, scorer, time } = open();
		await cache.score([copyOf(0)]);
		time.now += 60_001;
		await cache.score([copyOf(0)]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("a score is not shared beyond a change of the model or of how it is read", async () => {
		const { cache, scorer, time } = open();
		await cache.score([copyOf(0)]);
		time.revision += 1;
		await cache.score([copyOf(0), copyOf(0)]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("every so often a copy is scored anew", async () => {
		const { cache, scorer } = open({ recheckEvery: 3 });
		for (let time = 0; time < 7; time++) await cache.score([copyOf(0)]);
		expect(scorer.asked).toHaveLength(3);
	});

	test("a failure is not remembered: the next copy is tried again", async () => {
		const scorer = createRecordedScorer("first", () => failed("first"));
		const { cache } = open({ scorer });
		expect(await cache.score([copyOf(0)])).toEqual([failed("first")]);
		await cache.score([copyOf(0)]);
		expect(scorer.asked).toHaveLength(2);
	});

	test("remembers no more clusters than was set", async () => {
		const { cache, scorer } = open();
		for (const ones of [0, 50, 100, 150, 0]) await cache.score([copyOf(ones)]);
		expect(scorer.asked).toHaveLength(5);
	});
});

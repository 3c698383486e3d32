import { describe, expect, test } from "@jest/globals";
import type { ScoredResult, ScoreRequest } from "../../../../services/core/ports/scorer.ts";
import { type Comparison, createShadowed, type Shadow } from "../../../../services/core/scoring/shadow.ts";
import { eventually, soon } from "../../../support/eventually.ts";
import { createRecordedScorer, failed, scored } from "../../../support/recorded-scorer.ts";

const picture: ScoreRequest = { rgb: new Uint8Array(12), size: 2 };

function open(shadowAnswer: number | "fails", share: number) {
	const live = createRecordedScorer("live", () => scored("live", 0.9));
	const shadow = createRecordedScorer("next", () =>
		shadowAnswer === "fails" ? failed("next") : scored("next", shadowAnswer),
	);
	const comparisons: Comparison[] = [];
	const onCompared = (comparison: Comparison) => void comparisons.push(comparison);
	const running: { now: Shadow | null } = { now: { scorer: shadow, share } };
	const isOver = ({ probability }: ScoredResult) => probability >= 0.8;
	const scorer = createShadowed({ live, shadow: () => running.now, isOver, onCompared });
	return { shadow, running, comparisons, scorer };
}

describe("a model in the shadow of the live one", () => {
	test("changes no answer", async () => {
		const { scorer } = open(0.1, 1);
		expect(await scorer.score([picture])).toEqual([scored("live", 0.9)]);
	});

	test("has its disagreement across the threshold told", async () => {
		const { scorer, comparisons } = open(0.1, 1);
		await scorer.score([picture]);
		await eventually(
			() =>
				expect(comparisons).toEqual([{ kind: "disagreed", live: scored("live", 0.9), shadow: scored("next", 0.1) }]),
			soon,
		);
	});

	test("agrees where both lie on one side of the threshold", async () => {
		const { scorer, comparisons } = open(0.81, 1);
		await scorer.score([picture]);
		await eventually(() => expect(comparisons).toMatchObject([{ kind: "agreed" }]), soon);
	});

	test("sees the share of traffic that was set", async () => {
		const { scorer, shadow } = open(0.1, 0.25);
		for (let time = 0; time < 40; time++) await scorer.score([picture]);
		expect(shadow.asked).toHaveLength(10);
	});

	test("is asked nothing once it is ended", async () => {
		const { scorer, shadow, running } = open(0.1, 1);
		running.now = null;
		await scorer.score([picture]);
		expect(shadow.asked).toEqual([]);
	});

	test("may fail without anybody noticing but the list", async () => {
		const { scorer, comparisons } = open("fails", 1);
		expect(await scorer.score([picture])).toEqual([scored("live", 0.9)]);
		await eventually(() => expect(comparisons).toEqual([{ kind: "not-compared" }]), soon);
	});
});

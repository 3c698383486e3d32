import { describe, expect, test } from "@jest/globals";
import type { ScoreRequest, ScoreResult, Scorer } from "../../../../services/core/ports/scorer.ts";
import { createSwitch } from "../../../../services/core/scoring/switch.ts";
import { scored } from "../../../support/recorded-scorer.ts";

const picture: ScoreRequest = { rgb: new Uint8Array(12), size: 2 };

/** A scorer that answers when told to, and says whether it was closed. */
function open(model: string) {
	const waiting: (() => void)[] = [];
	const state = { isClosed: false };
	const scorer: Scorer = {
		info: { model, version: "1.0.0", backend: "cpu", inputSize: 2 },
		score: (requests) =>
			new Promise<readonly ScoreResult[]>((resolve) => {
				waiting.push(() => resolve(requests.map(() => scored(model, 0.5))));
			}),
		async [Symbol.asyncDispose]() {
			state.isClosed = true;
		},
	};
	return { scorer, state, answer: () => waiting.shift()?.() };
}

describe("exchanging the live model", () => {
	test("pictures under way are answered by the model that has them, which is closed only then", async () => {
		const [old, next] = [open("old"), open("next")];
		const live = createSwitch(old.scorer);
		const underWay = live.score([picture]);
		live.exchange(next.scorer);
		const later = live.score([picture]);
		expect(old.state.isClosed).toBe(false);
		next.answer();
		expect(await later).toEqual([scored("next", 0.5)]);
		old.answer();
		expect(await underWay).toEqual([scored("old", 0.5)]);
		await live[Symbol.asyncDispose]();
		expect([old.state.isClosed, next.state.isClosed]).toEqual([true, true]);
	});

	test("says which model is live", () => {
		const live = createSwitch(open("old").scorer);
		live.exchange(open("next").scorer);
		expect(live.info.model).toBe("next");
	});
});

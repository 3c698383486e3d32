import { describe, expect, test } from "@jest/globals";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import type { ScoreFailure } from "../../../../services/core/ports/scorer.ts";
import { scoreSignals } from "../../../../services/core/signals/media-signals.ts";
import { scored } from "../../../support/recorded-scorer.ts";

const reasons = [
	"backend-failed",
	"deadline-exceeded",
	"not-finite",
	"overloaded",
	"input-rejected",
] as const satisfies readonly ScoreFailure[];
const failed = (reason: ScoreFailure) => ({ kind: "unavailable", model: "m", version: "1.0.0", reason }) as const;

describe.each(reasons)("a model that gave no score (%s)", (reason) => {
	test("sends the picture to people", () => {
		const verdict = decideVerdict(scoreSignals([failed(reason)]), "public", defaultPolicy);
		expect(verdict).toMatchObject({ action: "review", isIncomplete: true });
	});

	test("of one frame sends the animation to people, however harmless the other frames", () => {
		const signals = scoreSignals([scored("m", 0.01), failed(reason), scored("m", 0.02)]);
		expect(signals.map(({ kind }) => kind)).toEqual(["scored", "unavailable"]);
		expect(decideVerdict(signals, "public", defaultPolicy)).toMatchObject({ action: "review", isIncomplete: true });
	});
});

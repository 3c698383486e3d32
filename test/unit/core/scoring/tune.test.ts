import { describe, expect, test } from "@jest/globals";
import type { ScoreRequest } from "../../../../services/core/ports/scorer.ts";
import type { Model } from "../../../../services/core/scoring/model-registry.ts";
import { initialSettings, type ModelSettings } from "../../../../services/core/scoring/model-settings.ts";
import { createTuned } from "../../../../services/core/scoring/tune.ts";
import { createRecordedScorer, failed, scored } from "../../../support/recorded-scorer.ts";

const picture: ScoreRequest = { rgb: new Uint8Array(12), size: 2 };
/** The parts of a registry entry that reading scores needs. */
const model = { categories: { adult: ["A"] }, calibration: { adult: { kind: "none" } } } as unknown as Model;
const halving = {
	kind: "isotonic",
	points: [
		[0, 0],
		[1, 0.5],
	],
	samples: 400,
} satisfies Model["calibration"][string];

describe("reading scores under the settings in force", () => {
	test("without any decision the model's own probability stands, under revision 0", async () => {
		const tuned = createTuned(
			createRecordedScorer("first", () => scored("first", 0.4)),
			model,
			() => initialSettings,
		);
		expect(await tuned.score([picture])).toEqual([{ ...scored("first", 0.4), settingsRevision: 0 }]);
	});

	test("an accepted calibration and threshold hold from the next picture on, and the score names their revision", async () => {
		let settings: ModelSettings = initialSettings;
		const tuned = createTuned(
			createRecordedScorer("first", () => scored("first", 0.4)),
			model,
			() => settings,
		);
		await tuned.score([picture]);
		settings = {
			...initialSettings,
			revision: 7,
			tunings: { "first@1.0.0": { adult: { calibration: halving, threshold: 0.15 } } },
		};
		expect(await tuned.score([picture])).toMatchObject([{ probability: 0.2, threshold: 0.15, settingsRevision: 7 }]);
	});

	test("a failure stays a failure", async () => {
		const tuned = createTuned(
			createRecordedScorer("first", () => failed("first")),
			model,
			() => initialSettings,
		);
		expect(await tuned.score([picture])).toEqual([failed("first")]);
	});
});

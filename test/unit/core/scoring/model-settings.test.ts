import { describe, expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../../services/core/ids.ts";
import {
	applyModelAct,
	initialSettings,
	modelSettingsSchema,
	tuningOf,
} from "../../../../services/core/scoring/model-settings.ts";

const configured = "first";
const shadowed = applyModelAct(initialSettings, { kind: "shadow", model: "next", share: 0.1 }, configured);
const tuning = { calibration: { kind: "none" }, threshold: 0.6 } as const;
const first = { model: "first", version: "1.0.0" };
const adult = { category: "adult", platform: null };
const [forum, chat] = [platformId.parse(uuidv7(1)), platformId.parse(uuidv7(2))];

describe("what people decide about models", () => {
	test("every act is a revision", () => {
		const promoted = applyModelAct(shadowed, { kind: "promote" }, configured);
		expect([initialSettings, shadowed, promoted].map(({ revision }) => revision)).toEqual([0, 1, 2]);
	});

	test("promoting makes the model in the shadow the live one, and nothing runs in the shadow any more", () => {
		expect(applyModelAct(shadowed, { kind: "promote" }, configured)).toMatchObject({ live: "next", shadow: null });
	});

	test("a promoted model's scores are measured for drift from then on", () => {
		expect(applyModelAct(shadowed, { kind: "promote" }, configured).referenceSince).toBe(2);
		expect(shadowed.referenceSince).toBe(0);
	});

	test("an accepted tuning holds for that version of the model and that category alone", () => {
		const accepted = applyModelAct(
			initialSettings,
			{ kind: "accept", ...first, category: "adult", platform: null, tuning },
			configured,
		);
		expect(tuningOf(accepted, { ...first, ...adult })).toEqual({ ...tuning, curve: "all" });
		expect(tuningOf(accepted, { ...first, ...adult, version: "1.0.1" })).toBeNull();
		expect(tuningOf(accepted, { ...first, ...adult, category: "other" })).toBeNull();
	});

	test("one that was accepted for a platform holds there alone, and those without one are read as all", () => {
		const accept = { kind: "accept", ...first, category: "adult" } as const;
		const own = applyModelAct(
			applyModelAct(initialSettings, { ...accept, platform: null, tuning }, configured),
			{ ...accept, platform: forum, tuning: { ...tuning, threshold: 0.7 } },
			configured,
		);
		const readOn = (platform: typeof forum | null) => {
			const read = tuningOf(own, { ...first, category: "adult", platform });
			return [read?.curve, read?.threshold];
		};
		expect([forum, chat, null].map(readOn)).toEqual([
			["platform", 0.7],
			["all", 0.6],
			["all", 0.6],
		]);
		expect(modelSettingsSchema.parse({ ...own, platformTunings: undefined }).platformTunings).toEqual({});
	});

	test.each([
		["promoting where nothing runs in the shadow", "no-shadow-model", { kind: "promote" }],
		["ending a shadow that is not there", "no-shadow-model", { kind: "end-shadow" }],
		["running the live model in its own shadow", "model-live-already", { kind: "shadow", model: "first", share: 0.1 }],
	] as const)("%s is refused", (_, code, act) => {
		expect(() => applyModelAct(initialSettings, act, configured)).toThrow(
			expect.objectContaining({ code: "rule-broken", reasons: [expect.objectContaining({ code })] }),
		);
	});
});

import { describe, expect, test } from "@jest/globals";
import type { ScoreRequest } from "../../../../services/core/ports/scorer.ts";
import { createCascade } from "../../../../services/core/scoring/cascade.ts";
import { createRecordedScorer, failed, scored } from "../../../support/recorded-scorer.ts";

/** A picture whose first byte is its probability in percent. */
const picture = (percent: number): ScoreRequest => ({ rgb: new Uint8Array(12).fill(percent), size: 2 });
const first = () => createRecordedScorer("first", ({ rgb }) => scored("first", (rgb[0] ?? 0) / 100));
const always = (model: string, probability: number, inputSize = 2) =>
	createRecordedScorer(model, () => scored(model, probability), inputSize);
const band = { from: 0.3, to: 0.9 };

describe("cascade", () => {
	test("asks the second model only where the first is unsure", async () => {
		const second = always("second", 0.1);
		const results = await createCascade({ first: first(), further: [second], band }).score([
			picture(10),
			picture(50),
			picture(95),
		]);
		expect(second.asked).toHaveLength(1);
		expect(results).toEqual([scored("first", 0.1), scored("second", 0.1), scored("first", 0.95)]);
	});

	test("takes the band's lower end as unsure and its upper end as sure", async () => {
		const second = always("second", 0.1);
		await createCascade({ first: first(), further: [second], band }).score([picture(30), picture(90)]);
		expect(second.asked.map(({ rgb }) => rgb[0])).toEqual([30]);
	});

	test("lets the highest of several opinions count, so that one worry is enough for a person to look", async () => {
		const further = [always("second", 0.2), always("other-family", 0.7)];
		const results = await createCascade({ first: first(), further, band }).score([picture(50)]);
		expect(results).toEqual([scored("other-family", 0.7)]);
	});

	test("has no score where the first is unsure and one of the others fails: the doubt was not settled", async () => {
		const second = createRecordedScorer("second", () => failed("second"));
		const further = [second, always("other-family", 0.1)];
		const results = await createCascade({ first: first(), further, band }).score([picture(50), picture(10)]);
		expect(results).toEqual([failed("second"), scored("first", 0.1)]);
	});

	test("keeps a failure of the first model a failure", async () => {
		const second = always("second", 0.1);
		const broken = createRecordedScorer("first", () => failed("first"));
		const results = await createCascade({ first: broken, further: [second], band }).score([picture(50)]);
		expect(results).toEqual([failed("first")]);
		expect(second.asked).toEqual([]);
	});

	test("brings the picture to the second model's square", async () => {
		const second = always("second", 0.1, 3);
		await createCascade({ first: first(), further: [second], band }).score([picture(50)]);
		expect(second.asked[0]).toMatchObject({ size: 3, rgb: new Uint8Array(27).fill(50) });
	});
});

import { describe, expect, test } from "@jest/globals";
import { answerAfter } from "../../../../services/core/cases/answer-after.ts";
import { decisions } from "../../../../services/core/cases/case.ts";
import { reportAnswerCodes } from "../../../../services/core/reports/answer.ts";
import { stageOf } from "../../../../services/core/reports/report.ts";
import { readShippedTemplates } from "../../../../services/runtime/read-templates.ts";

test("a report waits for people once it is in a case, is looked at once somebody takes either, and ends with the answer once the platform did as it was told", () => {
	const nothing = { isGathered: false, isTaken: false, isAnswered: false, isAwaited: false };
	expect(stageOf(nothing)).toBe("received");
	expect(stageOf({ ...nothing, isGathered: true })).toBe("collecting");
	expect(stageOf({ ...nothing, isTaken: true })).toBe("verifying");
	const answered = { isGathered: true, isTaken: true, isAnswered: true };
	expect(stageOf({ ...answered, isAwaited: true })).toBe("coordinating");
	expect(stageOf({ ...answered, isAwaited: false })).toBe("answered");
});

describe("what reporters are told", () => {
	const answers = readShippedTemplates();

	test("differs by what people decided, and by whether a platform could be told", () => {
		const codes = decisions.flatMap((one) => [answerAfter(one, true), answerAfter(one, false)]);
		expect(new Set(codes).size).toBe(4);
	});

	test("fits a message in either language, and speaks of no platform being told where none is", () => {
		for (const language of ["vi", "en"] as const)
			for (const code of reportAnswerCodes) expect(answers[`reporter/${code}`][language].length).toBeLessThan(1_000);
		for (const code of ["agreed", "not-agreed"] as const)
			expect(answers[`reporter/${code}`].en).not.toContain("platform");
	});
});

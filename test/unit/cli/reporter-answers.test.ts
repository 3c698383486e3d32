import { expect, test } from "@jest/globals";
import { reportAnswerCodes, reportAnswers } from "../../../services/core/reports/answer.ts";
import { breakwater } from "../../support/cli-in-process.ts";

test("what reporters are told is previewed before anybody is told it, in Vietnamese unless asked otherwise", async () => {
	const { code, out } = await breakwater("reporter", "answers");
	expect(code).toBe(0);
	for (const one of reportAnswerCodes) expect(out).toContain(`${one}\n  ${reportAnswers.vi[one]}`);
	const english = await breakwater("reporter", "answers", "--language", "en", "--json");
	expect(JSON.parse(english.out)).toEqual(reportAnswers.en);
});

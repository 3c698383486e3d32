import { describe, expect, test } from "@jest/globals";
import type { ScoredFile } from "../../../models/evaluate/score-folders.ts";
import { summarize } from "../../../models/evaluate/summarize.ts";
import { writePage } from "../../../models/evaluate/write-page.ts";

const file = (isPositive: boolean, probability: number | null): ScoredFile => ({
	corpus: isPositive ? "wanted" : "harmless <b>",
	isPositive,
	mediaType: "image/png",
	probabilities: [probability],
});
const harmless = [0.1, 0.2, 0.6, null].map((probability) => file(false, probability));
const wanted = [0.4, 0.9].map((probability) => file(true, probability));
const page = (files: readonly ScoredFile[]) =>
	writePage({
		date: "2026-01-01",
		machine: "a machine",
		summaries: [{ ...summarize("model@1", 0, files, 12), loadedMegabytes: 40 }],
	});

describe("the page of an evaluation", () => {
	test("shows errors with intervals, and what had no score, by corpus and kind", () => {
		const html = page(harmless);
		expect(html).toContain("1/3 33.3 % (6.1–79.2)");
		expect(html).toContain("<td>harmless &lt;b></td><td>4</td><td>1</td>");
		expect(html).toContain("<td>image/png</td>");
	});

	test("says that recall and calibration are unknown without pictures to be found", () => {
		expect(page(harmless)).toContain("ROC and calibration are unknown");
	});

	test("plots ROC, precision, recall and reliability where there are pictures of both kinds", () => {
		const html = page([...harmless, ...wanted]);
		expect(html).toContain("ROC, area 0.8333");
		expect(html).toContain("expected calibration error");
		expect(html.match(/<svg /g)).toHaveLength(4);
	});

	test("counts the harmless pictures at or over each hundredth", () => {
		const { overThreshold } = summarize("model@1", 0, [...harmless, ...wanted], 12);
		expect(overThreshold[60]).toEqual({ threshold: 0.6, share: 1 / 3 });
		expect(overThreshold[61]?.share).toBe(0);
	});
});

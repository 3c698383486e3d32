// What leads and operators do with models in the console: read where the shadow disagreed, accept a proposal. In a real Chromium.
import { expect, test } from "@jest/globals";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

test("an operator reads the shadow's tally and disagreements, and accepts a proposal by keyboard; the page says what it does", async () => {
	const { modelSettings, scoreWatch } = console_.system.parts.stores;
	await modelSettings.change({ kind: "shadow", model: "next", share: 0.25 }, "an", "live");
	const version = { model: "live", version: "1.0.0" };
	await scoreWatch.recordComparisons(
		Array.from({ length: 8 }, (_, index) => ({
			...({ kind: index === 0 ? "disagreed" : "agreed", itemId: null, at: new Date() } as const),
			live: { ...version, probability: 0.91 },
			shadow: { model: "next", version: "2.0.0", probability: 0.32 },
		})),
	);
	const { id } = await modelSettings.propose({
		...{ ...version, category: "adult", platform: null, tuning: { calibration: { kind: "none" }, threshold: 0.71 } },
		evidence: {
			...{ confirmed: 120, rejected: 80, wantedPrecision: 0.8, threshold: "proposed" },
			...{ precision: { low: 0.8, high: 0.9 }, recall: { low: 0.7, high: 0.85 } },
		},
	});
	const page = await console_.signedIn(await console_.addPerson("Minh", "operator"), {
		locale: "vi-VN",
		colorScheme: "dark",
		viewport: { width: 390, height: 800 },
	});
	await page.goto(`${console_.url}/#/models`);
	await page.locator(`[data-proposal="${id}"]`).waitFor();
	const text = await page.locator("main").textContent();
	for (const part of [
		"25 %",
		"mọi nền tảng chưa có đường cong riêng",
		"120 vụ việc được xác nhận",
		"0,71",
		"1 (13 %)",
		"live@1.0.0",
		"0,32",
	])
		expect(text).toContain(part);
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthOfContent(page)).toBeLessThanOrEqual(390);
	await keepPicture(page, "models");
	await page.getByRole("button", { name: "Chấp nhận…" }).press("Enter");
	await page.getByText("từ xác suất 0,71 trở lên").waitFor();
	await page.keyboard.press("Enter");
	await page.getByText("Đã chấp nhận: cài đặt bản 2.").waitFor();
	expect((await modelSettings.current()).tunings).toMatchObject({ "live@1.0.0": { adult: { threshold: 0.71 } } });
	await page.context().close();
}, 90_000);

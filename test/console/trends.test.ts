// The history on the console: drawn and in numbers, by keyboard, in Vietnamese and at 360 px, out of the files that takedown wrote.
import { beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { clearVerdict, newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture, patience, widthOfContent } from "./console-fixture.ts";
import { counts, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({ BREAKWATER_HISTORY_EVERY_MS: "200" }, { roles: ["takedown", "review"] });
beforeAll(async () => {
	const { platform, parts } = console_.system;
	const clear = Array.from({ length: 5 }, () => newItem(platform.id, platform.source, { verdict: clearVerdict }));
	await parts.stores.verdicts.record([...clear, newItem(platform.id, platform.source)]);
	const query = "SELECT kind, count(*) AS items FROM verdicts GROUP BY kind";
	await parts.stores.views.save({ name: "by-kind", says: "Items by their kind", query }, "huong");
	await eventually(async () => {
		const { numbered, written } = await parts.stores.history.marks();
		expect(written).toBe(numbered);
		expect(written).toBeGreaterThan(0);
	}, patience);
}, 90_000);

test("what was found is drawn by day, stands below in numbers, and is there for a spreadsheet", async () => {
	const page = await console_.signedIn(await console_.addPerson("Hoa", "lead"));
	await page.goto(`${console_.url}/#/trends`);
	const found = page.locator("section", { has: page.getByRole("heading", { name: "Found" }) });
	await counts(found.locator("canvas"), 1);
	await found.locator("summary").focus();
	await page.keyboard.press("Enter");
	const rows = found.locator("tbody tr", { hasText: /\d{4}-/ });
	await shows(rows.last(), "5");
	const platforms = page.locator("section", { has: page.getByRole("heading", { name: "Platforms" }) });
	await shows(platforms.locator("tbody tr"), /6\s*1\s*1/);
	const week = page.locator("table.week td", { hasText: "1 found of 6 items" });
	await counts(week, 1);
	const ladder = page.locator("section", { has: page.getByRole("heading", { name: "Beside others" }) });
	await counts(ladder.locator("tbody tr", { hasText: "removal order" }), 1);
	const saved = page.locator("section", { has: page.getByRole("heading", { name: "by-kind" }) });
	await shows(saved.locator("tbody tr"), /media\s*6/);
	await keepPicture(page, "trends");
	const [download] = await Promise.all([
		page.waitForEvent("download"),
		found.getByRole("link", { name: "As CSV" }).click(),
	]);
	expect(download.suggestedFilename()).toMatch(/^volumes-from-\d{4}-\d\d-\d\d\.csv$/);
	await page.context().close();
}, 90_000);

test("on a small screen, in Vietnamese and by keyboard: nothing is wider than the screen, and another time is asked for", async () => {
	const page = await console_.signedIn(await console_.addPerson("Minh", "operator"), {
		...{ locale: "vi-VN", viewport: { width: 360, height: 740 }, colorScheme: "dark" },
	});
	await page.goto(`${console_.url}/#/trends`);
	await page.getByRole("heading", { name: "Giờ trong tuần" }).waitFor();
	await counts(page.locator("canvas"), 2);
	const year = page.getByRole("button", { name: "một năm" });
	await year.focus();
	const asked = page.waitForRequest((request) => request.url().includes("days=365"));
	await page.keyboard.press("Enter");
	await asked;
	await counts(page.locator("table.week td", { hasText: "1 phát hiện" }), 1);
	expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "trends-small");
	await page.context().close();
}, 90_000);

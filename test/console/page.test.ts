// The page itself: for everyone, in both languages, on a small screen, and when the line is cut.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { BrowserContextOptions } from "playwright-core";
import type { CaseId } from "../../services/core/ids.ts";
import { accessibilityProblems, keepPicture, password, widthOfContent } from "./console-fixture.ts";
import { counts, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();
let id: CaseId;
let login: string;
beforeAll(async () => {
	id = await console_.addProbablePicture();
	login = await console_.addPerson("Nguyễn Thị Hương", "reviewer", "lead", "operator");
}, 120_000);

const screens = () =>
	[
		["queue", "#/queue", "table.cases"],
		["case", `#/case/${id}`, ".why"],
		["now", "#/now", "main h1, main h2"],
		["banks", "#/banks", "main h1, main h2"],
		["models", "#/models", "main h1, main h2"],
		...(
			["stuck", "stuck/job", "stuck/order", "due", "reports", "outbreaks", "trends", "log", "rules", "policy"] as const
		).map((name) => [name, `#/${name}`, "main h1, main h2"] as const),
	] as const;

const settings: readonly (readonly [string, BrowserContextOptions])[] = [
	["in English, light", { locale: "en-GB", colorScheme: "light" }],
	["in Vietnamese, dark", { locale: "vi-VN", colorScheme: "dark" }],
];

describe.each(settings)("%s", (name, options) => {
	test("axe finds nothing to complain of, from login to the last screen", async () => {
		const outside = await console_.openPage(options);
		await outside.locator("[name=login]").waitFor();
		expect(await accessibilityProblems(outside)).toEqual([]);
		await outside.context().close();

		const page = await console_.signedIn(login, options);
		expect(await page.locator("html").getAttribute("lang")).toBe(options.locale?.slice(0, 2));
		for (const [screen, hash, landmark] of screens()) {
			await page.goto(`${console_.url}/${hash}`);
			await page.locator(landmark).first().waitFor();
			expect({ screen, problems: await accessibilityProblems(page) }).toEqual({ screen, problems: [] });
			await keepPicture(page, `${screen.replace("/", "-")}-${name.replaceAll(/\W+/g, "-")}`);
		}
		await page.context().close();
	}, 90_000);
});

test("at 360 pixels no screen is wider than the window", async () => {
	const page = await console_.signedIn(login, { viewport: { width: 360, height: 740 }, locale: "vi-VN" });
	for (const [screen, hash, landmark] of screens()) {
		await page.goto(`${console_.url}/${hash}`);
		await page.locator(landmark).first().waitFor();
		expect({ screen, width: await widthOfContent(page) }).toEqual({ screen, width: 360 });
		await keepPicture(page, `${screen.replace("/", "-")}-narrow`);
	}
	await page.context().close();
}, 60_000);

test("the language can be changed at once, and stays", async () => {
	const page = await console_.signedIn(login);
	await page.getByRole("button", { name: "VI" }).click();
	await page.locator("html[lang=vi]").waitFor();
	await page.reload();
	await page.locator("html[lang=vi] .top-bar").waitFor();
	await page.context().close();
});

test("an address asked for in the moment in which the page appears is opened", async () => {
	const page = await console_.openPage();
	await page.locator("[name=login]:focus").waitFor();
	await page.evaluate(`new MutationObserver((_, seen) => {
		if (document.querySelector(".top-bar") === null) return;
		seen.disconnect();
		location.hash = "#/case/${id}";
	}).observe(document.body, { childList: true, subtree: true })`);
	await types(page, login);
	await page.keyboard.press("Tab");
	await types(page, password);
	await page.keyboard.press("Enter");
	await page.locator(".why").waitFor();
	await page.context().close();
});

test("a line that is cut is said at once, and again when it is back", async () => {
	const page = await console_.signedIn(login);
	await page.locator(".connection-live").waitFor();
	await page.context().setOffline(true);
	await page.locator(".offline-line").waitFor({ timeout: 30_000 });
	await page.context().setOffline(false);
	await page.locator(".connection-live").waitFor({ timeout: 30_000 });
	await page.context().close();
}, 90_000);

test("an operator is not offered cases, and a reviewer not the machine room", async () => {
	const operator = await console_.signedIn(await console_.addPerson("Op", "operator"));
	expect(await operator.locator("nav a").allTextContents()).not.toContain("Queue");
	await operator.context().close();
	const reviewer = await console_.signedIn(await console_.addPerson("Re", "reviewer"));
	expect(await reviewer.locator("nav a").allTextContents()).not.toContain("Stuck");
	await reviewer.goto(`${console_.url}/#/stuck`);
	await reviewer.locator("main").waitFor();
	await counts(reviewer.locator("main table"), 0);
	await reviewer.context().close();
});

// The bar above every screen, for somebody who may open them all: one line on a desk, no wider than a phone, and every screen by keyboard.
import { beforeAll, expect, test } from "@jest/globals";
import type { BrowserContextOptions, Page } from "playwright-core";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, lists, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
let login: string;
beforeAll(async () => {
	login = await console_.addPerson("Nguyễn Thị Hương", "lead", "operator");
}, 90_000);

const open = (page: Page) => page.locator(".menu[open] a");
const boxOf = async (page: Page, selector: string) => {
	const found = await page.locator(selector).first().boundingBox();
	if (found === null) throw new Error(`${selector} is not on the page`);
	return found;
};

/** A day's work, as the bar says it. */
async function lookedForHours(page: Page): Promise<void> {
	await page.route("**/api/session", async (route) => {
		const response = await route.fetch();
		const session = await response.json();
		await route.fulfill({ response, json: { ...session, exposure: { views: 214, seconds: 5 * 3_600 + 1_500 } } });
	});
	await page.reload();
	await shows(page.locator(".exposure"), "214");
}

test.each<BrowserContextOptions>([
	{ locale: "en-GB" },
	{ locale: "vi-VN" },
	{ locale: "en-GB", viewport: { width: 1280, height: 800 } },
	{ locale: "vi-VN", viewport: { width: 1280, height: 800 } },
])("is one line on a desk, at the end of a day, too (%p)", async (options) => {
	const page = await console_.signedIn(login, options);
	await lookedForHours(page);
	const [bar, first] = [await boxOf(page, ".top-bar"), await boxOf(page, ".top-bar nav a")];
	expect(bar.height).toBeLessThan(1.5 * first.height);
	await page.locator(".nav-group summary").nth(1).click();
	await counts(open(page), 5);
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, `top-bar-${options.locale}`);
	await page.context().close();
});

test("opens, chooses and closes by keyboard; one list is open at a time, and Esc closes that and nothing else", async () => {
	const page = await console_.signedIn(login);
	await page.goto(`${console_.url}/#/trends`);
	const summaries = page.locator(".nav-group summary");
	await summaries.nth(0).focus();
	await page.keyboard.press("Enter");
	await lists(open(page), ["Reports", "Type in"]);
	for (let step = 0; step < 3; step += 1) await page.keyboard.press("Tab");
	await page.keyboard.press("Space");
	await lists(open(page), ["Now", "Outbreaks", "Trends", "Stuck", "Acts"]);
	await page.keyboard.press("Escape");
	await counts(open(page), 0);
	expect(page.url()).toBe(`${console_.url}/#/trends`);
	await page.keyboard.press("Enter");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.waitForURL(`${console_.url}/#/now`);
	await counts(open(page), 0);
	await shows(page.locator(".nav-group [aria-current=page]"), "Now");
	await page.context().close();
});

test.each(["en-GB", "vi-VN"])("fits a phone of 360 px, and so does what opens from it (%s)", async (locale) => {
	const page = await console_.signedIn(login, { locale, viewport: { width: 360, height: 740 } });
	// Two lines, however long the name.
	expect((await boxOf(page, ".top-bar")).height).toBeLessThan(90);
	for (const at of [0, 1, 2]) {
		await page.locator(".nav-group summary").nth(at).click();
		await open(page).first().waitFor();
		const { x, width } = await boxOf(page, ".menu[open] .menu-list");
		expect([x >= 0, x + width <= 360]).toEqual([true, true]);
		expect(await widthOfContent(page)).toBe(360);
	}
	await keepPicture(page, `top-bar-phone-${locale}`);
	await page.context().close();
});

test("an operator, who works on no case, has the two lists of theirs", async () => {
	const page = await console_.signedIn(await console_.addPerson("Lan", "operator"));
	await lists(page.locator(".top-bar nav > * > summary"), ["State", "Grounds"]);
	await counts(page.locator(".top-bar nav > a"), 0);
	await page.context().close();
});

// The portal as people meet it: on a phone, by keyboard, in both languages, with and without scripts, and without a network.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { accessibilityProblems, keepPicture, launchBrowser, widthOfContent } from "./console-fixture.ts";
import { counts, holds, reads } from "./on-screen.ts";

let system: TestSystem;
let browser: Browser;
let portal = "";
beforeAll(async () => {
	system = await startTestSystem({ roles: ["portal"], env: { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" } });
	portal = system.urlOf("portal");
	browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
	await browser.close();
	await system[Symbol.asyncDispose]();
});

const viewport = { width: 360, height: 740 };

let networks = 0;
/** Each page is of somebody in a network of their own. */
async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
	networks += 1;
	const extraHTTPHeaders = { "x-forwarded-for": `100.64.${networks}.7` };
	const context = await browser.newContext({ viewport, extraHTTPHeaders, ...options });
	const page = await context.newPage();
	page.setDefaultTimeout(20_000);
	await page.goto(`${portal}${path}`);
	return page;
}

const words = {
	vi: { path: "", subject: "Có người lớn làm quen", send: "Gửi tin", check: "Xem tin này", stage: "Tiếp nhận" },
	en: { path: "/en", subject: "An adult who tries", send: "Send report", check: "See this report", stage: "Received" },
} as const;

async function fillIn(page: Page, language: keyof typeof words): Promise<void> {
	await page.getByLabel(words[language].subject).check();
	await page.locator("#addresses").fill("https://forum.example/posts/42");
}

describe.each(["vi", "en"] as const)("a report in %s", (language) => {
	const { path, send, check, stage } = words[language];

	test.each([true, false])(
		"goes from the first page to its receipt and its state on a phone (scripts: %s)",
		async (javaScriptEnabled) => {
			const page = await open(path || "/", { javaScriptEnabled });
			const look = async (name: string) => {
				expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
				if (!javaScriptEnabled) return;
				expect(await accessibilityProblems(page)).toEqual([]);
				await keepPicture(page, `portal-${language}-${name}`);
			};
			await look("home");
			await page.locator("main a.button").click();
			await look("form");
			await fillIn(page, language);
			await page.getByRole("button", { name: send }).click();
			const receipt = (await page.locator("output").textContent()) ?? "";
			expect(receipt).toMatch(/^(\d{4} ){3}\d{4}$/);
			await look("receipt");
			await page.getByRole("button", { name: check }).click();
			await reads(page.locator("[aria-current=step]"), stage);
			expect(page.url()).not.toMatch(/\d{4}.*\d{4}/);
			await look("state");
			await page.goto(`${portal}${path}/receipt`);
			await page.locator("#receipt").fill(receipt);
			await page.keyboard.press("Enter");
			await page.locator("#message").fill("…");
			await page.keyboard.press("Tab");
			await page.keyboard.press("Enter");
			await page.locator(".messages li").waitFor();
			expect(await page.context().cookies()).toEqual([]);
			await page.context().close();
		},
		60_000,
	);

	test("of a child in danger shows whom to call as soon as that is said, before anything is sent", async () => {
		const page = await open(`${path}/report`, { javaScriptEnabled: false });
		const call = page.locator(".when-yes a[href='tel:111']");
		await call.waitFor({ state: "hidden" });
		await page.locator("[name=danger][value=yes]").check();
		await call.waitFor();
		await page.context().close();
	});
});

test("with something missing, says what, where the eyes and the screen reader are, and keeps what was typed", async () => {
	const page = await open("/report");
	await page.getByLabel(words.vi.subject).check();
	await page.locator("#text").fill("một câu");
	await page.getByRole("button", { name: words.vi.send }).click();
	await page.locator(".faults").waitFor();
	expect(await page.evaluate("document.activeElement.className")).toBe("faults");
	await holds(page.locator("#text"), "một câu");
	expect(await page.locator("#addresses").getAttribute("aria-invalid")).toBe("true");
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "portal-vi-missing");
	await page.context().close();
});

test("a browser shows its work, so that many from one school can report in the same minute", async () => {
	const page = await open("/report");
	for (let report = 0; report < 12; report += 1) {
		await page.goto(`${portal}/report`);
		await fillIn(page, "vi");
		await page.getByRole("button", { name: words.vi.send }).click();
		await page.locator("output").waitFor();
	}
	await page.context().close();
}, 90_000);

test("the pages for children, parents and teachers are read without a network once one of them was opened", async () => {
	const page = await open("/help/children");
	await page.evaluate("navigator.serviceWorker.ready");
	await page.context().setOffline(true);
	for (const path of ["/help/children", "/help/parents", "/en/help/teachers", "/help"]) {
		await page.goto(`${portal}${path}`);
		await counts(page.locator("h1"), 1);
		await page.locator("a[href='tel:111']").first().waitFor();
	}
	await page.context().setOffline(false);
	await keepPicture(page, "portal-help");
	await page.context().close();
});

test.each(["light", "dark"] as const)("help pages are easy on the eyes and printable (%s)", async (colorScheme) => {
	for (const path of ["/help/children", "/en/help/parents", "/help/teachers"]) {
		const page = await open(path, { colorScheme });
		expect(await accessibilityProblems(page)).toEqual([]);
		expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
		await keepPicture(page, `portal${path.replaceAll("/", "-")}-${colorScheme}`);
		await page.context().close();
	}
});

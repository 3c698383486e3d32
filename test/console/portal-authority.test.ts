// The portal as an authority meets it: at 360 px, by keyboard, in both languages, with and without scripts.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { named } from "../../services/core/acts/doer.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { appOf } from "../support/authority-visitor.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { accessibilityProblems, keepPicture, launchBrowser, widthOfContent } from "./console-fixture.ts";
import { shows } from "./on-screen.ts";

const by = named("test");
const first = "first-password-of-theirs";
const chosen = "seven quiet lamps in a row";
const viewport = { width: 360, height: 740 };
let system: TestSystem;
let browser: Browser;
let portal = "";
let passedMs = 0;
const now = () => Date.now() + passedMs;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["portal"], parts: { clock: { now } } });
	portal = system.urlOf("portal");
	const { authorities, authorityAccounts } = system.parts.stores;
	const law = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	const ministry = await authorities.add(law, hashOfKey(newKey("authority", "ministry")), by);
	for (const login of ["vi", "vi-plain", "en", "en-plain"]) {
		const passwordHash = await hashPassword(first);
		await authorityAccounts.add({ authority: ministry.id, login, passwordHash }, by);
	}
	browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
	await browser.close();
	await system[Symbol.asyncDispose]();
});

const words = {
	vi: { path: "/", enter: "Dành cho cơ quan chức năng", kept: "Tôi đã chép lại", ask: "Yêu cầu mới", out: "Đăng xuất" },
	en: { path: "/en", enter: "For authorities", kept: "I have kept them", ask: "New request", out: "Log out" },
} as const;

async function submit(page: Page): Promise<void> {
	await page.locator("main form button[type=submit]").click();
}

test.each([
	["vi", true],
	["vi", false],
	["en", true],
	["en", false],
] as const)(
	"an account is secured, a request asked and followed on a phone (%s, scripts: %s)",
	async (language, javaScriptEnabled) => {
		const { path, enter, kept, ask, out } = words[language];
		const context = await browser.newContext({ viewport, javaScriptEnabled });
		const page = await context.newPage();
		page.setDefaultTimeout(20_000);
		const look = async (name: string) => {
			expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
			if (!javaScriptEnabled) return;
			expect(await accessibilityProblems(page)).toEqual([]);
			await keepPicture(page, `portal-authority-${language}-${name}`);
		};
		await page.goto(`${portal}${path}`);
		await page.getByRole("link", { name: enter }).click();
		await page.locator("#login").fill(javaScriptEnabled ? language : `${language}-plain`);
		await look("log-in");
		await page.locator("#password").fill("wrong");
		await submit(page);
		await page.locator(".faults").waitFor();
		await look("refused");
		await page.locator("#password").fill(first);
		await page.keyboard.press("Enter");
		await page.locator(".qr").waitFor();
		await look("set-up");
		const code = appOf(await page.content());
		await page.locator("#password").fill(first);
		await page.locator("#newPassword").fill(chosen);
		await page.locator("#code").fill(code(now()));
		await submit(page);
		await page.locator(".recovery li").nth(7).waitFor();
		await look("recovery");
		await page.getByRole("link", { name: kept }).click();
		await page.getByRole("link", { name: ask }).click();
		await page.locator("#reference").fill(`CV-2026/${language}-${javaScriptEnabled}`);
		await page.locator("[name=asks][value=removal]").check();
		await page.locator("#legalBasis").fill("Luật An ninh mạng 116/2025/QH15");
		await page
			.locator("#addresses")
			.fill("https://elsewhere.example/a-rather-long-address-that-has-to-wrap/on-a-phone");
		await page.locator("#urgentReason").fill("một lý do");
		const file = { name: "signed.pdf", mimeType: "application/pdf", buffer: Buffer.from("signed") };
		await page.locator("#document").setInputFiles(file);
		await look("ask");
		await submit(page);
		await page.getByText("VN-CSL25").waitFor();
		await look("request");
		await shows(page.locator("dl"), "116/2025/QH15");
		const [cookie] = await context.cookies();
		expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
		await page.locator("header nav a").first().click();
		await page.locator(".requests li").first().waitFor();
		await look("list");
		await page.getByRole("button", { name: out }).click();
		await page.locator("#login").waitFor();
		expect(await context.cookies()).toEqual([]);
		// The code of the next half minute opens it again.
		passedMs += 30_000;
		await page.locator("#login").fill(javaScriptEnabled ? language : `${language}-plain`);
		await page.locator("#password").fill(chosen);
		await page.locator("#code").fill(code(now()));
		await submit(page);
		await page.locator(".requests li").first().waitFor();
		await context.close();
	},
	60_000,
);

// An appeal before a reviewer: named in the queue and on the case, decided by keyboard by somebody else, who sees the case as it was before.
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { CaseId } from "../../services/core/ids.ts";
import { eventually } from "../support/eventually.ts";
import { visitPortal } from "../support/portal-visitor.ts";
import { accessibilityProblems, keepPicture, patience, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole(
	{ BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" },
	{ roles: ["intake", "detector", "takedown", "review", "portal"] },
);
let portal = "";
beforeAll(async () => {
	portal = console_.system.urlOf("portal");
}, 90_000);

async function claim(page: Page, id: CaseId): Promise<void> {
	await page.goto(`${console_.url}/#/case/${id}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
}

/** Removed, and the code of the statement that the platform has for its user. */
async function removedBy(page: Page, id: CaseId): Promise<string> {
	await claim(page, id);
	await page.keyboard.press("r");
	await page.locator("form.strip").waitFor();
	await types(page, "told to nobody who decides later");
	await page.keyboard.press("Enter");
	await page.locator(".settled").waitFor();
	const code = () =>
		[...console_.system.sample.orders.values()].findLast(({ order }) => order.action === "remove")?.order.statement
			?.appealCode;
	await eventually(() => expect(code()).toMatch(/^\d{16}$/), patience);
	return code() ?? "";
}

async function decideAgain(page: Page, reason: string): Promise<void> {
	await page.keyboard.press("s");
	await shows(page.locator("form.strip"), "Người khiếu nại được báo kết quả");
	await keepPicture(page, "appeal-decide");
	await types(page, reason);
	await page.keyboard.press("Enter");
	await page.locator(".settled").waitFor();
}

test("an appeal is named in the queue and on the case, and decided by somebody else who learns nothing of what was decided", async () => {
	const id = await console_.addKnownPost();
	const first = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	const code = await removedBy(first, id);
	const user = visitPortal(portal);
	const sent = await user.post("/appeal/send", { receipt: code, message: "Đây là một câu trong sách." });
	expect(sent.page).toContain("Chúng tôi đã nhận khiếu nại của bạn.");

	const page = await console_.signedIn(await console_.addPerson("Minh", "reviewer"), { locale: "vi-VN" });
	await page.goto(`${console_.url}/#/queue`);
	await shows(page.locator("table.cases tbody tr").first(), "có khiếu nại");
	await keepPicture(page, "appeal-queue");
	await claim(page, id);
	const section = page.locator("section[aria-labelledby=appeals-title]");
	await shows(section, "Đây là một câu trong sách.");
	await shows(section, "Người dùng bị ảnh hưởng");
	await shows(section, "sẽ hiện sau khi bạn quyết định");
	await counts(page.getByText("told to nobody who decides later"), 0);
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "appeal-case");

	// Whoever decided before is told that somebody else must.
	await first.goto(`${console_.url}/#/case/${id}`);
	await first.reload();
	await shows(first.locator(".claim-notice"), "You took part in the decision that is appealed");

	await decideAgain(page, "trích từ sách");
	// Restoring what a trusted bank withheld takes two, after an appeal as before.
	await shows(section, "những người chưa từng quyết định");
	const third = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"), { locale: "vi-VN" });
	await claim(third, id);
	const ofThird = third.locator("section[aria-labelledby=appeals-title]");
	await shows(ofThird, "sẽ hiện sau khi bạn quyết định");
	await decideAgain(third, "đúng là trích từ sách");
	await shows(ofThird, "hủy quyết định");
	await eventually(async () => {
		const [last] = [...console_.system.sample.orders.values()].reverse();
		expect(last?.order.action).toBe("restore");
	}, patience);
	expect((await user.post("/appeal", { receipt: code })).page).toContain("được hiển thị lại");
});

test("the page to appeal on fits a phone, says what is wrong with a code, and axe finds nothing", async () => {
	const page = await console_.openPage({ viewport: { width: 360, height: 740 }, locale: "vi-VN" });
	for (const path of ["/appeal", "/en/appeal"]) {
		await page.goto(`${portal}${path}`);
		await page.locator("#receipt").fill("1234 5678 9012 3456");
		await page.keyboard.press("Enter");
		await page.locator(".faults").waitFor();
		expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
		expect(await accessibilityProblems(page)).toEqual([]);
	}
	await keepPicture(page, "appeal-portal");
});

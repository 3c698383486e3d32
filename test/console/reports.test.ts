// The whole way of a report: told on the portal, read and answered on the console, and the answer read with the receipt.
import { beforeAll, expect, test } from "@jest/globals";
import { formatReceipt } from "../../services/core/reports/receipt.ts";
import { readShippedTemplates } from "../../services/runtime/read-templates.ts";
import { receiptOn, visitPortal } from "../support/portal-visitor.ts";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, reads, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const words = readShippedTemplates();

const console_ = useConsole({ BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" }, { roles: ["review", "portal"] });
let portal = "";
beforeAll(async () => {
	portal = console_.system.urlOf("portal");
}, 90_000);

const report = async (fields: Readonly<Record<string, string>>, path?: string) =>
	receiptOn(await visitPortal(portal).report(fields, path));

test("a report is read, answered, and its answer read with the receipt; what the reporter adds brings it back", async () => {
	await report({ addresses: "https://forum.example/posts/1" });
	await report({ addresses: "http://www.forum.example/posts/1?utm_source=x" });
	const receipt = await report({
		...{ addresses: "forum.example/posts/1\nforum.example/posts/2", danger: "yes" },
		...{ text: "Dòng một\nDòng hai", contact: "0900 000 000" },
	});
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale: "vi-VN" });
	await page.goto(`${console_.url}/#/reports`);
	const rows = page.locator("tbody tr");
	await rows.nth(2).waitFor();
	// A child in danger comes first, however late it was told.
	await shows(rows.nth(0), "Có trẻ đang gặp nguy hiểm");
	await shows(rows.nth(0), "2 tin khác, từ 2 người");
	await shows(rows.nth(0), "chưa ai xem");
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "reports");
	await rows.nth(0).getByRole("link").click();
	await page.getByText("Dòng hai").waitFor();
	await counts(page.getByText("0900 000 000"), 1);
	await counts(page.locator("main a[href*='forum.example']"), 0);
	await page.locator("textarea").fill("Cảm ơn bạn. Chúng tôi đã chuyển tin này.");
	await keepPicture(page, "report");
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.getByRole("button", { name: "Gửi làm câu trả lời" }).click();
	await page.getByText("Đã trả lời: người báo").waitFor();

	const reporter = await console_.openPage({
		viewport: { width: 360, height: 740 },
		extraHTTPHeaders: { "x-forwarded-for": "100.64.99.7" },
	});
	await reporter.goto(`${portal}/receipt`);
	await reporter.locator("#receipt").fill(formatReceipt(receipt));
	await reporter.keyboard.press("Enter");
	await reporter.getByText("Chúng tôi đã chuyển tin này.").waitFor();
	await reads(reporter.locator("[aria-current=step]"), "Đã trả lời");
	// Who answered is nobody's business.
	expect(await reporter.locator("main").textContent()).not.toContain("Lan");
	await keepPicture(reporter, "portal-answered");

	await page.goto(`${console_.url}/#/reports`);
	await page.getByRole("button", { name: "Đang chờ" }).waitFor();
	await counts(rows, 2);
	await reporter.locator("#message").fill("Tôi thấy lại.");
	await reporter.getByRole("button", { name: "Gửi tin nhắn" }).click();
	await reporter.getByText("Tôi thấy lại.").waitFor();
	await page.reload();
	await rows.nth(2).waitFor();
	await shows(rows.nth(0), "đã trả lời; có thêm điều mới");
	const acts = await console_.system.parts.stores.acts.list({ on: { kind: "report" }, limit: 10 });
	expect(acts.map(({ what }) => what).toSorted()).toEqual(["report-answered", "report-read", "report-read"]);
	await page.context().close();
	await reporter.context().close();
}, 90_000);

test("a report that was taken back takes no message, and operators see none of them", async () => {
	const receipt = await report({ addresses: "https://forum.example/posts/9" });
	await visitPortal(portal).post("/receipt/withdraw", { receipt });
	const lead = await console_.signedIn(await console_.addPerson("Minh", "lead"), {
		viewport: { width: 360, height: 740 },
	});
	await lead.goto(`${console_.url}/#/reports`);
	await lead.getByRole("button", { name: "Taken back" }).click();
	await lead.locator("tbody tr a").first().click();
	await lead.getByText("took this report back").waitFor();
	await counts(lead.locator("textarea"), 0);
	expect(await widthOfContent(lead)).toBeLessThanOrEqual(360);
	await keepPicture(lead, "report-phone");
	const operator = await console_.signedIn(await console_.addPerson("An", "operator"));
	await counts(operator.getByRole("link", { name: "Reports" }), 0);
	await operator.goto(`${console_.url}/#/reports`);
	await operator.getByText("Your role").waitFor();
	await lead.context().close();
	await operator.context().close();
}, 90_000);

test("what several reported is one case: two people decide it without seeing who reported, and each reporter reads the answer", async () => {
	const place = "https://elsewhere.example/a-page";
	const receipts = [
		await report({ addresses: place, danger: "yes", contact: "0900 111 222", text: "marked-text" }),
		await report({ addresses: `${place}?utm_source=x` }, "/en/report"),
	];
	while ((await console_.system.parts.stores.reportGathering.gather(100)).reports > 0);
	for (const [name, reason] of [
		["Hoa", "Taken up with its host."],
		["Nam", "The same."],
	] as const) {
		const page = await console_.signedIn(await console_.addPerson(name, "reviewer"));
		await page.goto(`${console_.url}/#/queue`);
		const row = page.locator("table.cases tbody tr").filter({ hasText: "2 reports" }).first();
		await row.waitFor();
		await shows(row, "no platform of ours");
		if (name === "Hoa") await keepPicture(page, "queue-reported");
		await row.getByRole("link").click();
		await page.locator(".claim-notice button:enabled").click();
		await page.locator(".claim-line").waitFor();
		const main = page.locator("main");
		await shows(main, "2 reports of 2 reporters");
		await shows(main, "One says that a child is in danger now.");
		await shows(main, "deciding sends nothing anywhere");
		await shows(main, place);
		const seen = (await main.textContent()) ?? "";
		for (const hidden of ["0900 111 222", "marked-text"]) expect(seen).not.toContain(hidden);
		await counts(main.locator("a[href*='elsewhere.example']"), 0);
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.keyboard.press("r");
		await page.locator("form.strip").waitFor();
		await reads(
			page.locator("#strip-title"),
			name === "Hoa" ? "First to agree with the reporters" : "Agree with the reporters",
		);
		if (name === "Nam") await shows(page.locator("form.strip"), words["reporter/agreed"].en);
		await keepPicture(page, `case-reported-${name.toLowerCase()}`);
		await types(page, reason);
		await page.keyboard.press("Enter");
		await page.locator(".settled").waitFor();
		await page.context().close();
	}
	const visitor = visitPortal(portal);
	const answers = [
		[receipts[0], "/receipt", words["reporter/agreed"].vi],
		[receipts[1], "/en/receipt", words["reporter/agreed"].en],
	] as const;
	for (const [receipt, path, answer] of answers) {
		const { page } = await visitor.post(path, { receipt: receipt ?? "" });
		expect(page).toContain(answer);
	}
}, 120_000);

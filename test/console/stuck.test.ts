// What operators do in the console with what is stuck: look at it by reason and time, send it again or give it up. In a real Chromium.
import { expect, test } from "@jest/globals";
import type { DeadLetterReason } from "../../services/core/ports/dead-letter-store.ts";
import { topics } from "../../services/core/wire/topics.ts";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

const content = "the words of a post";
const park = (reason: DeadLetterReason, offset: string) =>
	console_.system.parts.stores.deadLetters.park([
		{
			...{
				reason,
				faults: [{ code: "field-refused", field: "data.surface", rule: "invalid_value" }],
				topic: topics.posts,
				partition: 0,
				offset,
				key: "k",
			},
			...{ value: Buffer.from(content), headers: {}, attempts: 1 },
		},
	]);

test("dead letters are found by reason and time, and all that the filter finds is discarded with a reason, by keyboard", async () => {
	for (const offset of ["1", "2"]) await park("malformed-json", offset);
	await park("unknown-platform", "3");
	const page = await console_.signedIn(await console_.addPerson("Minh", "operator"), {
		locale: "vi-VN",
		viewport: { width: 390, height: 800 },
	});
	await page.goto(`${console_.url}/#/stuck`);
	await page.locator("main tbody tr").nth(2).waitFor();
	await page.getByText("data.surface: giá trị không hợp lệ").first().waitFor();
	expect(await page.content()).not.toContain(content);
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthOfContent(page)).toBeLessThanOrEqual(390);
	await keepPicture(page, "stuck-letters");

	await page.getByLabel("Lý do").selectOption("malformed-json");
	await page.getByLabel("Thời gian").selectOption("hour");
	await page.locator("main tbody tr").nth(2).waitFor({ state: "detached" });
	await page.getByRole("button", { name: "Loại bỏ: tất cả" }).press("Enter");
	await page.locator("form.inline-confirm input:focus").waitFor();
	await shows(page.locator("form.inline-confirm"), "Không thể hoàn tác tại đây.");
	await types(page, "a test of theirs");
	await page.keyboard.press("Enter");
	await page.getByText("Đã loại bỏ: 2.").waitFor();
	await page.getByText("Các thao tác gần đây").click();
	await page.getByText("a test of theirs").first().waitFor();
	await keepPicture(page, "stuck-acts");
	const { deadLetters } = console_.system.parts.stores;
	expect(await deadLetters.counts()).toEqual([{ reason: "unknown-platform", count: 1 }]);
	await page.getByLabel("Thời gian").selectOption("beforeHour");
	await page.getByText("Không có gì với lý do và thời gian này.").waitFor();
	await page.context().close();
}, 90_000);

test("an order that no platform took is listed with the answer, selected, and sent again; jobs have a list of their own", async () => {
	const { orders } = console_.system.parts.stores;
	const id = await console_.addKnownPost();
	const order = (await console_.system.parts.stores.cases.find(id))?.items[0]?.orders[0];
	if (order === undefined) throw new Error("a withheld post has an order");
	await orders.settleAttempt(order.id, { kind: "undelivered", reason: "timeout", at: new Date() });
	const page = await console_.signedIn(await console_.addPerson("Minh", "operator"), { colorScheme: "dark" });
	await page.goto(`${console_.url}/#/now`);
	const line = page.getByText(": 1 given up · no answer in time");
	await line.waitFor();
	await keepPicture(page, "platform-behind-now");
	const desk = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"), {
		viewport: { width: 390, height: 800 },
	});
	for (const screen of ["", `#/case/${id}`]) {
		await desk.goto(`${console_.url}/${screen}`);
		await desk.getByText(": 1 given up · no answer in time").waitFor();
		expect(await accessibilityProblems(desk)).toEqual([]);
		expect(await widthOfContent(desk)).toBeLessThanOrEqual(390);
		await keepPicture(desk, screen === "" ? "platform-behind-queue" : "platform-behind-case");
	}
	await desk.context().close();
	await page.getByRole("link", { name: "1 sent and not acknowledged" }).press("Enter");
	await page.locator("td", { hasText: "no answer in time" }).waitFor();
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "stuck-orders");
	const phone = await console_.signedIn(await console_.addPerson("Lan", "operator"), {
		locale: "vi-VN",
		viewport: { width: 360, height: 740 },
	});
	await phone.goto(`${console_.url}/#/stuck/order`);
	await phone.locator('td[data-label="Lý do"]').waitFor();
	// Row by row, each cell with its name; nothing is to be found by scrolling sideways.
	const beyond = "[...document.querySelectorAll('.table-frame')].map((one) => one.scrollWidth - one.clientWidth)";
	expect(await phone.evaluate(beyond)).toEqual([0]);
	const named = "getComputedStyle(document.querySelector('td[data-label=\"Lý do\"]'), '::before').content";
	expect(await phone.evaluate(named)).toContain("Lý do");
	await phone.getByText("Chọn tất cả các dòng").waitFor();
	expect(await accessibilityProblems(phone)).toEqual([]);
	await keepPicture(phone, "stuck-orders-phone");
	await phone.context().close();
	await page.getByLabel("Select all shown").check();
	await page.getByRole("button", { name: "Send again…" }).press("Enter");
	await types(page, "they are back");
	await page.keyboard.press("Enter");
	await page.getByText("On its way again: 1.").waitFor();
	await eventually(async () => expect(await orders.listOutstanding({ limit: 10 })).toEqual([]), { withinMs: 30_000 });
	await page.reload();
	await page.getByText("No order that was sent waits for its platform's answer.").waitFor();
	await page.getByRole("button", { name: "Jobs" }).press("Enter");
	await page.getByText("What was decided and is not carried out yet").waitFor();
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.context().close();
}, 90_000);

test("of more than are listed it says so, and shows more", async () => {
	for (let offset = 0; offset < 101; offset += 1) await park("record-rejected", String(1_000 + offset));
	const page = await console_.signedIn(await console_.addPerson("Hoa", "operator"));
	await page.goto(`${console_.url}/#/stuck`);
	await page.getByLabel("Reason").selectOption("record-rejected");
	await page.getByText("The first 100; there may be more.").waitFor();
	await page.getByRole("button", { name: "Show more" }).press("Enter");
	await page.locator("main tbody tr").nth(100).waitFor();
	await page.getByText("The first 100; there may be more.").waitFor({ state: "detached" });
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.context().close();
}, 90_000);

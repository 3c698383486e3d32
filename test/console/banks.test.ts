// What leads and operators do with banks in the console: an import is looked at before it is accepted, and what suddenly matches much
// is judged. In a real Chromium on the whole system.
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { NewEntry } from "../../services/core/ports/bank-store.ts";
import { digest } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, keepPicture, patience, widthOfContent } from "./console-fixture.ts";
import { counts, isOff, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();
let operator: string;
let lead: string;
beforeAll(async () => {
	operator = await console_.addPerson("Minh", "operator");
	lead = await console_.addPerson("Hoa", "lead");
}, 90_000);

const said = (text: string): NewEntry => ({
	hashType: "sha256",
	hash: digest(text),
	quality: null,
	opinion: { source: "list", kind: "positive" },
	externalId: null,
	note: null,
});

/** An import of thirty entries into a bank of two, ten times what it allows. */
async function importBy(login: string, name: string) {
	const { banks, bankDrafts } = console_.system.parts.stores;
	const bankId = await console_.system.createBank({ name, allowedChange: { share: 0.1, addedEntries: 3 } });
	await banks.addEntries(bankId, [said(`${name} a`), said(`${name} b`)], "test");
	const id = await bankDrafts.open({ bankId, by: login, origin: "list.csv", source: "list", isReplacing: false });
	await bankDrafts.stage(
		id,
		Array.from({ length: 30 }, (_, index) => said(`${name} ${index}`)),
	);
	const first = [{ line: 7, why: { code: "all-zero" } }] as const;
	await bankDrafts.close(id, { count: 1, byCode: { "all-zero": 1 }, first });
	return { id, bankId };
}

async function openBanks(login: string, options = {}): Promise<Page> {
	const page = await console_.signedIn(login, options);
	await page.goto(`${console_.url}/#/banks`);
	await page.locator("main.banks").waitFor();
	return page;
}
const sizeOf = async (name: string) =>
	(await console_.system.parts.stores.banks.list()).find((bank) => bank.name === name)?.entryCount;

test("an import shows its delta before it is accepted; whoever made it may not accept what exceeds the allowance, another may", async () => {
	const { id } = await importBy(operator, "guarded");
	const own = await openBanks(operator);
	const card = own.locator(`[data-draft="${id}"]`);
	await shows(card, /added30.*refused1.*line 7: all-zero hash.*it adds 30 entries, and 3 are allowed/s);
	await isOff(card.getByRole("button", { name: "Accept all of it…" }));
	await keepPicture(own, "banks-operator");
	expect(await accessibilityProblems(own)).toEqual([]);
	expect(await sizeOf("guarded")).toBe(2);

	const other = await openBanks(lead, { locale: "vi-VN", colorScheme: "dark" });
	await keepPicture(other, "banks-lead-vietnamese");
	expect(await accessibilityProblems(other)).toEqual([]);
	await other.locator(`[data-draft="${id}"]`).getByRole("button", { name: "Chấp nhận toàn bộ…" }).click();
	await other.getByText("30 mục được thêm vào kho, 0 mục thay đổi và 0 mục rời kho").waitFor();
	await other.keyboard.press("Enter");
	await other.getByText("Cần nêu lý do.").waitFor();
	expect(await sizeOf("guarded")).toBe(2);
	await types(other, "đã xem từng mục");
	await other.keyboard.press("Enter");
	await other.getByText("Đã chấp nhận; đang thực hiện.").waitFor();
	await eventually(async () => (await sizeOf("guarded")) === 32, patience);
	const accepted = await console_.system.parts.stores.bankDrafts.find(id);
	expect(accepted).toMatchObject({ decidedBy: lead, why: "đã xem từng mục" });
	await own.context().close();
	await other.context().close();
}, 90_000);

test("a file chosen in the browser becomes a draft with its delta and refused lines, which is carried out or waits for another", async () => {
	const { banks } = console_.system.parts.stores;
	const name = "known-of-an-organization-whose-name-is-as-long-as-names-may-be";
	const bankId = await console_.system.createBank({ name, allowedChange: { share: 0.1, addedEntries: 3 } });
	await banks.addEntries(bankId, [said("a")], "test");
	const line = (text: string) => `sha256,${Buffer.from(digest(text)).toString("hex")}`;
	const file = (...lines: readonly string[]) => ({
		name: "tháng 11.csv",
		mimeType: "text/csv",
		buffer: Buffer.from(["type,hash", ...lines].join("\n")),
	});
	const page = await openBanks(operator, { locale: "vi-VN", viewport: { width: 390, height: 800 } });
	const upload = async (chosen: ReturnType<typeof file>) => {
		await page.getByRole("button", { name: "Nhập một tệp…" }).press("Enter");
		await page.getByLabel("Vào kho").selectOption(name);
		await page.getByLabel("Tệp", { exact: true }).setInputFiles(chosen);
		await page.getByLabel("Nguồn của các dòng").fill("list");
		await page.keyboard.press("Enter");
	};
	await page.getByRole("button", { name: "Nhập một tệp…" }).press("Enter");
	await page.getByRole("button", { name: "Xác nhận" }).click();
	await page.getByText("Hãy chọn một tệp.").waitFor();
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "banks-upload");
	await page.keyboard.press("Escape");

	await upload(file(line("a"), line("b"), "pdq,abcd"));
	await page.getByText("Bản nháp ở bên dưới").waitFor();
	const card = page.locator("article", { hasText: "tháng 11.csv" });
	await shows(card, /thêm mới1.*đã có sẵn1.*bị từ chối1.*dòng 4: mã băm pdq phải có 64 chữ số hex/s);
	await card.getByRole("button", { name: "Chấp nhận toàn bộ…" }).click();
	await types(page, "danh sách tháng");
	await page.keyboard.press("Enter");
	await eventually(async () => (await sizeOf(name)) === 2, patience);

	await upload(file(...Array.from({ length: 9 }, (_, index) => line(`more ${index}`))));
	await page.getByText("thêm 9 mục, tính cả 24 giờ qua là 10, chỉ được phép 3").waitFor();
	await isOff(page.getByRole("button", { name: "Chấp nhận toàn bộ…" }).last());
	expect(await widthOfContent(page)).toBeLessThanOrEqual(390);
	await keepPicture(page, "banks-uploaded");

	await page.getByRole("button", { name: "Nhập một tệp…" }).press("Enter");
	await page.getByLabel("Tệp", { exact: true }).setInputFiles({ ...file(), buffer: Buffer.from("no,such\n1,2") });
	await page.getByRole("button", { name: "Xác nhận" }).click();
	await page.getByText("Không đọc được hết tệp.").waitFor();
	await page.context().close();
}, 90_000);

test("a bank's page shows its owner, its end, its trial and its history, and puts it back to an earlier step", async () => {
	const { banks } = console_.system.parts.stores;
	const bankId = await console_.system.createBank({
		...{ name: "harmless", kind: "exempt", owner: "Ngọc", expiresAt: "2020-01-02T00:00:00.000Z", shadow: true },
	});
	await banks.addEntries(bankId, [said("harmless a")], "test");
	const [before] = await banks.history("harmless", { before: null, limit: 1 });
	await banks.addEntries(bankId, [said("harmless b")], "test");

	const page = await openBanks(lead, { locale: "vi-VN" });
	await page.getByRole("link", { name: "harmless" }).click();
	await page.getByRole("heading", { name: "Kho harmless" }).waitFor();
	await page.locator("main table").waitFor();
	const text = await page.locator("main").textContent();
	for (const part of [
		"Ngọc",
		"02/01/2020",
		"đã hết hạn",
		"Chạy thử từ",
		"mục sha256, list: khẳng định",
		"như hiện nay",
	])
		expect(text).toContain(part);
	await keepPicture(page, "bank");
	expect(await accessibilityProblems(page)).toEqual([]);

	await page.getByRole("button", { name: `Đưa về đây… ${before?.revision}` }).press("Enter");
	await page.getByRole("heading", { name: `Đưa kho về như ở bước ${before?.revision}` }).waitFor();
	await keepPicture(page, "bank-revert");
	await page.keyboard.press("Enter");
	await page.getByText("Đã đưa về: 0 mục trở lại, 0 mục thay đổi, 1 mục bị gỡ.").waitFor();
	expect(await sizeOf("harmless")).toBe(1);
	// One row for all that it wrote; the entries only once they are asked for.
	const step = page.locator("tr", { hasText: `đưa về bước ${before?.revision}` });
	await counts(page.getByText("gỡ một mục"), 0);
	await step.getByText("Các mục").click();
	await step.getByText("gỡ một mục").waitFor();
	await keepPicture(page, "bank-history");
	expect(await accessibilityProblems(page)).toEqual([]);

	await page.getByRole("button", { name: "Tắt…" }).press("Enter");
	await page.keyboard.press("Enter");
	await page.getByText("Đã tắt.").waitFor();
	expect((await banks.findByName("harmless"))?.enabled).toBe(false);
	await page.keyboard.press("Escape");
	await page.getByRole("heading", { name: "Tất cả các kho" }).waitFor();
	await page.context().close();
}, 90_000);

test("a bank is made and set in the browser, on a small screen and by keyboard; what is unsound is said by its field", async () => {
	const { banks } = console_.system.parts.stores;
	const page = await openBanks(operator, { locale: "vi-VN", viewport: { width: 360, height: 740 } });
	const submit = () => page.getByRole("button", { name: "Xác nhận" }).press("Enter");
	await page.getByRole("button", { name: "Kho mới…" }).press("Enter");
	await types(page, "made-here");
	await submit();
	await page.getByText("Hãy xem lại: Nhóm vi phạm.").waitFor();
	expect(await accessibilityProblems(page)).toEqual([]);
	expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
	await keepPicture(page, "bank-new");
	await page.getByRole("textbox", { name: "Nhóm vi phạm" }).fill("adlut");
	await submit();
	await page.getByText("Cụ thể: không có nhóm vi phạm adlut (có phải là adult?).").waitFor();
	expect(await banks.findByName("made-here")).toBeNull();
	await page.getByRole("textbox", { name: "Nhóm vi phạm" }).fill("adult");
	await submit();
	await page.getByText("Đã tạo kho made-here.").waitFor();
	expect(await banks.findByName("made-here")).toMatchObject({ category: "adult", trusted: false, sources: [] });

	const bank = await banks.findByName("made-here");
	if (bank === null) throw new Error("it was made");
	await banks.update(bank.id, { sources: ["list-a", "list-c"] }, "test");
	await page.getByRole("link", { name: "made-here" }).press("Enter");
	await page.getByRole("button", { name: "Đổi cài đặt…" }).press("Enter");
	await submit();
	await page.getByText("Hãy xem lại: chưa có gì thay đổi.").waitFor();
	await page.getByLabel("Nguồn được công nhận, mỗi dòng một nguồn").fill("list-a\nlist-b");
	await page.getByText("Chờ người thứ hai: lời của list-b tự nó được tính.").waitFor();
	await page.getByLabel("Nguồn được công nhận, mỗi dòng một nguồn").fill("list-a");
	await page.getByLabel("Gần đến mức này là chắc chắn, bit").fill("31");
	await page.getByLabel("Gần đến mức này là có thể, bit").fill("30");
	await submit();
	await page.getByText("Hãy xem lại: bán kính chắc chắn lớn hơn bán kính có thể.").waitFor();
	await page.getByLabel("Gần đến mức này là chắc chắn, bit").fill("12");
	await page.getByLabel(/^Chạy thử/).press("Space");
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "bank-change");
	await submit();
	await page.getByText("Đã đổi.", { exact: true }).waitFor();
	await page.getByText("chạy thử, bán kính 12/30").waitFor();
	expect(await banks.findByName("made-here")).toMatchObject({
		...{ sources: ["list-a"], tightRadiusBits: 12, wideRadiusBits: 30, shadow: true, category: "adult" },
	});
	await page.context().close();
}, 90_000);

test("what makes a bank do more says beforehand that it waits, waits until another person has read it, and holds then", async () => {
	const { banks } = console_.system.parts.stores;
	await console_.system.createBank({ name: "tried", trusted: false, shadow: true, wideRadiusBits: 25 });
	const own = await openBanks(operator);
	await own.getByRole("link", { name: "tried" }).press("Enter");
	await own.getByRole("button", { name: "Change settings…" }).press("Enter");
	await own.getByLabel(/^On trial/).press("Space");
	await own.getByLabel(/^Trusted/).press("Space");
	const waits = "it comes off trial: what it matches counts; it becomes trusted: one source is enough to withhold.";
	await own.getByText(`Waits for a second person: ${waits}`).waitFor();
	expect(await accessibilityProblems(own)).toEqual([]);
	await keepPicture(own, "bank-change-waits");
	await own.getByRole("button", { name: "Confirm" }).press("Enter");
	await own.getByRole("link", { name: "Accept or reject it on the page of the banks" }).waitFor();
	expect(await banks.findByName("tried")).toMatchObject({ shadow: true, trusted: false });
	await keepPicture(own, "bank-waits");
	await own.getByRole("link", { name: "Accept or reject it on the page of the banks" }).press("Enter");
	await own.getByRole("heading", { name: "Waits for a second person" }).waitFor();
	const card = own.locator("[data-draft]", { hasText: "Settings of tried" });
	await shows(card, /it comes off trial.*The bank then is: settings: enabled, trusted.*radii 20\/25/s);
	await shows(card, "You asked for it: another person must accept it.");
	await isOff(card.getByRole("button", { name: "Accept…" }));
	await own.context().close();

	const page = await openBanks(lead, { locale: "vi-VN", viewport: { width: 390, height: 800 } });
	const proposed = page.locator("[data-draft]", { hasText: "Cài đặt của kho tried" });
	await proposed.waitFor();
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "banks-proposal");
	// Somebody draws the bank in meanwhile: what is accepted must be seen first.
	const tried = await banks.findByName("tried");
	if (tried === null) throw new Error("it was made");
	await banks.updateAlone(tried.id, { wideRadiusBits: 22 }, "cuc");
	const accept = async () => {
		await proposed.getByRole("button", { name: "Chấp nhận…" }).click();
		await page.locator("form.inline-confirm input:focus").waitFor();
		await types(page, "đã kiểm chứng");
		await keepPicture(page, "banks-proposal-accept");
		await page.keyboard.press("Enter");
	};
	await accept();
	await page.getByText("Kho đã thay đổi, nên tác động cũng khác. Hãy xem lại như hiện nay rồi chấp nhận.").waitFor();
	expect(await banks.findByName("tried")).toMatchObject({ shadow: true, wideRadiusBits: 22 });
	await page.keyboard.press("Escape");
	await proposed.getByText("bán kính 20/22").waitFor();
	await accept();
	await page.getByText("Đã chấp nhận; đã có hiệu lực.").waitFor();
	expect(await banks.findByName("tried")).toMatchObject({ shadow: false, trusted: true, wideRadiusBits: 22 });
	await page.context().close();
}, 90_000);

test("an import is rejected with a reason, and the bank is as it was", async () => {
	const { id } = await importBy(operator, "rejected");
	const page = await openBanks(lead);
	await page.locator(`[data-draft="${id}"]`).getByRole("button", { name: "Reject…" }).click();
	await page.locator("form.inline-confirm input:focus").waitFor();
	await types(page, "the wrong file");
	await page.keyboard.press("Enter");
	await page.getByText("Rejected; the bank is as it was.").waitFor();
	expect(await console_.system.parts.stores.bankDrafts.find(id)).toMatchObject({
		state: "rejected",
		decidedBy: lead,
		why: "the wrong file",
	});
	expect(await sizeOf("rejected")).toBe(2);
	await page.context().close();
}, 90_000);

test("a lead clears an entry in quarantine; an operator sees it and has no button; a reviewer sees nothing of banks", async () => {
	const { banks, entryWatch } = console_.system.parts.stores;
	const bankId = await console_.system.createBank({ name: "noisy" });
	await banks.addEntries(bankId, [said("noisy")], "test");
	const [entry] = await banks.findEntries(bankId, { after: null, limit: 1 });
	if (entry === undefined) throw new Error("there is an entry");
	await entryWatch.quarantine(
		entry.id,
		{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
		new Date(),
	);

	const watching = await openBanks(operator);
	await watching.getByText(/60 matches from about 40 accounts/).waitFor();
	await counts(watching.getByRole("button", { name: /^Clear/ }), 0);
	await watching.context().close();

	const page = await openBanks(lead);
	await page.getByRole("button", { name: /^Clear/ }).waitFor();
	await keepPicture(page, "banks-quarantine");
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.getByRole("button", { name: /^Clear/ }).click();
	await page.locator("form.inline-confirm input:focus").waitFor();
	await types(page, "a logo");
	await page.keyboard.press("Enter");
	await page.getByText("Written to the entry; its quarantine is over.").waitFor();
	expect((await banks.findEntry(entry.id))?.opinions).toContainEqual({
		source: "here",
		kind: "negative",
		note: "a logo",
	});
	await page.context().close();

	const reviewer = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await reviewer.goto(`${console_.url}/#/banks`);
	await reviewer.locator(".state-panel").waitFor();
	await counts(reviewer.locator("main table"), 0);
	await reviewer.context().close();
}, 90_000);

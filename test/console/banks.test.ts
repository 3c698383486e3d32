// What leads and operators do with banks in the console: an import is looked at before it is accepted, and what suddenly matches much
// is judged. In a real Chromium on the whole system.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { NewEntry } from "../../services/core/ports/bank-store.ts";
import { digest } from "../support/bank-fixtures.ts";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, type ConsoleFixture, keepPicture, patience, startConsole } from "./console-fixture.ts";

let console_: ConsoleFixture;
let operator: string;
let lead: string;
beforeAll(async () => {
	console_ = await startConsole();
	operator = await console_.addPerson("Minh", "operator");
	lead = await console_.addPerson("Hoa", "lead");
}, 90_000);
afterAll(async () => {
	await console_[Symbol.asyncDispose]();
});

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
	const first = [{ line: 7, code: "all-zero", detail: "all-zero hash" }] as const;
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
	expect(await card.textContent()).toMatch(
		/added30.*refused1.*line 7: all-zero hash.*it adds 30 entries, and 3 are allowed/s,
	);
	expect(await card.getByRole("button", { name: "Accept all of it" }).isDisabled()).toBe(true);
	await keepPicture(own, "banks-operator");
	expect(await accessibilityProblems(own)).toEqual([]);
	expect(await sizeOf("guarded")).toBe(2);

	const other = await openBanks(lead, { locale: "vi-VN", colorScheme: "dark" });
	await keepPicture(other, "banks-lead-vietnamese");
	expect(await accessibilityProblems(other)).toEqual([]);
	await other.locator(`[data-draft="${id}"]`).getByRole("button", { name: "Chấp nhận toàn bộ" }).click();
	await other.getByText("Đã chấp nhận; đang thực hiện.").waitFor();
	await eventually(async () => (await sizeOf("guarded")) === 32, patience);
	await own.context().close();
	await other.context().close();
}, 90_000);

test("an import is rejected with a reason, and the bank is as it was", async () => {
	const { id } = await importBy(operator, "rejected");
	const page = await openBanks(lead);
	await page.locator(`[data-draft="${id}"]`).getByRole("button", { name: "Reject…" }).click();
	await page.locator("form.inline-confirm input:focus").waitFor();
	await page.keyboard.type("the wrong file");
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
		"60 matches from about 40 accounts in 20 minutes, where 0.0 are usual",
		new Date(),
	);

	const watching = await openBanks(operator);
	await watching.getByText(/60 matches from about 40 accounts/).waitFor();
	expect(await watching.getByRole("button", { name: /^Clear/ }).count()).toBe(0);
	await watching.context().close();

	const page = await openBanks(lead);
	await page.getByRole("button", { name: /^Clear/ }).waitFor();
	await keepPicture(page, "banks-quarantine");
	expect(await accessibilityProblems(page)).toEqual([]);
	await page.getByRole("button", { name: /^Clear/ }).click();
	await page.locator("form.inline-confirm input:focus").waitFor();
	await page.keyboard.type("a logo");
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
	expect(await reviewer.locator("main table").count()).toBe(0);
	await reviewer.context().close();
}, 90_000);

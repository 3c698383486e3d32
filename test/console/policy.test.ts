// How people read and change the policy in the console: what holds, in words; a proposal; another person's yes; the way back. In a real
// Chromium, on the whole system.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { initialRevision } from "../../services/core/policy/policy.ts";
import { accessibilityProblems, type ConsoleFixture, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, lists, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();
let an: string;
let binh: string;
beforeAll(async () => {
	[an, binh] = [await console_.addPerson("An", "lead"), await console_.addPerson("Bình", "lead")];
}, 90_000);

async function open(login: string, options: Parameters<ConsoleFixture["signedIn"]>[1] = {}, at = ""): Promise<Page> {
	const page = await console_.signedIn(login, options);
	await page.goto(`${console_.url}/#/policy${at}`);
	await page.locator("[data-revision]").waitFor();
	return page;
}

const textOf = (page: Page) => page.locator("main").textContent();

describe("a lead", () => {
	test("proposes by keyboard that one platform's near copies go to people; the page says what that would have done", async () => {
		await console_.addKnownPictures();
		const page = await open(an);
		await shows(page.locator("main"), /In force: revision 2[\s\S]*Strong match: withheld at once/);
		await page.getByRole("button", { name: "Propose a change…" }).press("Enter");
		await page.getByLabel("Why").fill("near copies on the forum were wrong too often");
		await page.getByLabel("Platform").selectOption({ label: console_.system.platform.name });
		await page.getByLabel("Setting").selectOption({ label: "What the machine does" });
		await page.getByRole("combobox", { name: "For", exact: true }).selectOption({ label: "Strong match" });
		// Only what a policy may say: never that nothing is done.
		await lists(page.getByLabel("New value").locator("option"), [
			"choose…",
			"Strong match: withheld at once",
			"Strong match: people are asked",
			"as elsewhere",
		]);
		await page.getByLabel("New value").selectOption({ label: "Strong match: people are asked" });
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, "policy-propose");
		await page.getByLabel("Why").press("Enter");
		await page.getByText("Proposed. Another lead accepts it.").waitFor();
		await page.getByText(/\d+ sent to people instead of withheld/).waitFor();
		const text = await textOf(page);
		expect(text).toContain("Strong match: people are asked (before: as elsewhere)");
		expect(text).toContain("withholds less");
		expect(text).toContain("You proposed this.");
		await counts(page.getByRole("button", { name: "Accept…" }), 0);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, "policy-proposed");
		await page.context().close();
	}, 120_000);

	test("accepts another's proposal on a phone, in Vietnamese, with a reason; it is in force and in the history", async () => {
		const page = await open(binh, { locale: "vi-VN", colorScheme: "dark", viewport: { width: 360, height: 740 } });
		await page.locator("[data-proposal]").waitFor();
		await page.getByText("được chuyển cho con người thay vì bị tạm ẩn").waitFor();
		expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, "policy-phone");
		await page.getByRole("button", { name: "Chấp nhận…" }).press("Enter");
		await types(page, "đã xem lại");
		await page.keyboard.press("Enter");
		await page.getByText(`Đã chấp nhận: bản ${initialRevision + 1} có hiệu lực.`).waitFor();
		const current = await console_.system.parts.stores.policy.current();
		expect(current).toMatchObject({
			revision: initialRevision + 1,
			set: { overrides: [{ platform: console_.system.platform.id, settings: { actions: { K2: "review" } } }] },
			accepted: { by: { login: binh }, proposedBy: { login: an } },
		});
		await page.getByText(`Khác đi đối với: ${console_.system.platform.name}`).waitFor();
		expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
		await keepPicture(page, "policy-phone-accepted");
		await page.context().close();
	}, 90_000);

	test("proposes to go back to an older revision, and takes that back", async () => {
		const page = await open(an);
		await page.getByRole("button", { name: `Propose to go back… ${initialRevision}` }).press("Enter");
		await types(page, "it was better before");
		await page.keyboard.press("Enter");
		await page.getByText(`back to revision ${initialRevision}`).waitFor();
		await page.getByText("With this the machine may withhold what it does not withhold now.").waitFor();
		await keepPicture(page, "policy-history");
		await page.getByRole("button", { name: "Take back…" }).press("Enter");
		await types(page, "no");
		await page.keyboard.press("Enter");
		await page.getByText("Rejected; nothing has changed.").waitFor();
		await page.context().close();
	}, 90_000);
});

test("the revision that a verdict names is read by its number; a reviewer reads and changes nothing", async () => {
	const page = await open(await console_.addPerson("Lan", "reviewer"), {}, `/${initialRevision}`);
	await page.getByText(`Revision ${initialRevision}, no longer in force`).waitFor();
	await counts(page.locator("main button"), 0);
	await page.getByRole("link", { name: `Revision ${initialRevision + 1} is in force` }).press("Enter");
	await page.getByText(`In force: revision ${initialRevision + 1}`).waitFor();
	await page.context().close();
}, 60_000);

test("where the record is away, what is shown says so and stays", async () => {
	const page = await open(an);
	await page.route("**/api/policy**", (route) => route.abort());
	await page.getByRole("button", { name: "Propose a change…" }).press("Enter");
	await page.getByLabel("Setting").selectOption({ label: "Least quality of a picture" });
	await page.getByLabel("New value").fill("55");
	await page.getByLabel("Why").fill("a trial");
	await page.getByLabel("Why").press("Enter");
	await page.getByRole("alert").first().waitFor();
	await shows(page.locator("main"), "Strong match");
	await page.context().close();
}, 60_000);

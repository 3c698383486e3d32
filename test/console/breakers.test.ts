// What leads and operators do with breakers in the console, by keyboard: open one, see what it leaves to people, close it. In a real
// Chromium on the whole system.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, type ConsoleFixture, keepPicture, patience, startConsole } from "./console-fixture.ts";

let console_: ConsoleFixture;
beforeAll(async () => {
	console_ = await startConsole();
}, 90_000);
afterAll(async () => {
	await console_[Symbol.asyncDispose]();
});

test("an operator opens the breaker of a platform; its known content goes to people, whose page says why; and it is closed again", async () => {
	const { breakers } = console_.system.parts.stores;
	const operator = await console_.signedIn(await console_.addPerson("Minh", "operator"));
	await operator.goto(`${console_.url}/#/now`);
	await operator.getByRole("button", { name: "Open a breaker…" }).focus();
	await operator.keyboard.press("Enter");
	await operator.locator("form.inline-confirm select:focus").waitFor();
	await operator.keyboard.press("Escape");
	await operator.locator("form.inline-confirm").waitFor({ state: "detached" });

	await operator.getByRole("button", { name: "Open a breaker…" }).press("Enter");
	await operator.locator("form.inline-confirm select:focus").waitFor();
	await operator.keyboard.type("Platform");
	expect(await operator.locator("form.inline-confirm").textContent()).toContain("Nothing of this platform is withheld");
	await operator.keyboard.press("Tab");
	await operator.keyboard.press("Tab");
	await operator.keyboard.press("Enter");
	expect(await operator.locator("form.inline-confirm [role=alert]").textContent()).toBe("A reason is needed.");
	await keepPicture(operator, "breaker-form");
	expect(await accessibilityProblems(operator)).toEqual([]);
	await operator.keyboard.type("their feed repeats itself");
	await operator.keyboard.press("Enter");
	await operator.getByText("Open: people decide from now on").waitFor();
	expect(await breakers.listOpen()).toMatchObject([{ kind: "platform", label: console_.system.platform.name }]);

	const id = await eventually(async () => {
		const added = await console_.addKnownPost();
		const found = await console_.system.parts.stores.cases.find(added);
		expect(found?.items[0]?.divertedBy).toHaveLength(1);
		return added;
	}, patience);
	const reviewer = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), {
		locale: "vi-VN",
		colorScheme: "dark",
		viewport: { width: 390, height: 800 },
	});
	await reviewer.goto(`${console_.url}/#/case/${id}`);
	await reviewer.getByText("vì có ngắt tự động đang mở").waitFor();
	expect(await reviewer.locator(".why .notice li").textContent()).toBe(`Nền tảng ${console_.system.platform.name}`);
	await keepPicture(reviewer, "diverted");
	expect(await accessibilityProblems(reviewer)).toEqual([]);
	await reviewer.context().close();

	await operator.getByRole("button", { name: "Close…" }).click();
	await operator.locator("form.inline-confirm input:focus").waitFor();
	await operator.keyboard.type("they mended it");
	await operator.keyboard.press("Enter");
	await operator.getByText("Closed: the machine withholds again.").waitFor();
	expect(await breakers.listOpen()).toEqual([]);
	await operator.getByText("Last changes").click();
	await operator.getByText("their feed repeats itself").waitFor();
	await keepPicture(operator, "breaker-history");
	expect(await accessibilityProblems(operator)).toEqual([]);
	await operator.context().close();
}, 90_000);

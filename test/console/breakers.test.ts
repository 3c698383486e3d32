// What leads and operators do with breakers in the console, by keyboard: open one, see what it leaves to people, close it. In a real
// Chromium on the whole system.
import { expect, test } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { accessibilityProblems, keepPicture, patience } from "./console-fixture.ts";
import { holds, reads, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();

test("an operator opens the breaker of a platform; its known content goes to people, whose page says why; and it is closed again", async () => {
	const { breakers } = console_.system.parts.stores;
	const operator = await console_.signedIn(await console_.addPerson("Minh", "operator"));
	await operator.goto(`${console_.url}/#/now`);
	const form = operator.locator("form.inline-confirm");
	await operator.getByRole("button", { name: "Stop a platform…" }).press("Enter");
	await operator.keyboard.press("Escape");
	await form.waitFor({ state: "detached" });

	// Who is in a hurry types the reason at once: it is a reason, and chooses nothing.
	await operator.getByRole("button", { name: "Stop a platform…" }).press("Enter");
	await types(operator, "their feed repeats itself");
	await holds(form.locator("input[data-reason]"), "their feed repeats itself");
	await holds(form.locator("select"), "");
	await shows(form, "Nothing of this platform is withheld");
	await operator.keyboard.press("Enter");
	await reads(form.locator("[role=alert]"), "Choose what it is about first.");
	expect(await breakers.listOpen()).toEqual([]);
	await form.locator("select:focus").selectOption({ label: console_.system.platform.name });
	await form.getByText(`Will be stopped: Platform ${console_.system.platform.name}`).waitFor();
	await keepPicture(operator, "breaker-form");
	expect(await accessibilityProblems(operator)).toEqual([]);
	await form.locator("input[data-reason]").press("Enter");
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
	await reads(reviewer.locator(".why .notice li"), `Nền tảng ${console_.system.platform.name}`);
	await keepPicture(reviewer, "diverted");
	expect(await accessibilityProblems(reviewer)).toEqual([]);
	await reviewer.context().close();

	const lead = await console_.signedIn(await console_.addPerson("Hoa", "lead"));
	await lead.goto(`${console_.url}/#/queue`);
	await lead.getByText(`A breaker is open: Platform ${console_.system.platform.name}.`).waitFor();
	await keepPicture(lead, "queue-with-breaker");
	await lead.context().close();

	await operator.getByRole("button", { name: "Close…" }).click();
	await operator.locator("form.inline-confirm input:focus").waitFor();
	await types(operator, "they mended it");
	await operator.keyboard.press("Enter");
	await operator.getByText("Closed: the machine withholds again.").waitFor();
	expect(await breakers.listOpen()).toEqual([]);
	await operator.getByText("Last changes").click();
	await operator.getByText("their feed repeats itself").waitFor();
	await keepPicture(operator, "breaker-history");
	expect(await accessibilityProblems(operator)).toEqual([]);
	await operator.context().close();
}, 90_000);

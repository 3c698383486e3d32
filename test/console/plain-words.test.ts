// What a case says, it says in words: no code of a category, and what a machine calls itself only to who asks.
import { expect, test } from "@jest/globals";
import { matcherVersion } from "../../services/core/banks/bank-matcher.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { counts, reads, shows } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["intake", "detector", "review"] });

test("a category is told by its name, never by its code, in the queue and on the case", async () => {
	const { platform, parts } = console_.system;
	const verdict = newVerdict({ tier: "K1", action: "withhold", urgency: 90, category: "csam" });
	const [outcome] = await parts.stores.verdicts.record([newItem(platform.id, platform.source, { verdict })]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await shows(page.locator(".cases"), "Child sexual abuse material");
	const queue = await page.locator("#content").textContent();
	await page.goto(`${console_.url}/#/case/${outcome.caseId}`);
	await shows(page.locator(".case-head"), "Child sexual abuse material");
	await page.locator(".why").waitFor();
	for (const text of [queue, await page.locator("#content").textContent()]) expect(text).not.toMatch(/\bcsam\b/);
	await page.context().close();
});

test("which versions of the matcher found a picture is not on the page until it is asked for, by keyboard", async () => {
	const id = await console_.addKnownPictures();
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await page.goto(`${console_.url}/#/case/${id}`);
	const summary = page.locator(".why details summary", { hasText: "Version" }).first();
	const shown = page.getByText(matcherVersion()).filter({ visible: true });
	await summary.waitFor();
	await counts(shown, 0);
	await summary.press("Enter");
	await counts(shown, 1);
	await reads(shown, matcherVersion());
	await page.context().close();
}, 60_000);

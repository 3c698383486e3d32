// A kind of signal that is made up for a test (test/support/new-kinds/) is shown in the console, in both languages: its card, its sentence and
// the words for its reasons come from its own folder. How it gets through detector, record and API is in test/e2e/new-kinds.test.ts.
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createSignalCatalogue, signalKinds } from "../../services/core/signals/catalogue.ts";
import { buildPageWithNewKinds } from "../support/new-kinds/build-page.ts";
import { createKindsWithLengthy } from "../support/new-kinds/lengthy/detect-lengthy.ts";
import { lengthy } from "../support/new-kinds/lengthy/lengthy.ts";
import { settlePost } from "../support/settle-post.ts";
import { type ConsoleFixture, startConsole } from "./console-fixture.ts";

let console_: ConsoleFixture;
let page: string;
beforeAll(async () => {
	page = await buildPageWithNewKinds();
	const signalCatalogue = createSignalCatalogue({ ...signalKinds, lengthy });
	console_ = await startConsole({}, { page, signalCatalogue, detector: { createKinds: createKindsWithLengthy } });
}, 120_000);
afterAll(async () => {
	await console_[Symbol.asyncDispose]();
	await rm(page, { recursive: true });
});

async function openCase(locale: string): Promise<readonly (string | null)[]> {
	const subject = await settlePost(
		console_.system,
		`${locale} two three four five six seven eight nine ten eleven twelve`,
	);
	const [found] = await console_.system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
	const tab = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale });
	await tab.goto(`${console_.url}/#/case/${found?.id}`);
	await tab.locator(".signal-lengthy h3").waitFor();
	const said = [
		tab.locator(".signal-lengthy h3"),
		tab.locator(".reasons li").first(),
		tab.locator(".signal-lengthy p"),
	];
	const texts = await Promise.all(said.map((one) => one.textContent()));
	await tab.context().close();
	return texts;
}

test("a kind of signal that was made up has its card, its sentence and its grounds on the page", async () => {
	const [card, sentence, ground] = await openCase("en-GB");
	expect([card, sentence]).toEqual(["A long text: 12 words", "12 words long"]);
	expect(ground).toContain("By itself: T");
}, 60_000);

test("in Vietnamese, too", async () => {
	const [card, sentence, ground] = await openCase("vi-VN");
	expect([card, sentence]).toEqual(["Văn bản dài: 12 từ", "Dài 12 từ"]);
	expect(ground).toContain("Xét riêng: T");
}, 60_000);

// A kind of signal and a type of hash that are made up for a test (test/support/new-kinds/) are shown in the console, in both languages: card,
// sentence, name and the words for reasons come from their own folders. How they get through detector, record and API is in
// test/e2e/new-kinds.test.ts.
import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashType } from "../../services/core/hashes/hash-type.ts";
import { createSignalCatalogue, signalKinds } from "../../services/core/signals/catalogue.ts";
import { buildPageWithNewKinds } from "../support/new-kinds/build-page.ts";
import { textHash } from "../support/new-kinds/initials/text-hash.ts";
import { createKindsWithLengthy } from "../support/new-kinds/lengthy/detect-lengthy.ts";
import { lengthy } from "../support/new-kinds/lengthy/lengthy.ts";
import { withdrawInitials } from "../support/new-kinds/withdraw-initials.ts";
import { settlePost } from "../support/settle-post.ts";
import { type ConsoleFixture, startConsole } from "./console-fixture.ts";
import { reads, shows } from "./on-screen.ts";

let console_: ConsoleFixture;
let page: string;
beforeAll(async () => {
	page = await buildPageWithNewKinds();
	const textHashes = [new URL("../support/new-kinds/initials/text-hash.ts", import.meta.url)];
	const signalCatalogue = createSignalCatalogue({ ...signalKinds, lengthy });
	console_ = await startConsole(
		{},
		{ page, parts: { signalCatalogue, textHashes }, detector: { createKinds: createKindsWithLengthy } },
	);
}, 120_000);
afterAll(async () => {
	await console_[Symbol.asyncDispose]();
	await rm(page, { recursive: true });
	withdrawInitials();
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

test.each([
	[
		"en-GB",
		"Seven gentle otters dream.",
		"Some grey owls doze!",
		["Initial letters of an entry", "Its words begin as", "Hash of initial letters"],
	],
	[
		"vi-VN",
		"Mười con mèo ngủ trưa.",
		"Một cô mua nấm tươi!",
		["Chữ cái đầu của một bản ghi", "Các chữ bắt đầu giống", "Mã băm chữ cái đầu"],
	],
] as const)(
	"a type of hash that was made up says its match in its own words, and is named where its entry is judged (%s)",
	async (locale, known, posted, [title, sentence, name]) => {
		const hash = textHash.maker.hash(known);
		if (hash === null) throw new Error("too few words");
		const { stores, banks } = console_.system.parts;
		const opinion = { source: "test", kind: "positive" } as const;
		const entry = { hash, hashType: hashType.parse("initials"), quality: null, externalId: null, note: null, opinion };
		await stores.banks.addEntries(await console_.system.createBank(), [entry], "test");
		await (await banks()).follower.catchUp();
		const subject = await settlePost(console_.system, posted);
		const [found] = await stores.cases.list({ search: subject, limit: 1, offset: 0 });
		const tab = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale });
		await tab.goto(`${console_.url}/#/case/${found?.id}`);
		await reads(tab.locator(".signal-matched h3"), title);
		await shows(tab.locator(".reasons li").first(), sentence);
		await tab.locator(".claim-notice button:enabled").waitFor();
		await tab.keyboard.press("Enter");
		await tab.locator(".claim-line").waitFor();
		await tab.keyboard.press("b");
		await tab.locator("form.strip").getByText(name).waitFor();
		await tab.context().close();
	},
	60_000,
);

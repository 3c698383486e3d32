// Ten rules that operators begin with, each written, checked, held against the past, run in shadow, agreed to by another person and live: in the browser,
// by keyboard, on the whole system. What one page says at each step is rules.test.ts; the same by command line is e2e/rules.test.ts.
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";
import { settlePost } from "../support/settle-post.ts";
import { patience } from "./console-fixture.ts";
import { shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["intake", "detector", "review"] });
let writer: Page;
let second: Page;
beforeAll(async () => {
	writer = await console_.signedIn(await console_.addPerson("An", "lead"));
	second = await console_.signedIn(await console_.addPerson("Binh", "lead"));
	await settlePost(console_.system, "an ordinary sentence");
}, 90_000);

const times = (count: number, one: (at: number) => string) =>
	Array.from({ length: count }, (_, at) => one(at)).join(" ");

interface OneOfTen {
	readonly name: string;
	readonly when: string;
	/** A post that it holds of. */
	readonly text: string;
	readonly surface?: "direct" | "public";
	/** So many by the same account before it. */
	readonly before?: number;
}

const ten: readonly OneOfTen[] = [
	{ name: "many-links", when: "item.links >= 4", text: times(5, (at) => `https://a-${at}.example/`) },
	{ name: "mention-flood", when: "item.mentions >= 8", text: times(9, (at) => `@name${at}`) },
	{
		name: "hashtag-stuffing",
		when: "item.hashtags >= 6 && item.textLength < 200",
		text: times(7, (at) => `#tag${at}`),
	},
	{
		name: "shouting",
		when: "item.upperShare > 0.6 && item.textLength > 20",
		text: "AN ORDINARY SENTENCE, SAID LOUDLY",
	},
	{
		name: "links-in-private",
		when: "item.surface == 'direct' && item.links > 0",
		text: "see https://b.example",
		surface: "direct",
	},
	{ name: "number-and-link", when: "item.digits >= 9 && item.links > 0", text: "call 090 123 4567 https://c.example" },
	{ name: "long-and-thin", when: "item.lines >= 40", text: `a${"\n".repeat(45)}b` },
	{ name: "burst", when: 'count(account, "5m") >= 3', text: "once more", before: 2 },
	{ name: "same-words", when: 'distinct(accounts by cluster, "1h") >= 3', text: "exactly the same words by everybody" },
	{ name: "all-digits", when: "item.digits > 20 && item.textLength == item.digits", text: "9".repeat(30) },
];

const revision = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"]`);

async function confirm(page: Page, why: string): Promise<void> {
	await page.locator("[data-reason]").focus();
	await types(page, why);
	await page.keyboard.press("Enter");
}

async function ask(name: string, button: string, stage: string, percent: string | null): Promise<void> {
	const from = stage === "canary" ? "shadow" : "canary";
	await writer.reload();
	await revision(writer, from).getByRole("button", { name: button }).press("Enter");
	if (percent !== null) await writer.getByLabel("Percent of the accounts").fill(percent);
	await confirm(writer, "it said what we wanted");
	await writer.getByText("Asked for. Another person must agree.").waitFor();
	// Shown first: two steps within a page that come at once are one, and the rule would not be read again.
	await second.goto(`${console_.url}/#/rules`);
	await second.getByRole("heading", { name: "Rules", exact: true }).waitFor();
	await second.goto(`${console_.url}/#/rule/${name}`);
	await second.getByRole("button", { name: "Agree…" }).press("Enter");
	await confirm(second, "looked at");
	await revision(second, stage).waitFor();
}

test.each(ten)(
	"$name goes from its first line to being live, and speaks of what it is about",
	async ({ name, when, text, surface = "public", before = 0 }: OneOfTen) => {
		await writer.goto(`${console_.url}/#/rules`);
		await writer.getByRole("link", { name: "Write a rule" }).press("Enter");
		await writer.getByLabel("Name").fill(name);
		await writer.getByRole("textbox", { name: "Holds when" }).fill(when);
		await writer.getByText(/It is right, and costs at most \d+ units/).waitFor();
		await writer.getByLabel("Why").fill("operators begin with it");
		await writer.getByLabel("Why").press("Enter");
		await writer.getByRole("heading", { name: "Revision 1: checked" }).waitFor();
		await writer.goto(`${console_.url}/#/rule/${name}`);
		await revision(writer, "checked").getByRole("button", { name: "Hold it against the past" }).press("Enter");
		await revision(writer, "backtested").waitFor();
		await shows(writer.locator(".bars"), /Verdicts\d/);
		await revision(writer, "backtested").getByRole("button", { name: "Let it run in shadow…" }).press("Enter");
		await confirm(writer, "a look at a few days");
		await revision(writer, "shadow").waitFor();
		await ask(name, "Ask for canary…", "canary", "100");
		await ask(name, "Ask for live…", "live", null);
		await eventually(async () => {
			const authorId = `author-${name}-${Date.now()}`;
			for (let at = 0; at < before; at += 1) await settlePost(console_.system, `before ${at}`, { authorId });
			const subject = await settlePost(console_.system, text, { surface, authorId });
			const { cases } = console_.system.parts.stores;
			const [found] = await cases.list({ search: subject, limit: 1, offset: 0 });
			const detail = found === undefined ? null : await cases.find(found.id);
			const item = detail?.items.find((one) => one.subject === subject);
			const spoke = item?.signals.flatMap((one) => (one.kind === "rule" ? [`${one.rule}@${one.revision}`] : []));
			expect(spoke).toContain(`${name}@1`);
		}, patience);
	},
	120_000,
);

test("one key stops one of them, and the others go on", async () => {
	await second.goto(`${console_.url}/#/rule/many-links`);
	await second.getByRole("button", { name: "Stop it…" }).press("Enter");
	await confirm(second, "it asks too much");
	await second.getByText("The kill switch is open: no detector asks this rule.").waitFor();
	const { rules, breakers } = console_.system.parts.stores;
	expect((await breakers.listOpen()).map(({ kind, key }) => `${kind} ${key}`)).toEqual(["rule many-links"]);
	expect((await rules.list()).map(({ stage }) => stage)).toEqual(ten.map(() => "live"));
	await second.context().close();
	await writer.context().close();
}, 60_000);

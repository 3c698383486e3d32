// A rule from its first line to being live, in the browser: what is wrong is shown where it stands, the past is asked, its shadow is summed up, and
// another person agrees on a phone, in Vietnamese. In a real Chromium, on the whole system.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { decideVerdict } from "../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../services/core/policy/policy.ts";
import { answeredSignal } from "../support/answered-signal.ts";
import { eventually } from "../support/eventually.ts";
import { newItem } from "../support/examined-items.ts";
import { settlePost } from "../support/settle-post.ts";
import { accessibilityProblems, keepPicture, patience, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["intake", "detector", "review"] });
let an: string;
let binh: string;
beforeAll(async () => {
	[an, binh] = [await console_.addPerson("An", "lead"), await console_.addPerson("Bình", "lead")];
	for (let at = 0; at < 3; at += 1) await settlePost(console_.system, withLinks(at === 0 ? 1 : 5));
}, 90_000);

let posts = 0;
/** No two texts are alike. */
function withLinks(count: number): string {
	posts += 1;
	return `number ${posts}: ${Array.from({ length: count }, (_, at) => `https://place-${at}.example/${posts}`).join(" ")}`;
}

const name = "many-links";
const editor = (page: Page) => page.getByRole("textbox", { name: "Holds when" });
const revision = (page: Page, stage: string) => page.locator(`[data-stage="${stage}"]`);

async function confirm(page: Page, why: string): Promise<void> {
	await types(page, why);
	await page.keyboard.press("Enter");
}

/** As soon as a detector has followed. */
const speaks = (expected: boolean) =>
	eventually(async () => {
		const subject = await settlePost(console_.system, withLinks(6));
		const [found] = await console_.system.parts.stores.cases.list({ search: subject, limit: 1, offset: 0 });
		expect(found !== undefined).toBe(expected);
	}, patience);

describe("a rule", () => {
	test("is written with completion, and what is wrong is shown in its place before it is kept", async () => {
		const page = await console_.signedIn(an);
		await page.goto(`${console_.url}/#/rules`);
		await page.getByText("There is no rule yet.").waitFor();
		await page.getByRole("link", { name: "Write a rule" }).press("Enter");
		await page.getByLabel("Name").fill(name);
		await editor(page).click();
		await types(page, "item.kind == 'post' && item.linkz >= 4");
		await shows(page.locator(".rule-faults"), "column 29: there is no fact linkz; is it links?");
		await shows(page.locator(".cm-lintRange-error"), "linkz");
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, "rules-wrong");
		await page.keyboard.press("ControlOrMeta+a");
		await types(page, "item.kind == 'post' && item.lin");
		await page.getByRole("option", { name: /item\.links/ }).waitFor();
		await page.keyboard.press("ArrowDown");
		await keepPicture(page, "rules-completion");
		await page.keyboard.press("Escape");
		await types(page, "ks >= 4");
		await page.getByText(/It is right, and costs at most \d+ units/).waitFor();
		await page.getByLabel("Why").fill("too many links are advertising");
		await page.getByLabel("Why").press("Enter");
		await page.getByRole("heading", { name: "Revision 1: checked" }).waitFor();
		await page.context().close();
	}, 90_000);

	test("is held against the past, and the picture says what it would have done", async () => {
		const page = await console_.signedIn(an);
		await page.goto(`${console_.url}/#/rule/${name}`);
		await revision(page, "checked").getByRole("button", { name: "Hold it against the past" }).press("Enter");
		await page.locator('[data-backtest="done"]').waitFor();
		await revision(page, "backtested").waitFor();
		await shows(page.locator(".bars"), /Verdicts3Would have held2 · 66\.7%/);
		await shows(page.locator(".bars"), "Unknown: nobody has decided2");
		await counts(page.locator(".rule-backtest tbody tr"), 2);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, "rules-backtest");
		await page.context().close();
	}, 90_000);

	test("runs in shadow, changes nothing, and sums up what it would have changed", async () => {
		const page = await console_.signedIn(an);
		await page.goto(`${console_.url}/#/rule/${name}`);
		await revision(page, "backtested").getByRole("button", { name: "Let it run in shadow…" }).press("Enter");
		await page.getByLabel("Days until the shadow ends by itself").fill("3");
		await page.locator("[data-reason]").focus();
		await confirm(page, "a look at a few days");
		await page.getByText("It runs in shadow.").waitFor();
		const { rules } = console_.system.parts.stores;
		await eventually(async () => {
			await settlePost(console_.system, withLinks(6));
			expect(await rules.shadowDays(name)).not.toEqual([]);
		}, patience);
		await page.reload();
		await shows(
			page.locator("section", { has: page.getByRole("heading", { name: "What its shadow would have changed" }) }),
			/Would have gone to people[1-9]/,
		);
		expect((await console_.system.parts.stores.cases.list({ search: "post/", limit: 1, offset: 0 })).length).toBe(0);
		await keepPicture(page, "rules-shadow");
		await page.context().close();
	}, 90_000);

	test("is asked for by one person; another agrees on a phone, in Vietnamese, and it speaks", async () => {
		const page = await console_.signedIn(an);
		await page.goto(`${console_.url}/#/rule/${name}`);
		await revision(page, "shadow").getByRole("button", { name: "Ask for canary…" }).press("Enter");
		await page.getByLabel("Percent of the accounts").fill("100");
		await page.locator("[data-reason]").focus();
		await confirm(page, "it said what we wanted");
		await page.getByText("Asked for. Another person must agree.").waitFor();
		await counts(page.getByRole("button", { name: "Agree…" }), 0);
		const phone = await console_.signedIn(binh, {
			...{ locale: "vi-VN", colorScheme: "dark", viewport: { width: 360, height: 740 } },
		});
		await phone.goto(`${console_.url}/#/rule/${name}`);
		await phone.getByText(`${an} đề nghị: chạy một phần`).waitFor();
		expect(await widthOfContent(phone)).toBeLessThanOrEqual(360);
		expect(await accessibilityProblems(phone)).toEqual([]);
		await keepPicture(phone, "rules-phone");
		await phone.getByRole("button", { name: "Đồng ý…" }).press("Enter");
		await confirm(phone, "đã xem lại");
		await revision(phone, "canary").waitFor();
		await speaks(true);
		await page.reload();
		await revision(page, "canary").getByRole("button", { name: "Ask for live…" }).press("Enter");
		await confirm(page, "for everybody");
		await page.getByText("Asked for. Another person must agree.").waitFor();
		await phone.reload();
		await phone.getByRole("button", { name: "Đồng ý…" }).press("Enter");
		await confirm(phone, "được");
		await revision(phone, "live").waitFor();
		await phone.context().close();
		await page.context().close();
	}, 120_000);

	test("is snoozed about an account for some days, by keyboard, and heard again", async () => {
		const page = await console_.signedIn(an);
		await page.goto(`${console_.url}/#/rule/${name}`);
		await page.getByRole("button", { name: "Snooze it about somebody…" }).press("Enter");
		await page.getByRole("textbox", { name: "Platform", exact: true }).fill(console_.system.platform.name);
		await page.getByLabel("Account, as the platform calls it").fill("loud");
		await page.getByLabel("Days until it ends by itself").fill("3");
		expect(await accessibilityProblems(page)).toEqual([]);
		await page.locator("[data-reason]").focus();
		await confirm(page, "a bot of ours that posts the news");
		await page.getByText("Snoozed.").waitFor();
		const snoozes = page.locator("section", { has: page.getByRole("heading", { name: "Not heard about" }) });
		await shows(snoozes, `account loud on ${console_.system.platform.name}`);
		await eventually(async () => {
			await settlePost(console_.system, withLinks(6), { authorId: "loud" });
			const [snooze] = await console_.system.parts.stores.snoozes.list({ rule: name, limit: 1 });
			expect(snooze?.firings).toBeGreaterThan(0);
		}, patience);
		await page.reload();
		await keepPicture(page, "rules-snooze");
		await snoozes.getByRole("button", { name: "Hear it again…" }).press("Enter");
		await confirm(page, "it posts other things now");
		await shows(snoozes, `ended by ${an}`);
		await page.context().close();
	}, 90_000);

	test("is stopped by one key, goes on again, and is taken one step back; who did what stands below", async () => {
		const page = await console_.signedIn(binh);
		await page.goto(`${console_.url}/#/rule/${name}`);
		await page.getByRole("button", { name: "Stop it…" }).press("Enter");
		await confirm(page, "it asks too much");
		await page.getByText("The kill switch is open: no detector asks this rule.").waitFor();
		await speaks(false);
		await page.getByRole("button", { name: "Let it go on…" }).press("Enter");
		await confirm(page, "looked at");
		await page.getByText("It goes on.").waitFor();
		await page.getByRole("button", { name: "One step back…" }).press("Enter");
		await confirm(page, "enough");
		await revision(page, "shadow").waitFor();
		await shows(page.locator(".trail"), /took a rule back from stage live to shadow/);
		await keepPicture(page, "rules-history");
		await page.context().close();
	}, 90_000);
});

test("says of how many items it was silent, for people had let their account be, in both languages", async () => {
	const { platforms, verdicts } = console_.system.parts.stores;
	const [platform] = await platforms.list();
	if (platform === undefined) throw new Error("there is a platform");
	const items = [1, 2, 3].map(() => {
		const verdict = decideVerdict([answeredSignal(name, 1)], "public", defaultPolicy);
		return newItem(platform.id, platform.source, { verdict, hashes: null });
	});
	await verdicts.record(items);
	for (const [locale, said] of [
		["en-GB", /for people had let the account be: 3\. The last one/],
		["vi-VN", /vì con người đã để yên tài khoản: 3\. Lần gần nhất/],
	] as const) {
		const page = await console_.signedIn(an, { locale });
		await page.goto(`${console_.url}/#/rule/${name}`);
		await shows(revision(page, "shadow"), said);
		await page.context().close();
	}
}, 60_000);

test("one who only reads sees the rule and its reasons, and no button; where review is away the editor says so", async () => {
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await page.goto(`${console_.url}/#/rule/${name}`);
	await revision(page, "shadow").waitFor();
	await counts(page.locator("main button"), 0);
	await page.route("**/api/rule-checks", (route) => route.abort());
	await editor(page).click();
	await types(page, " ");
	await page.getByText("Whether it is right is not known").waitFor();
	await page.goto(`${console_.url}/#/rules`);
	await page.getByRole("link", { name }).waitFor();
	await keepPicture(page, "rules-list");
	await page.context().close();
}, 60_000);

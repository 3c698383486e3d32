// A case about an account before reviewers: its strikes with their cases, what the law asks, what a recommendation would tell whom; decided by two on
// the keyboard, taken back by a lead. On a phone and in both languages.
import { beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { type CaseId, type UserId, userId } from "../../services/core/ids.ts";
import { decideBy } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture, patience, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["takedown", "review"] });
let remover: UserId;
beforeAll(async () => {
	const { users } = console_.system.parts.stores;
	const someone = { login: "remover", displayName: "Remover", passwordHash: "x", roles: ["reviewer"] } as const;
	remover = userId.parse((await users.create({ ...someone, roles: [...someone.roles] })).id);
}, 90_000);

/** Known material of the account, which a person removed. */
async function strike(authorId: string): Promise<void> {
	const { platform, parts } = console_.system;
	const verdict = newVerdict({ category: "csam" });
	const [outcome] = await parts.stores.verdicts.record([newItem(platform.id, platform.source, { authorId, verdict })]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	await decideBy(parts.stores, remover, outcome.caseId, { decision: "remove" });
}

async function caseAbout(account: string): Promise<CaseId> {
	for (let made = 0; made < 5; made += 1) await strike(account);
	const { cases } = console_.system.parts.stores;
	const found = async () =>
		(await cases.list({ search: "account:", states: ["open"], limit: 20, offset: 0 })).find(
			(one) => one.accountId === account,
		);
	return eventually(async () => {
		const one = await found();
		if (one === undefined) throw new Error("it is not there yet");
		return one.id;
	}, patience);
}

async function claim(page: Page, id: CaseId): Promise<void> {
	await page.goto(`${console_.url}/#/case/${id}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
}

test("the strikes stand with their cases, a decision says beforehand what it tells whom, and a lead takes it back", async () => {
	const id = await caseAbout("user-vi");
	const [lan, minh, hoa] = await Promise.all([
		console_.addPerson("Lan", "reviewer"),
		console_.addPerson("Minh", "reviewer"),
		console_.addPerson("Hoa", "lead"),
	]);
	const page = await console_.signedIn(lan, { locale: "vi-VN" });
	await page.goto(`${console_.url}/#/queue`);
	await shows(page.locator("table.cases tbody tr").first(), "tài khoản");
	await claim(page, id);
	await counts(page.locator(".strikes li"), 5);
	await shows(page.locator(".case-head"), "user-vi");
	const stage = page.locator(".account-stage");
	await shows(stage, "5 trên 5 trong 30 ngày");
	await shows(stage, "Tạm khóa từ 7 đến 30 ngày (VN-147-REPEAT).");
	await shows(stage, "chưa lần nào");
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "account-case");
	await page.keyboard.press("r");
	await shows(page.locator("form.strip"), "được thông báo khuyến nghị hạn chế");
	await shows(page.locator("form.strip"), "Chưa có gì bị hạn chế");
	await keepPicture(page, "account-confirm");
	await types(page, "vi phạm lặp lại");
	await page.keyboard.press("Enter");
	await page.locator(".settled").waitFor();
	expect(console_.system.sample.accountOrders.size).toBe(0);

	const second = await console_.signedIn(minh, { locale: "vi-VN" });
	await claim(second, id);
	await second.keyboard.press("r");
	await second.locator("form.strip").waitFor();
	await types(second, "đồng ý");
	await second.keyboard.press("Enter");
	await shows(second.locator(".settled"), "Đã quyết định: khuyến nghị hạn chế tài khoản");
	await shows(second.locator(".settled .orders"), "đã gửi tới nơi");
	await keepPicture(second, "account-settled");
	expect([...console_.system.sample.accountOrders.values()].map(({ order }) => order.action)).toEqual([
		"account.restrict-recommended",
	]);

	const lead = await console_.signedIn(hoa, { locale: "vi-VN" });
	await lead.goto(`${console_.url}/#/case/${id}`);
	await shows(lead.locator(".claim-notice"), "Khuyến nghị hạn chế");
	await lead.keyboard.press("u");
	await shows(lead.locator(".strip"), "khuyến nghị không còn nữa");
	await types(lead, "tài khoản bị chiếm đoạt");
	await lead.keyboard.press("Enter");
	await shows(lead.locator(".account-stage .orders"), "Rút lại khuyến nghị");
	await eventually(
		() =>
			expect([...console_.system.sample.accountOrders.values()].at(-1)?.order.action).toBe(
				"account.restriction-withdrawn",
			),
		patience,
	);
}, 120_000);

test.each(["vi-VN", "en-GB"])(
	"it fits a phone of 360 px (%s)",
	async (locale) => {
		const id = await caseAbout(`user-phone-${locale}`);
		const viewport = { width: 360, height: 740 };
		const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), { locale, viewport });
		await page.goto(`${console_.url}/#/case/${id}`);
		await page.locator(".claim-notice button:enabled").click();
		await page.locator(".claim-line").waitFor();
		await counts(page.locator(".strikes li"), 5);
		expect(await widthOfContent(page)).toBeLessThanOrEqual(viewport.width);
		expect(await accessibilityProblems(page)).toEqual([]);
		await keepPicture(page, `account-phone-${locale}`);
	},
	60_000,
);

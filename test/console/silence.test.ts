// A lead holds back what those outside are told of a case, and ends that, by keyboard and at 360 px; a reviewer sees it and may not. A clerk types
// in a request of which nobody may be told.
import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "@jest/globals";
import { machine } from "../../services/core/acts/doer.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { eventually } from "../support/eventually.ts";
import { newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole({}, { roles: ["review"] });
let caseId: CaseId;
beforeAll(async () => {
	const { verdicts } = console_.system.parts.stores;
	const { id: platformId, source } = console_.system.platform;
	const [outcome] = await verdicts.record([newItem(platformId, source)]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	caseId = outcome.caseId;
}, 90_000);

const narrow = { locale: "vi-VN", viewport: { width: 360, height: 740 } };
const lasting = () => console_.system.parts.stores.silences.list({ limit: 10 });

test("a lead holds back and tells again from the case, by keyboard", async () => {
	const page = await console_.signedIn(await console_.addPerson("Lan", "lead"), narrow);
	await page.goto(`${console_.url}/#/case/${caseId}`);
	const section = page.locator("section[aria-labelledby='silences-title']");
	await shows(section, "Không có gì bị giữ lại");
	await section.getByRole("button", { name: "Tạm không thông báo" }).focus();
	await page.keyboard.press("Enter");
	await section.locator("input[data-reason]").focus();
	await types(page, "an order of silence");
	await page.keyboard.press("Enter");
	await shows(section, "Đã giữ lại");
	await shows(section, "an order of silence");
	expect(await lasting()).toMatchObject([{ caseId, reason: "an order of silence", until: null }]);
	expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "case-silence");
	const reviewer = await console_.signedIn(await console_.addPerson("Minh", "reviewer"), narrow);
	await reviewer.goto(`${console_.url}/#/case/${caseId}`);
	const seen = reviewer.locator("section[aria-labelledby='silences-title']");
	await shows(seen, "an order of silence");
	await counts(seen.getByRole("button"), 0);
	await reviewer.context().close();

	await section.getByRole("button", { name: "Kết thúc" }).focus();
	await page.keyboard.press("Enter");
	await section.locator("input[data-reason]").focus();
	await types(page, "it was lifted");
	await page.keyboard.press("Enter");
	await shows(section, "Đã kết thúc");
	await shows(section, "Không có gì bị giữ lại");
	expect(await lasting()).toEqual([]);
	await page.context().close();
}, 90_000);

test("a clerk types in a request with the law that forbids telling, and its cases are held back", async () => {
	const { authorities, silences } = console_.system.parts.stores;
	await authorities.add({ name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] }, randomBytes(32), machine);
	const page = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"), { locale: "en-GB" });
	await page.goto(`${console_.url}/#/requests`);
	const form = page.locator("form.entry");
	await form.locator("input:not([type])").fill("CV-77");
	await form.locator("textarea").nth(0).fill("116/2025/QH15");
	await form.locator("textarea").nth(1).fill("https://elsewhere.example/77");
	const ends = form.locator("input[type=datetime-local]").nth(1);
	await ends.fill("2099-01-01T00:00");
	const save = form.locator("button[type=submit]");
	await save.focus();
	await page.keyboard.press("Enter");
	await page.getByText("Name the law that forbids telling").waitFor();
	await form.getByLabel("Law that forbids telling").fill("an order of silence");
	await save.focus();
	await page.keyboard.press("Enter");
	await page.getByText("is on record").waitFor();
	await eventually(
		async () =>
			expect(await silences.list({ limit: 10 })).toMatchObject([
				{ reason: "an order of silence", askedBy: { reference: "CV-77" } },
			]),
		{ withinMs: 20_000 },
	);
	expect((await silences.list({ limit: 10 }))[0]?.until?.getUTCFullYear()).toBeGreaterThanOrEqual(2098);
	await page.context().close();
}, 90_000);

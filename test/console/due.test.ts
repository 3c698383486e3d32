// Deadlines on the console: the board of what is due, the queue's tag and the case's own list, by keyboard and at 360 px.
import { randomBytes } from "node:crypto";
import { expect, test } from "@jest/globals";
import { machine } from "../../services/core/acts/doer.ts";
import { authorityRequest, lawsFor } from "../../services/core/authorities/authority-request.ts";
import type { CaseId } from "../../services/core/ids.ts";
import { readJurisdictions } from "../../services/runtime/read-jurisdictions.ts";
import { newClock } from "../support/clock-fixtures.ts";
import { newItem } from "../support/examined-items.ts";
import { accessibilityProblems, keepPicture, widthOfContent } from "./console-fixture.ts";
import { counts, shows, types } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const hourMs = 3_600_000;
const console_ = useConsole({}, { roles: ["review"] });

async function startClocks(): Promise<CaseId> {
	const { clocks, verdicts } = console_.system.parts.stores;
	const { id: platformId, source } = console_.system.platform;
	const [outcome] = await verdicts.record([newItem(platformId, source)]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("recorded, with its case");
	const { caseId } = outcome;
	const now = Date.now();
	const start = (hoursAgo: number, change = {}) =>
		clocks.start(newClock({ receivedAtMs: now - hoursAgo * hourMs, ...change }), new Date(now));
	await start(0);
	await start(9, { caseId });
	await start(1.5, { caseId, urgentReason: "a child is in danger" });
	await start(12);
	return caseId;
}

test("the board shows what is due and over time, the nearest first, and leads to the case", async () => {
	const caseId = await startClocks();
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"), {
		...{ locale: "vi-VN", viewport: { width: 360, height: 740 } },
	});
	await page.goto(`${console_.url}/#/due`);
	const rows = page.locator("tbody tr");
	await counts(rows, 4);
	await shows(rows.nth(0), "quá hạn 2 giờ");
	await shows(rows.nth(1), "khẩn");
	await shows(rows.nth(1), "nền tảng xác nhận đã gỡ bỏ");
	await shows(rows.nth(3), "còn 9 giờ");
	expect(await widthOfContent(page)).toBeLessThanOrEqual(360);
	expect(await accessibilityProblems(page)).toEqual([]);
	await keepPicture(page, "due");
	const sixHours = page.getByRole("button", { name: "6 giờ" });
	await sixHours.focus();
	await page.keyboard.press("Enter");
	await counts(rows, 3);
	await rows.nth(1).getByRole("link").focus();
	await page.keyboard.press("Enter");
	const deadlines = page.locator("section[aria-labelledby='deadlines-title'] li");
	await counts(deadlines, 2);
	await shows(deadlines.nth(0), "a child is in danger");
	await shows(page.locator(".case-head .clocks"), "còn");
	expect(page.url()).toContain(caseId);
	await keepPicture(page, "case-deadlines");
	await page.context().close();
}, 90_000);

test("whoever works on a case sees which authority asks for what, by which law, though nothing of it is held here", async () => {
	const { authorities, clocks } = console_.system.parts.stores;
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	const asking = await authorities.add(ministry, randomBytes(32), machine);
	const body = authorityRequest.parse({
		...{ reference: "CV-2026/118", asks: "removal", legalBasis: "Law on Cybersecurity 116/2025/QH15" },
		...{ urgentReason: "a child is in danger", addresses: ["https://elsewhere.example/a"] },
	});
	const { id } = await authorities.receive(asking, body, {
		...{ laws: lawsFor("removal", ministry.laws, readJurisdictions()), at: new Date(), arrival: { channel: "key" } },
	});
	const [clock] = await clocks.list({ cause: { kind: "authority-request", id }, limit: 1 });
	const page = await console_.signedIn(await console_.addPerson("Hoa", "reviewer"), {
		...{ locale: "vi-VN", viewport: { width: 360, height: 740 } },
	});
	await page.goto(`${console_.url}/#/case/${clock?.caseId}`);
	const section = page.locator("section[aria-labelledby='requests-title']");
	await shows(section, "CV-2026/118");
	await shows(section, "https://elsewhere.example/a");
	await shows(section, "ministry");
	await counts(section.getByRole("link"), 0);
	expect(await accessibilityProblems(page)).toEqual([]);
	await section.scrollIntoViewIfNeeded();
	await keepPicture(page, "case-request");
	await page.context().close();
}, 90_000);

test("a deadline that is kept leaves the board by itself, and a person sees in the queue which case is due", async () => {
	const page = await console_.signedIn(await console_.addPerson("Minh", "lead"));
	await page.goto(`${console_.url}/#/queue`);
	await page.locator("table.cases time.tag").first().waitFor();
	await shows(page.locator("table.cases time.tag").first(), "left");
	await page.goto(`${console_.url}/#/due`);
	const rows = page.locator("tbody tr");
	await counts(rows, 5);
	const { clocks } = console_.system.parts.stores;
	await rows.nth(0).getByRole("button", { name: "Say what happened" }).focus();
	await page.keyboard.press("Enter");
	await types(page, "the host wrote that it is gone");
	await page.keyboard.press("Enter");
	await page.getByText("It is on record.").waitFor();
	await counts(rows, 4);
	expect(await accessibilityProblems(page)).toEqual([]);
	for (const { id } of await clocks.list({ runningUntil: null, limit: 10 })) {
		const at = new Date();
		const event = { id: "phone", kind: "order-acknowledged", at } as const;
		await clocks.tell(id, event, { doer: { kind: "machine" }, reason: null, at });
	}
	await page.getByText("Nothing is due in this time.").waitFor();
	await page.context().close();
}, 90_000);

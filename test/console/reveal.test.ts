// Looking at material: only what was asked for, only while it is asked for, and on the record.
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import type { CaseId } from "../../services/core/ids.ts";
import { eventually } from "../support/eventually.ts";
import { keepPicture, password, patience } from "./console-fixture.ts";
import { counts } from "./on-screen.ts";
import { useConsole } from "./use-console.ts";

const console_ = useConsole();
let id: CaseId;
beforeAll(async () => {
	id = await console_.addKnownPictures();
}, 120_000);

async function holdCase(of = id): Promise<Page> {
	const page = await console_.signedIn(await console_.addPerson("Lan", "reviewer"));
	await page.goto(`${console_.url}/#/case/${of}`);
	await page.locator(".claim-notice button:enabled").waitFor();
	await page.keyboard.press("Enter");
	await page.locator(".claim-line").waitFor();
	return page;
}

async function leave(page: Page): Promise<void> {
	// Once to hide, once to go.
	await page.keyboard.press("Escape");
	await page.keyboard.press("Escape");
	await page.locator("table.cases").waitFor();
	await page.context().close();
}

const shown = (page: Page) => page.locator(".viewer-shown");
const views = async () =>
	((await console_.system.parts.stores.cases.find(id))?.events ?? []).filter(
		({ kind }) => kind === "revealed" || kind === "hidden",
	);

describe("a reveal", () => {
	test("lasts while the key is held, and who looked at what, how closely and how long is in the record", async () => {
		const before = (await views()).length;
		const page = await holdCase();
		await counts(page.locator("canvas, img, video"), 0);
		await page.keyboard.press("2");
		await page.keyboard.down("Space");
		await shown(page).waitFor();
		await keepPicture(page, "revealed");
		await page.keyboard.up("Space");
		await shown(page).waitFor({ state: "detached" });
		await counts(page.locator("canvas, img, video"), 0);

		await eventually(async () => expect(await views()).toHaveLength(before + 2), patience);
		const [revealed, hidden] = (await views()).slice(before);
		expect(revealed).toMatchObject({
			kind: "revealed",
			actor: { kind: "person", displayName: "Lan" },
			data: { level: 2 },
		});
		expect(hidden).toMatchObject({ kind: "hidden", actor: { kind: "person", displayName: "Lan" } });
		await leave(page);
	});

	test("ends where the window loses the focus, though the key is still down", async () => {
		const page = await holdCase();
		await page.keyboard.press("3");
		await page.keyboard.down("Space");
		await shown(page).waitFor();
		await page.evaluate("window.dispatchEvent(new Event('blur'))");
		await shown(page).waitFor({ state: "detached" });
		await page.keyboard.up("Space");
		await leave(page);
	});

	test("by pointer works like one by key", async () => {
		const page = await holdCase();
		await page.keyboard.press("1");
		await page.locator("button.hold").hover();
		await page.mouse.down();
		await shown(page).waitFor();
		await page.mouse.up();
		await shown(page).waitFor({ state: "detached" });
		await leave(page);
	});

	test("in full asks for a reason and the password first, and a wrong one shows nothing", async () => {
		const page = await holdCase();
		await page.keyboard.press("5");
		await page.locator("form.step-up").waitFor();
		const [reason, secret] = [page.locator("form.step-up input").first(), page.locator("form.step-up [type=password]")];
		await reason.fill("A detail that the small picture does not show.");
		await secret.fill("not the password");
		await page.keyboard.press("Enter");
		await page.keyboard.down("Space");
		await page.locator("form.step-up [role=alert]").waitFor();
		await page.keyboard.up("Space");
		await counts(shown(page), 0);

		await reason.fill("A detail that the small picture does not show.");
		await secret.fill(password);
		await page.keyboard.press("Enter");
		await page.locator("form.step-up").waitFor({ state: "detached" });
		await page.keyboard.down("Space");
		await shown(page).waitFor();
		await page.keyboard.up("Space");
		await shown(page).waitFor({ state: "detached" });
		const full = (await views()).findLast(({ kind, data }) => kind === "revealed" && data.level === 5);
		expect(full?.data).toMatchObject({ reason: "A detail that the small picture does not show." });
		await leave(page);
	});
});

test("a video is looked at by its stills: all on one sheet, then by . and , those first where something was found", async () => {
	const video = await console_.addVideo();
	const page = await holdCase(video);
	const { cases } = console_.system.parts.stores;
	const chosen = page.locator(".stills button[aria-pressed=true]");
	await page.getByText("shown 2.2 s in 2 places, first at 0:14").waitFor();
	await page.getByText("Found at 0:14–0:15, 0:41–0:42").waitFor();
	await counts(page.locator("video, audio"), 0);
	await page.keyboard.press("3");
	await page.keyboard.down("Space");
	await shown(page).waitFor();
	await keepPicture(page, "video-sheet");
	const stills = async () =>
		((await cases.find(video))?.events ?? []).filter(({ kind }) => kind === "revealed").map(({ data }) => data.stillMs);
	// The next one while the key is still down: a view of its own.
	await page.keyboard.press(".");
	await chosen.filter({ hasText: "0:14" }).waitFor();
	await eventually(async () => expect(await stills()).toEqual([undefined, 14_000]), patience);
	await shown(page).waitFor();
	await keepPicture(page, "video-still");
	await page.keyboard.press(".");
	await chosen.filter({ hasText: "0:41" }).waitFor();
	await eventually(async () => expect(await stills()).toEqual([undefined, 14_000, 41_000]), patience);
	await page.keyboard.up("Space");
	await shown(page).waitFor({ state: "detached" });
	await page.keyboard.press(",");
	await chosen.filter({ hasText: "0:14" }).waitFor();
	await page.keyboard.press(",");
	await chosen.filter({ hasText: "All 6" }).waitFor();
	expect(await stills()).toHaveLength(3);
	await leave(page);
});

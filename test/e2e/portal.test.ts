// The portal as a process of its own, killed while reports come in, and with its record away: a receipt that was shown is never unknown, a
// form that is sent again is one report, and where nothing is certain the page says so.
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { type Door, startDoor } from "../support/door.ts";
import { eventually } from "../support/eventually.ts";
import { filledIn, visitPortal } from "../support/portal-visitor.ts";
import { type RoleProcess, startRoleProcess } from "../support/servers/start-role-process.ts";
import { createTestDatabase, openTestDatabase, type TestDatabase } from "../support/test-database.ts";

let folder: string;
let database: TestDatabase;
let door: Door;
let portal: RoleProcess;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-portal-"));
	await chmod(folder, 0o711);
	database = await createTestDatabase();
	door = await startDoor(database.url);
	portal = await startRoleProcess(
		["portal"],
		{
			BREAKWATER_DATA_DIR: join(folder, "data"),
			BREAKWATER_DATABASE_URL: door.url,
			BREAKWATER_TRUSTED_PROXIES: "127.0.0.1",
			BREAKWATER_LOG_LEVEL: "debug",
		},
		folder,
	);
}, 60_000);
afterAll(async () => {
	await portal?.stop();
	await door?.[Symbol.asyncDispose]();
	await database?.[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

const openForm = () => visitPortal(portal.url).openForm();
const send = (form: string, fields: Readonly<Record<string, string>> = {}) =>
	visitPortal(portal.url).post("/report", { ...filledIn, form, ...fields });
const statusOf = async (receipt: string) => (await visitPortal(portal.url).post("/receipt", { receipt })).status;

async function countReports(): Promise<number> {
	await using record = await openTestDatabase(database.url);
	const [row] = await record.rows(
		sql`SELECT count(*)::integer AS reports FROM reports`,
		z.object({ reports: z.int() }),
	);
	return row?.reports ?? 0;
}

test("killed while reports come in, it knows every receipt that it showed, and each form is one report", async () => {
	const forms = await Promise.all(Array.from({ length: 60 }, openForm));
	const shown = new Map<string, string>();
	const unanswered = new Set(forms);
	for (let kills = 0; kills < 4; kills += 1) {
		const sending = Promise.allSettled(
			[...unanswered].map(async (form) => {
				const { receipt } = await send(form);
				if (receipt === null) return;
				shown.set(form, receipt);
				unanswered.delete(form);
			}),
		);
		await eventually(async () => shown.size >= (kills + 1) * 8 || unanswered.size === 0, { withinMs: 20_000 });
		await portal.kill();
		await sending;
		await portal.restart();
	}
	for (const form of unanswered) {
		const { receipt } = await send(form);
		expect(receipt).not.toBeNull();
		shown.set(form, receipt ?? "");
	}
	expect(shown.size).toBe(forms.length);
	expect(new Set(shown.values()).size).toBe(forms.length);
	expect(await countReports()).toBe(forms.length);
	const statuses = await Promise.all([...shown.values()].map(statusOf));
	expect(new Set(statuses)).toEqual(new Set([200]));
}, 120_000);

test("nothing of what a reporter says is in its log or its metrics", async () => {
	const marked = {
		addresses: "https://marked-address.example/posts/1",
		platformName: "marked-platform",
		accountName: "marked-account",
		seen: "marked-seen",
		text: "marked-text",
		contact: "marked-contact",
	};
	const { receipt } = await send(await openForm(), marked);
	expect(receipt).not.toBeNull();
	await statusOf(receipt ?? "");
	const metrics = await (await fetch(`${portal.url}/metrics`)).text();
	expect(metrics).toContain("breakwater_reports_received_total");
	const log = await readFile(portal.logFile, "utf8");
	expect(log).toContain("report-received");
	for (const words of [log, metrics]) {
		expect(words).not.toContain("marked-");
		expect(words).not.toContain(receipt ?? "");
	}
}, 60_000);

test("with the record away nothing is called received; the same form sent again, once it is back, is one report", async () => {
	const form = await openForm();
	const before = await countReports();
	door.shut();
	const refused = await send(form, { text: "một câu dài đã gõ" });
	expect(refused.status).toBe(503);
	expect(refused.receipt).toBeNull();
	expect(refused.page).toContain("Chưa chắc đã nhận được");
	expect(refused.page).toContain("một câu dài đã gõ</textarea>");
	expect(refused.page).toContain(form);
	door.open();
	await eventually(async () => (await send(form)).status === 201, { withinMs: 20_000 });
	expect(await countReports()).toBe(before + 1);
}, 60_000);

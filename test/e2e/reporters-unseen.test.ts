// Nothing that tells who reported leaves the reports' own tables: words are planted in a report of the public and in one over the API, both
// are gathered, decided and answered by all processes at once, and then everything is searched: logs, metrics, every other table of the
// record with the queue's jobs in it, acts, what webhooks receive, and what people with and without leave to answer reports see.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../services/adapters/postgres/stores.ts";
import { machine } from "../../services/core/acts/doer.ts";
import type { UserId } from "../../services/core/ids.ts";
import type { Role } from "../../services/core/people/user.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { decideBy } from "../support/decide-case.ts";
import { eventually } from "../support/eventually.ts";
import { receiptOn, visitPortal } from "../support/portal-visitor.ts";
import { type RoleProcess, startRoleProcess } from "../support/servers/start-role-process.ts";
import { createTestDatabase, openTestDatabase, type TestDatabase } from "../support/test-database.ts";

const password = "correct horse battery staple";
const place = "https://elsewhere.example/a-page";
const mark = "planted-word";
const patience = { withinMs: 60_000 };
const signed = { about: "own-picture", goodFaith: "yes", signature: `${mark} signature` };
const processes = ["intake", "takedown", "review", "portal"] as const;

let folder: string;
let database: TestDatabase;
let record: Awaited<ReturnType<typeof openTestDatabase>>;
let stores: Stores;
let system: RoleProcess;
let hook: Server;
const told: string[] = [];
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-unseen-"));
	await chmod(folder, 0o711);
	database = await createTestDatabase();
	system = await startRoleProcess(
		processes,
		{
			BREAKWATER_DATA_DIR: join(folder, "data"),
			BREAKWATER_DATABASE_URL: database.url,
			BREAKWATER_TRUSTED_PROXIES: "127.0.0.1",
			BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true",
			BREAKWATER_MODEL_BACKEND: "off",
			BREAKWATER_LOG_LEVEL: "debug",
		},
		folder,
	);
	record = await openTestDatabase(database.url);
	stores = createStores(record);
	hook = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += chunk;
		told.push(body);
		response.writeHead(204).end();
	}).listen(0, "127.0.0.1");
	await once(hook, "listening");
}, 120_000);
afterAll(async () => {
	hook?.close();
	await record?.[Symbol.asyncDispose]();
	await system?.stop();
	await database?.[Symbol.asyncDispose]();
	await rm(folder, { recursive: true, force: true });
});

async function addPerson(
	login: string,
	...roles: readonly Role[]
): Promise<{ id: UserId; read: (path: string) => Promise<Response> }> {
	const { id } = await stores.users.create({
		login,
		displayName: login,
		roles,
		passwordHash: await hashPassword(password),
	});
	const review = system.urlOf("review");
	const session = await fetch(`${review}/api/session`, {
		...{ method: "POST", headers: { "content-type": "application/json" } },
		body: JSON.stringify({ login, password }),
	});
	expect(session.status).toBeLessThan(300);
	const cookie = session.headers
		.getSetCookie()
		.map((one) => one.split(";", 1)[0])
		.join("; ");
	return { id, read: (path) => fetch(`${review}${path}`, { headers: { cookie } }) };
}

async function reportOverApi(): Promise<void> {
	const key = newKey("reporter", "hotline");
	const address = hook.address();
	const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`;
	const webhook = { url, secret: `whsec_${randomBytes(24).toString("base64")}` };
	const { id } = await stores.reporters.create({ name: "hotline", kind: "hotline", webhook }, machine);
	await stores.reporters.addKey(id, hashOfKey(key), machine);
	const notice = {
		...{ reference: "reference-1", about: "grooming", addresses: [place], goodFaith: true, isDangerNow: true },
		...{ why: `${mark} why`, user: `${mark} user`, seen: `${mark} seen` },
		signature: `${mark} signature`,
		contact: { name: `${mark} name`, email: `${mark}@mail.example` },
	};
	const answer = await fetch(`${system.urlOf("intake")}/v1/reports`, {
		...{ method: "POST", headers: { authorization: `Bearer ${key}`, "content-type": "application/json" } },
		body: JSON.stringify({ reports: [notice] }),
	});
	expect(answer.status).toBe(202);
}

/** Every row of every table, but for those that hold what reporters said. */
async function elsewhereInRecord(): Promise<string> {
	const own = ["reports", "report_addresses", "report_messages", "case_reports"];
	const tables = await record.rows(
		sql`SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
			WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name <> ALL (${own}::text[])`,
		z.object({ name: z.string() }),
	);
	const texts = await Promise.all(
		tables.map(({ name }) =>
			record.rows(sql`SELECT t::text AS row FROM ${sql.raw(name)} AS t`, z.object({ row: z.string() })),
		),
	);
	return texts.flatMap((rows) => rows.map(({ row }) => row)).join("\n");
}

test("what tells who reported is in no log, metric, job, act or webhook, and not on the case that people decide", async () => {
	const visitor = visitPortal(system.urlOf("portal"));
	const planted = {
		addresses: place,
		text: `${mark} text`,
		contact: `${mark} contact`,
		seen: `${mark} seen`,
		...signed,
	};
	const receipt = receiptOn(await visitor.report(planted));
	await visitor.post("/receipt/message", { receipt, message: `${mark} message` });
	await reportOverApi();
	const id = await eventually(async () => {
		const [found] = await stores.cases.list({ limit: 10, offset: 0 });
		expect(found?.reportCount).toBe(2);
		if (found === undefined) throw new Error("it is a case");
		return found.id;
	}, patience);
	const [lan, minh, an] = [
		await addPerson("lan", "reviewer"),
		await addPerson("minh", "lead"),
		await addPerson("an", "operator"),
	];
	await decideBy(stores, lan.id, id, { decision: "remove" });
	await decideBy(stores, minh.id, id, { decision: "remove" });
	await eventually(
		() => expect(told.map((body) => JSON.parse(body).status)).toEqual(["received", "answered"]),
		patience,
	);
	await eventually(
		async () => expect((await visitor.post("/receipt", { receipt })).page).toContain("Đã trả lời"),
		patience,
	);

	const theCase = await lan.read(`/api/cases/${id}`);
	expect(theCase.status).toBe(200);
	const seen = {
		log: await readFile(system.logFile, "utf8"),
		metrics: (
			await Promise.all(processes.map(async (role) => (await fetch(`${system.urlOf(role)}/metrics`)).text()))
		).join("\n"),
		record: await elsewhereInRecord(),
		acts: JSON.stringify(await stores.acts.list({ limit: 1_000 })),
		webhook: told.join("\n"),
		case: await theCase.text(),
		cases: await (await lan.read("/api/cases")).text(),
	};
	// Each of these would be found if it were there: the very same reports have left their traces.
	expect(seen.log).toContain("reports-gathered");
	expect(seen.metrics).toContain('breakwater_reports_received_total{source="hotline"');
	expect(seen.record).toContain(id);
	expect(seen.acts).toContain("case-reports-answered");
	expect(seen.webhook).toContain("reference-1");
	expect(seen.case).toContain(place);
	for (const [where, words] of Object.entries(seen)) {
		expect({ where, isTold: words.includes(mark) }).toEqual({ where, isTold: false });
		expect({ where, isShown: words.includes(receipt) }).toEqual({ where, isShown: false });
	}
	for (const where of ["log", "metrics", "acts", "webhook"] as const)
		expect(seen[where]).not.toContain("elsewhere.example");
	for (const path of ["/api/reports", `/api/cases/${id}`]) expect((await an.read(path)).status).toBe(403);
	expect(await (await an.read("/api/acts")).text()).not.toContain(mark);
}, 180_000);

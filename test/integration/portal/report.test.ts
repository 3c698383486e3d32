// The portal by plain HTML form posts, as a browser without scripts sends them, on a real database.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { type Database, openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { toReceipt } from "../../../services/core/reports/receipt.ts";
import { createPortalSecrets, openPortalSecret } from "../../../services/portal/secrets.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { filledIn, formToken, receiptOn, visitPortal } from "../../support/portal-visitor.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;
let portal = "";
let record: Database;
beforeAll(async () => {
	system = await startTestSystem({ roles: ["portal"], env: { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" } });
	portal = system.urlOf("portal");
	const { databaseUrl: url } = system.parts;
	record = await openDatabase({ url, maxConnections: 1, applicationName: "test", logger: silentLogger });
}, 60_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
	await system[Symbol.asyncDispose]();
});

const newPerson = () => visitPortal(portal);

const countReports = async () => (await record.rows(sql`SELECT id FROM reports`)).length;

describe("a report", () => {
	test.each(["/report", "/en/report"])("is sent by %s without scripts, and its receipt opens it", async (path) => {
		const person = newPerson();
		const sent = await person.report({}, path);
		expect(sent.status).toBe(201);
		const receipt = receiptOn(sent);
		const opened = await person.post(path.replace("report", "receipt"), { receipt: receipt.replace(/(.{4})/g, "$1-") });
		expect(opened.status).toBe(200);
		expect(opened.page).toContain("https://forum.example/posts/42");
		expect(opened.page).toContain('aria-current="step"');
	});

	test("sent twice from one form is one report with one receipt", async () => {
		const person = newPerson();
		const form = await person.openForm();
		const before = await countReports();
		const answers = await Promise.all([1, 2, 3].map(() => person.post("/report", { ...filledIn, form })));
		expect(new Set(answers.map(receiptOn)).size).toBe(1);
		expect(await countReports()).toBe(before + 1);
	});

	test("with something missing comes back as it was filled in, and says what", async () => {
		const person = newPerson();
		const answer = await person.report({ about: "", addresses: "", text: "Một câu <b>vô hại</b>" });
		expect(answer.status).toBe(400);
		expect(answer.page).toContain("Hãy chọn một việc.");
		expect(answer.page).toContain("Hãy cho biết ở đâu");
		expect(answer.page).toContain("Một câu &lt;b&gt;vô hại&lt;/b&gt;</textarea>");
	});

	test("that is signed has all that the law asks for with a signature, or says what is missing; unsigned it needs none of it", async () => {
		const signed = { signature: "Nguyễn <b>An</b>" };
		const half = await newPerson().report({ ...signed, about: "own-picture" });
		expect([half.status, half.page]).toEqual([400, expect.stringContaining("Bạn đã ký tên.")]);
		expect(half.page).toContain('value="Nguyễn &lt;b&gt;An&lt;/b&gt;"');
		expect(half.page).toContain("<details open>");
		const whole = { ...signed, about: "own-picture", contact: "an@mail.example", goodFaith: "yes" };
		expect((await newPerson().report(whole)).status).toBe(201);
		expect((await newPerson().report({ about: "own-picture" })).status).toBe(201);
	});

	test("says where by a platform and an account as well", async () => {
		const answer = await newPerson().report({ addresses: "", platformName: "Zalo", accountName: "someone" });
		expect(answer.status).toBe(201);
	});

	test("of a child in danger shows the numbers before anything else, and larger", async () => {
		const { page } = await newPerson().report({ danger: "yes" });
		expect(page.indexOf('class="danger loud"')).toBeGreaterThan(0);
		expect(page.indexOf("tel:111")).toBeLessThan(page.indexOf("<h1>"));
		expect(page.indexOf("tel:113")).toBeLessThan(page.indexOf("<h1>"));
	});

	test("with a form that we never gave is asked for again, and nothing typed is lost", async () => {
		const person = newPerson();
		const answer = await person.post("/report", { ...filledIn, form: "made.up", text: "một câu" });
		expect(answer.status).toBe(400);
		expect(answer.page).toContain("một câu</textarea>");
		const again = await person.post("/report", { ...filledIn, form: formToken(answer.page) });
		expect(again.status).toBe(201);
	});

	test("comes back where one network sends very many, and the other networks go on", async () => {
		const flooding = newPerson();
		const answers = [];
		for (let index = 0; index < 11; index += 1) answers.push(await flooding.report());
		expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
		const [refused] = answers.slice(-1);
		expect(refused?.status).toBe(429);
		expect(refused?.headers.get("retry-after")).toMatch(/^\d+$/);
		expect(refused?.page).toContain("https://forum.example/posts/42</textarea>");
		expect((await newPerson().report()).status).toBe(201);
	});
});

describe("a receipt", () => {
	test("that was never given is not found, and takes no less time than one that was", async () => {
		const person = newPerson();
		const receipt = receiptOn(await person.report());
		const begun = performance.now();
		const wrong = await person.post("/receipt", { receipt: toReceipt(123_456_789_012_345n) });
		expect(wrong.status).toBe(404);
		expect(performance.now() - begun).toBeGreaterThanOrEqual(249);
		const again = performance.now();
		expect((await person.post("/receipt", { receipt })).status).toBe(200);
		expect(performance.now() - again).toBeGreaterThanOrEqual(249);
	});

	test("can be tried ten times a minute from one network", async () => {
		const person = newPerson();
		const tries = await Promise.all(
			Array.from({ length: 12 }, (_, index) => person.post("/receipt", { receipt: toReceipt(BigInt(index)) })),
		);
		expect(tries.map(({ status }) => status).toSorted()).toEqual([...new Array(10).fill(404), 429, 429]);
	});

	test("with a typing mistake says so before anything is looked up", async () => {
		const person = newPerson();
		const receipt = receiptOn(await person.report());
		const wrong = `${receipt.slice(0, 15)}${(Number(receipt[15]) + 1) % 10}`;
		const answer = await person.post("/en/receipt", { receipt: wrong });
		expect(answer.status).toBe(400);
		expect(answer.page).toContain("A digit is wrong.");
	});

	test("lets its reporter write, add addresses and take the report back", async () => {
		const person = newPerson();
		const receipt = receiptOn(await person.report());
		const written = await person.post("/receipt/message", { receipt, message: "Tôi thấy lại hôm nay." });
		expect(written.page).toContain("Tôi thấy lại hôm nay.");
		const added = await person.post("/receipt/addresses", {
			receipt,
			addresses: "https://forum.example/posts/43\nhttps://forum.example/posts/42",
		});
		expect(added.page.match(/<li>https:\/\/forum\.example\/posts\/4[23]<\/li>/g)).toHaveLength(2);
		const withdrawn = await person.post("/receipt/withdraw", { receipt });
		expect(withdrawn.page).toContain("Bạn đã rút tin này.");
		expect(withdrawn.page).not.toContain("<textarea");
		const late = await person.post("/receipt/message", { receipt, message: "nữa" });
		expect(late.page).toContain("Tin này đã rút");
	});

	test("from before receipts were hashed as now still opens its report", async () => {
		const person = newPerson();
		const receipt = receiptOn(await person.report());
		const secrets = createPortalSecrets(await openPortalSecret(null, system.parts.config.dataDir));
		const [now, before] = [secrets.hashReceipt(receipt), await secrets.formerHash(receipt)];
		await record.rows(
			sql`UPDATE reports SET receipt_hash = ${Buffer.from(before)} WHERE receipt_hash = ${Buffer.from(now)}`,
		);
		expect((await person.post("/receipt", { receipt })).status).toBe(200);
	});

	test("is kept as a hash only, which the digits alone do not make", async () => {
		const receipt = receiptOn(await newPerson().report());
		const rows = await record.rows(sql`SELECT row_to_json(reports)::text AS report FROM reports`);
		const plain = [receipt, createHash("sha256").update(receipt).digest("hex")];
		for (const text of plain) expect(JSON.stringify(rows)).not.toContain(text);
	});
});

describe("pages", () => {
	test("load nothing from elsewhere, set no cookie, and weigh under 50 KB", async () => {
		const person = newPerson();
		for (const path of [
			"/",
			"/report",
			"/receipt",
			"/help",
			"/help/children",
			"/en",
			"/en/report",
			"/en/help/teachers",
		]) {
			const { page, headers, status } = await person.read(path);
			expect(status).toBe(200);
			expect(headers.get("set-cookie")).toBeNull();
			expect(headers.get("content-security-policy")).toContain("default-src 'none'");
			expect(
				[...page.matchAll(/(?:src|href)="([^"]*)"/g)]
					.map(([, to]) => to)
					.filter((to) => /^(https?:)?\/\//.test(to ?? "")),
			).toEqual([]);
			const assets = await Promise.all(["/assets/portal.css", "/assets/portal.js"].map((asset) => person.read(asset)));
			expect(assets.map((asset) => asset.status)).toEqual([200, 200]);
			const bytes = [page, ...assets.map((asset) => asset.page)].reduce(
				(sum, text) => sum + Buffer.byteLength(text),
				0,
			);
			expect(bytes).toBeLessThan(50_000);
		}
	});

	test("that do not exist say so in the language of their address", async () => {
		const person = newPerson();
		expect((await person.read("/en/nowhere")).page).toContain("There is no such page.");
		expect((await person.read("/nowhere")).status).toBe(404);
	});
});

// Accounts and tenants over their life: passwords, roles, keys, webhooks.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { verify } from "@node-rs/argon2";
import { Webhook } from "standardwebhooks";
import { openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";

let line: CommandLine;
let database: Awaited<ReturnType<typeof openDatabase>>;
let stores: Stores;
beforeAll(async () => {
	line = await openCommandLine({ BREAKWATER_WEBHOOK_PRIVATE_ADDRESSES: "true" });
	await line.breakwater("migrate");
	const options = { url: line.databaseUrl, maxConnections: 2, applicationName: "test", logger: silentLogger };
	database = await openDatabase(options);
	stores = createStores(database);
}, 180_000);
afterAll(async () => {
	await database[Symbol.asyncDispose]();
	await line[Symbol.asyncDispose]();
});

const json = async (...args: readonly string[]) => JSON.parse((await line.breakwater("--json", ...args)).out);

test("a person's password and roles are changed at once, and a new password ends their sessions", async () => {
	const added = await json("user", "add", "an", "--role", "reviewer");
	const now = new Date();
	const session = {
		userId: added.id,
		now,
		expiresAt: new Date(now.getTime() + 60_000),
		endsAt: new Date(now.getTime() + 60_000),
	};
	const tokenHash = createHash("sha256").update("a token").digest();
	await stores.users.openSession({ ...session, tokenHash });
	const isOpen = async () => (await stores.users.useSession(tokenHash, now, null)) !== null;
	const opens = async (password: string) =>
		verify((await stores.users.findForLogin("an"))?.passwordHash ?? "", password);

	await line.breakwater("user", "role", "An", "lead", "operator");
	expect((await stores.users.findForLogin("an"))?.user.roles).toEqual(["lead", "operator"]);
	expect(await isOpen()).toBe(true);

	const { password } = await json("user", "password", "an");
	expect([await opens(added.password), await opens(password), await isOpen()]).toEqual([false, true, false]);

	const typed = await line.typing("correct horse battery staple\n", "user", "password", "an", "--password-stdin");
	expect(typed).toMatchObject({ code: 0, out: "an has a new password\n" });
	expect(await opens("correct horse battery staple")).toBe(true);
	const short = await line.typing("short", "user", "password", "an", "--password-stdin");
	expect(short).toMatchObject({ code: 2, err: "breakwater: a password has at least 12 characters\n" });

	await line.breakwater("user", "disable", "an");
	expect((await line.breakwater("user", "list")).out).toMatch(/^an +an +lead, operator +disabled$/m);
}, 180_000);

test("a platform's webhook is set, tested, and taken away; a disabled platform's keys open nothing", async () => {
	const received: { readonly headers: Record<string, string>; readonly body: string }[] = [];
	const server = createServer(async (request, response) => {
		let body = "";
		for await (const chunk of request) body += chunk;
		const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
		received.push({ headers: Object.fromEntries(headers), body });
		response.writeHead(received.length === 1 ? 204 : 410).end();
	}).listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/orders`;

	const { apiKey } = await json("platform", "add", "forum", "--source", "//forum.example");
	expect(await line.breakwater("platform", "test", "forum")).toMatchObject({
		code: 1,
		err: "breakwater: forum has no webhook; its orders go to the topic only\n",
	});
	const { webhookSecret } = await json("platform", "set-webhook", "forum", url);
	expect(webhookSecret).toMatch(/^whsec_/);
	const took = await line.breakwater("platform", "test", "forum");
	expect(took).toMatchObject({ code: 0, out: "forum took the message: status 204\n" });
	const [message] = received;
	expect(new Webhook(webhookSecret).verify(message?.body ?? "", message?.headers ?? {})).toMatchObject({
		type: "breakwater.test.v1",
	});
	const refused = await line.breakwater("platform", "test", "forum");
	expect(refused).toMatchObject({ code: 1, out: "forum did not take the message: status-410\n" });
	server.close();

	// The same secret, unless a new one is asked for.
	const moved = await json("platform", "set-webhook", "forum", "https://forum.example/elsewhere");
	expect(moved).toEqual({ name: "forum", webhookUrl: "https://forum.example/elsewhere", webhookSecret: null });
	const renewed = await json("platform", "set-webhook", "forum", "https://forum.example/elsewhere", "--new-secret");
	expect(renewed.webhookSecret).not.toBe(webhookSecret);
	expect((await line.breakwater("platform", "set-webhook", "forum")).err).toMatch(/name a URL, or --none/);
	await line.breakwater("platform", "set-webhook", "forum", "--none");
	expect((await stores.platforms.findBySource("//forum.example"))?.webhook).toBeNull();

	const holder = () => stores.platforms.findByKeyHash(createHash("sha256").update(apiKey).digest());
	await line.breakwater("platform", "disable", "forum");
	expect(await holder()).toBeNull();
	await line.breakwater("platform", "enable", "forum");
	expect(await holder()).toMatchObject({ name: "forum" });
	await line.breakwater("platform", "rotate-key", "forum");
	expect(await holder()).toBeNull();
}, 120_000);

test("where a platform shows its content is set and taken away, and what is no template is refused with the reason", async () => {
	await json("platform", "add", "pages", "--source", "//pages.example");
	const shown = await line.breakwater("platform", "set-addresses", "pages", "https://pages.example/p/{item}");
	expect(shown.out).toContain("https://pages.example/p/{item}");
	const find = async () => {
		const all: { name: string; addressTemplates: string[] }[] = await json("platform", "list");
		return all.find(({ name }) => name === "pages")?.addressTemplates;
	};
	expect(await find()).toEqual(["https://pages.example/p/{item}"]);
	const refused = await line.breakwater("platform", "set-addresses", "pages", "https://pages.example/p/1");
	expect(refused).toMatchObject({ code: 2, err: expect.stringContaining("{item} must stand") });
	expect((await line.breakwater("platform", "set-addresses", "pages")).code).toBe(2);
	await json("platform", "set-addresses", "pages", "--none");
	expect(await find()).toEqual([]);
	expect((await line.breakwater("platform", "set-addresses", "pagse", "--none")).err).toContain("no platform pagse");
}, 60_000);

test("a reporter's key and secret are shown once; it is listed with how often it was right, rotated, disabled and enabled", async () => {
	const args = ["reporter", "add", "hotline-111", "--kind", "hotline", "--webhook", "https://hotline.example/told"];
	const added = await json(...args);
	expect(added.apiKey).toMatch(/^bwr_hotline-111_[\w-]{43}$/);
	expect(added.webhookSecret).toMatch(/^whsec_/);
	const holder = (key: string) => stores.reporters.findByKeyHash(createHash("sha256").update(key).digest());
	expect(await holder(added.apiKey)).toMatchObject({ name: "hotline-111", kind: "hotline" });
	const listed = await line.breakwater("reporter", "list");
	expect(listed.out).toMatch(/hotline-111 +hotline +0 of 0 +not known/);
	expect(listed.out).not.toContain(added.webhookSecret);
	const { apiKey } = await json("reporter", "rotate-key", "hotline-111");
	expect([await holder(added.apiKey), (await holder(apiKey))?.name]).toEqual([null, "hotline-111"]);
	// With an overlap both open, so that whoever holds the former one can put the new one in place.
	const overlapping = await json("reporter", "rotate-key", "hotline-111", "--overlap", "24");
	expect(Date.parse(overlapping.formerUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
	expect((await holder(apiKey))?.name).toBe("hotline-111");
	const last = await json("reporter", "rotate-key", "hotline-111");
	for (const former of [apiKey, overlapping.apiKey]) expect(await holder(former)).toBeNull();
	await line.breakwater("reporter", "disable", "hotline-111");
	expect(await holder(last.apiKey)).toBeNull();
	await line.breakwater("reporter", "enable", "hotline-111");
	expect((await holder(last.apiKey))?.isEnabled).toBe(true);
	expect(await line.breakwater(...args)).toMatchObject({ code: 1, err: expect.stringContaining("has that name") });
	const wrong = await line.breakwater("reporter", "add", "x", "--kind", "friend");
	expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("--kind is one of") });
	const acts = await stores.acts.list({ on: { kind: "reporter" }, limit: 20 });
	expect(acts.map(({ what }) => what).toSorted()).toEqual([
		...["reporter-added", "reporter-disabled", "reporter-enabled"],
		...Array.from({ length: 4 }, () => "reporter-key-added"),
		...Array.from({ length: 3 }, () => "reporter-keys-revoked"),
	]);
}, 120_000);

// Who may do what over the review API: login, sessions, CSRF, roles. The record is a real PostgreSQL; cases are in cases.test.ts.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { unattendedHeader } from "../../../services/core/wire/review-api.ts";
import {
	openReview,
	type Person,
	password,
	type ReviewFixture,
	sessionIdleMs,
	sessionMaxMs,
} from "./review-fixture.ts";

let review: ReviewFixture;
beforeAll(async () => {
	review = await openReview();
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const logIn = (body: object, headers: Readonly<Record<string, string>> = {}) =>
	review.send("POST", "/api/session", { body, headers });

describe("logging in", () => {
	it("answers who it is, what they may do, and a CSRF token, and sets a cookie that scripts and other sites cannot use", async () => {
		const login = await review.addUser(["reviewer"]);
		const answer = await logIn({ login, password });
		expect(answer.status).toBe(201);
		expect(answer.json).toMatchObject({
			user: { login, roles: ["reviewer"] },
			permissions: [
				"case:read",
				"case:decide",
				"case:reveal",
				"policy:read",
				"report:answer",
				"request:enter",
				"status:read",
			],
			exposure: { views: 0, seconds: 0 },
		});
		expect(String(answer.headers["set-cookie"])).toMatch(
			/^breakwater=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Strict$/,
		);
		expect(answer.headers["cache-control"]).toBe("no-store");
	});

	it("is no fault of the server's where the login, or what is searched, holds a NUL", async () => {
		const login = await review.addUser(["reviewer"]);
		expect((await logIn({ login: `${login}\0`, password })).status).toBe(422);
		const session = await review.logIn(login);
		const answer = await session.get("/api/cases?search=a%00");
		expect([answer.status, answer.json.code]).toEqual([422, "rule-broken"]);
	});

	it("does not care how the login is capitalized or padded", async () => {
		const login = await review.addUser(["reviewer"]);
		expect((await logIn({ login: ` ${login.toUpperCase()} `, password })).status).toBe(201);
	});

	it("answers an unknown login, a wrong password and a disabled account with the same words", async () => {
		const [wrong, disabled] = [await review.addUser(["reviewer"]), await review.addUser(["reviewer"])];
		const found = await review.stores.users.findForLogin(disabled);
		if (found !== null) await review.stores.users.setDisabled(found.user.id, true);
		const answers = await Promise.all([
			logIn({ login: "nobody-of-this-name", password }),
			logIn({ login: wrong, password: "not the password" }),
			logIn({ login: disabled, password }),
		]);
		for (const { status, json, headers } of answers) {
			expect([status, json.code, json.detail]).toEqual([401, "bad-login", undefined]);
			expect(headers["set-cookie"]).toBeUndefined();
		}
	});

	it("is refused for a while after many tries at one login, whether or not the password is right", async () => {
		const login = await review.addUser(["reviewer"]);
		for (let attempt = 0; attempt < 10; attempt += 1) await logIn({ login, password: "guess" });
		const answer = await logIn({ login, password });
		expect([answer.status, answer.json.code]).toEqual([429, "rate-limited"]);
		expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
	});

	it("is refused from a page of another site", async () => {
		const login = await review.addUser(["reviewer"]);
		const answer = await logIn({ login, password }, { "sec-fetch-site": "cross-site" });
		expect([answer.status, answer.json.code]).toEqual([403, "forbidden"]);
	});

	it.each([
		["a body without a password", { login: "someone" }, 400, "malformed-request"],
		["a login longer than any", { login: "x".repeat(129), password }, 400, "malformed-request"],
		["a body over the limit", { login: "someone", password: "x".repeat(70_000) }, 413, "content-too-large"],
	])("answers %s with a problem document", async (_name, body, status, code) => {
		const answer = await logIn(body);
		expect([answer.status, answer.json.code]).toEqual([status, code]);
	});

	it("answers a body that is not JSON, or not called JSON, with a problem document", async () => {
		const broken = await review.send("POST", "/api/session", { body: '{"login":' });
		expect([broken.status, broken.json.code]).toEqual([400, "malformed-json"]);
		const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "login=a" };
		expect((await review.send("POST", "/api/session", form)).json.code).toBe("unsupported-media-type");
	});
});

describe("a session", () => {
	it("is needed for everything but logging in", async () => {
		for (const url of ["/api/session", "/api/lanes", "/api/cases", "/api/now", "/api/dead-letters", "/api/events"]) {
			const answer = await review.send("GET", url);
			expect([url, answer.status, answer.json.code]).toEqual([url, 401, "unauthenticated"]);
		}
	});

	it("is not opened by a made-up cookie", async () => {
		const answer = await review.send("GET", "/api/session", { cookie: `breakwater=${"A".repeat(43)}` });
		expect(answer.status).toBe(401);
	});

	it("ends with logging out, at once and for good", async () => {
		const person = await review.newPerson("reviewer");
		expect((await person.delete("/api/session")).status).toBe(204);
		expect((await person.get("/api/session")).status).toBe(401);
	});

	it("ends when the account is disabled", async () => {
		const person = await review.newPerson("reviewer");
		const found = await review.stores.users.findForLogin(person.login);
		if (found !== null) await review.stores.users.setDisabled(found.user.id, true);
		expect((await person.get("/api/session")).status).toBe(401);
	});

	it("ends after half an hour without use; use moves the limit", async () => {
		const person = await review.newPerson("reviewer");
		review.pass(sessionIdleMs - 1);
		expect((await person.get("/api/session")).status).toBe(200);
		review.pass(sessionIdleMs - 1);
		expect((await person.get("/api/session")).status).toBe(200);
		review.pass(sessionIdleMs);
		expect((await person.get("/api/session")).status).toBe(401);
	});

	it("is not kept alive by what a page does by itself", async () => {
		const person = await review.newPerson("reviewer");
		review.pass(sessionIdleMs - 1);
		await person.post("/api/cases/019ab000-0000-7000-8000-000000000000/heartbeat", { fence: 1 });
		review.pass(1);
		expect((await person.get("/api/session")).status).toBe(401);
	});

	it.each(["/api/breakers", "/api/platforms/behind", "/api/cases"])(
		"is not kept alive by %s, read while nobody touches the page",
		async (url) => {
			const person = await review.newPerson("reviewer");
			review.pass(sessionIdleMs - 1);
			const headers = { [unattendedHeader]: "1" };
			expect((await review.send("GET", url, { cookie: person.cookie, headers })).status).toBe(200);
			review.pass(1);
			expect((await person.get("/api/session")).status).toBe(401);
		},
	);

	it("ends after eight hours, however often it is used", async () => {
		const person = await review.newPerson("reviewer");
		for (let passed = 0; passed + sessionIdleMs / 2 < sessionMaxMs; passed += sessionIdleMs / 2) {
			expect((await person.get("/api/session")).status).toBe(200);
			review.pass(sessionIdleMs / 2);
		}
		review.pass(sessionIdleMs / 2);
		expect((await person.get("/api/session")).status).toBe(401);
	});
});

describe("a request that changes something", () => {
	it.each([
		["without the CSRF token", undefined],
		["with another session's CSRF token", "A".repeat(43)],
	])("is refused %s", async (_name, csrfToken) => {
		const { cookie } = await review.newPerson("reviewer");
		const options = csrfToken === undefined ? { cookie } : { cookie, csrfToken };
		const answer = await review.send("POST", "/api/cases/next", options);
		expect([answer.status, answer.json.code]).toEqual([403, "forbidden"]);
	});
});

describe("roles", () => {
	const someCase = "/api/cases/019ab000-0000-7000-8000-000000000000";
	const reveal = { itemId: "019ab000-0000-7000-8000-000000000000", level: 2, fence: 1 };
	const why = { ids: ["019ab000-0000-7000-8000-000000000000"], why: "not needed" };

	it.each([
		["operator", "GET", "/api/cases", undefined],
		["operator", "GET", someCase, undefined],
		["operator", "POST", "/api/cases/next", undefined],
		["operator", "POST", `${someCase}/decide`, { fence: 1, decision: "remove", reason: "because" }],
		["operator", "POST", `${someCase}/reveals`, reveal],
		["operator", "GET", `/api/media/${"A".repeat(43)}`, undefined],
		["reviewer", "GET", "/api/dead-letters", undefined],
		["reviewer", "POST", "/api/dead-letters/replay", why],
		["lead", "POST", "/api/dead-letters/discard", why],
		["lead", "POST", "/api/orders/replay", { ids: why.ids }],
	] as const)("%s may not %s %s", async (role, method, url, body) => {
		const person = await review.newPerson(role);
		const answer = method === "GET" ? await person.get(url) : await person.post(url, body);
		expect([answer.status, answer.json.code]).toEqual([403, "forbidden"]);
	});

	it("show each person no more of how things stand than they may see", async () => {
		const [reviewer, lead, operator] = await Promise.all(
			(["reviewer", "lead", "operator"] as const).map(async (role) => (await review.newPerson(role)).get("/api/now")),
		);
		expect(reviewer?.json).toMatchObject({ banks: null, deadLetters: null, outstandingOrders: null });
		expect(lead?.json).toMatchObject({ banks: [], deadLetters: [], outstandingOrders: 0 });
		expect(operator?.json).toMatchObject({ banks: [], deadLetters: [], outstandingOrders: 0 });
	});
});

describe("changing one's own password", () => {
	const next = "a longer sentence than before";
	const change = ({ cookie, csrfToken }: Person, former: string, newPassword: string) =>
		review.send("PUT", "/api/session/password", { cookie, csrfToken, body: { password: former, newPassword } });

	it("takes the former one, ends the person's other sessions, and leaves this one", async () => {
		const login = await review.addUser(["reviewer"]);
		const [here, elsewhere] = [await review.logIn(login), await review.logIn(login)];
		expect((await change(here, "not the password", next)).json.code).toBe("bad-login");
		expect((await change(here, password, "short")).json).toMatchObject({
			code: "weak-password",
			reasons: [{ code: "password-too-short", fewestCharacters: 12 }],
			detail: "a password has at least 12 characters",
		});
		expect((await change(here, password, next)).status).toBe(204);
		expect((await here.get("/api/session")).status).toBe(200);
		expect((await elsewhere.get("/api/session")).status).toBe(401);
		expect((await logIn({ login, password })).status).toBe(401);
		expect((await logIn({ login, password: next })).status).toBe(201);
	});

	it("comes before everything else where somebody else chose the password", async () => {
		const login = await review.addUser(["reviewer"]);
		const found = await review.stores.users.findForLogin(login);
		if (found === null) throw new Error("a user");
		await review.stores.users.setPassword(found.user.id, found.passwordHash, { isPasswordFirst: true });
		const session = await review.logIn(login);
		expect((await session.get("/api/session")).json).toMatchObject({ mustChangePassword: true, permissions: [] });
		for (const path of ["/api/cases", "/api/now", "/api/events", "/api/lanes"]) {
			const { status, json } = await session.get(path);
			expect([path, status, json.code]).toEqual([path, 403, "password-due"]);
		}
		expect((await change(session, password, password)).json.code).toBe("weak-password");
		expect((await change(session, password, `${login} 123456`)).json.code).toBe("weak-password");
		expect((await change(session, password, next)).status).toBe(204);
		expect((await session.get("/api/session")).json.mustChangePassword).toBe(false);
		expect((await session.get("/api/cases")).status).toBe(200);
	});

	it("cannot be tried without end from an unlocked screen", async () => {
		const session = await review.logIn(await review.addUser(["reviewer"]));
		const answers: number[] = [];
		for (let attempt = 0; attempt < 11; attempt += 1) answers.push((await change(session, "guess", next)).status);
		expect(answers.slice(-2)).toEqual([401, 429]);
	});
});

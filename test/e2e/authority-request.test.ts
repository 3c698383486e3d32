// The whole way of an authority's urgent request: asked over HTTP, on top of the queue once it is answered, its deadline counted from the receipt
// across a restart with the machine's clock set back; two people remove, the platform acknowledges, the clock stops, the authority sees it.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { hashPassword } from "../../services/adapters/argon2/password-hasher.ts";
import { named } from "../../services/core/acts/doer.ts";
import type { AuthorityRequestAnswer } from "../../services/core/wire/authority-api.ts";
import { openParts } from "../../services/parts/parts.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { createClosing } from "../../services/runtime/closing.ts";
import { silentLogger } from "../../services/runtime/logger.ts";
import { composeRoles } from "../../services/standalone/compose.ts";
import { appOf, hiddenOn, visitAsAuthority } from "../support/authority-visitor.ts";
import { eventually } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const hourMs = 3_600_000;
const password = "seven quiet lamps in a row";
let system: TestSystem;
let key = "";
beforeAll(async () => {
	system = await startTestSystem({ roles: [] });
	const { authorities, platforms, users } = system.parts.stores;
	key = newKey("authority", "ministry");
	const laws = ["VN-CSL25", "VN-CSL25-DATA"];
	const ministry = { name: "ministry", jurisdiction: "VN", laws };
	await authorities.add(ministry, hashOfKey(key), named("test"));
	await platforms.setAddresses(system.platform.id, ["https://forum.example/posts/{item}"]);
	for (const login of ["an", "binh"]) {
		const roles = ["reviewer"] as const;
		await users.create({ login, displayName: login, roles: [...roles], passwordHash: await hashPassword(password) });
	}
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

/** Processes on the system's record, on a machine whose clock is off by so much. */
async function startOn(offsetMs: number) {
	const closing = createClosing();
	const clock = { now: () => Date.now() + offsetMs };
	const parts = closing.keep(await openParts(system.parts.config, "test", { logger: silentLogger, clock }));
	const roles = await composeRoles(parts, ["takedown", "review", "portal"], {});
	for (const role of Object.values(roles)) {
		closing.keep(role);
		await role.start(new AbortController().signal);
	}
	const urlOf = (role: "review" | "portal") => roles[role]?.url() ?? "";
	return { urlOf, clock, [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose]() };
}
type Machine = Awaited<ReturnType<typeof startOn>>;

async function ask(
	on: Machine,
	body: object,
): Promise<{ readonly status: number; readonly json: AuthorityRequestAnswer }> {
	const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
	const url = `${on.urlOf("portal")}/v1/authority-requests`;
	const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
	return { status: answer.status, json: JSON.parse(await answer.text()) };
}

async function look(on: Machine, id: string): Promise<AuthorityRequestAnswer> {
	const url = `${on.urlOf("portal")}/v1/authority-requests/${id}`;
	const answer = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
	expect(answer.status).toBe(200);
	return JSON.parse(await answer.text());
}

async function logIn(on: Machine, login: string) {
	const base = on.urlOf("review");
	const json = { "content-type": "application/json" };
	const session = await fetch(`${base}/api/session`, {
		...{ method: "POST", headers: json, body: JSON.stringify({ login, password }) },
	});
	const cookie = session.headers.getSetCookie()[0]?.split(";")[0] ?? "";
	const { csrfToken } = JSON.parse(await session.text());
	return async (method: string, path: string, body?: object) => {
		const headers = { ...json, cookie, "x-breakwater-csrf": csrfToken };
		const answer = await fetch(`${base}${path}`, {
			...{ method, headers },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return { status: answer.status, json: answer.status === 204 ? null : JSON.parse(await answer.text()) };
	};
}
type Person = Awaited<ReturnType<typeof logIn>>;

/** Logs in at the portal for the ministry: first the account is secured, then the code of the app opens it. */
async function enterPortal(on: Machine, login: string) {
	const { authorities, authorityAccounts } = system.parts.stores;
	const ministry = (await authorities.list()).find(({ name }) => name === "ministry");
	if (ministry === undefined) throw new Error("there is no ministry");
	const passwordHash = await hashPassword(`first ${password}`);
	await authorityAccounts.add({ authority: ministry.id, login, passwordHash }, named("test"));
	const visitor = visitAsAuthority(on.urlOf("portal"));
	const begun = await visitor.logIn(login, `first ${password}`);
	const code = appOf(begun.page);
	const chosen = { password: `first ${password}`, newPassword: password, secret: hiddenOn(begun.page, "secret") };
	await visitor.postForm("/authority/set-up", { ...chosen, code: code(on.clock.now()) });
	const again = visitAsAuthority(on.urlOf("portal"));
	// The code of the next half minute is taken, too: clocks of phones differ.
	expect((await again.logIn(login, password, code(on.clock.now() + 30_000))).path).toBe("/authority");
	return again;
}

/** Takes the next case and removes what it holds. */
async function removeNext(person: Person, caseId: string): Promise<void> {
	const next = await person("POST", "/api/cases/next", {});
	expect(next.json.case.id).toBe(caseId);
	const { fence } = next.json.case.claim;
	const decided = { fence, decision: "remove", reason: "as the ministry asks" };
	expect((await person("POST", `/api/cases/${caseId}/decide`, decided)).status).toBe(200);
}

const request = {
	...{ reference: "CV-2026/118", asks: "removal", legalBasis: "Law on Cybersecurity 116/2025/QH15" },
	urgentReason: "a child is in danger",
	document: { name: "CV-2026-118.pdf", mediaType: "application/pdf", base64: Buffer.from("signed").toString("base64") },
};

test("an urgent request is on top of the queue, counts from its receipt, and ends when the platform has removed", async () => {
	const { verdicts, clocks } = system.parts.stores;
	const live = newItem(system.platform.id, system.platform.source, {
		...{ subject: "118", kind: "post", hashes: null },
		verdict: newVerdict({ tier: "none", action: "none", urgency: 0 }),
	});
	// Known material waits, too: what an authority says is urgent stands above it.
	await verdicts.record([live, newItem(system.platform.id, system.platform.source)]);

	const body = { ...request, addresses: ["https://www.forum.example/posts/118/"] };
	let received = "";
	let id = "";
	let caseId = "";
	{
		await using before = await startOn(0);
		const an = await logIn(before, "an");
		const asked = await ask(before, body);
		expect(asked.status).toBe(201);
		({ id, receivedAt: received } = asked.json);
		expect(asked.json).toMatchObject({
			...{ asks: "removal", hasDocument: true, workedOnBy: null, history: [{ what: "received" }] },
			places: [{ address: body.addresses[0], state: "live", isRemovalAcknowledged: false }],
			deadlines: [
				{ law: "VN-CSL25", state: "running", dueAt: new Date(Date.parse(received) + 6 * hourMs).toISOString() },
			],
		});
		// Whoever looks next sees it: there is nothing to wait for.
		const queue = await an("GET", "/api/cases");
		const [top] = queue.json.cases;
		expect(top).toMatchObject({ urgency: 100, dueAt: asked.json.deadlines[0]?.dueAt });
		caseId = top.id;
		const due = await an("GET", "/api/clocks?withinHours=24");
		expect(due.json.clocks).toMatchObject([
			{ caseId, cause: "authority-request", urgentReason: "a child is in danger" },
		]);
		// Sent once more: the same request, and no second deadline.
		const again = await ask(before, body);
		expect([again.status, again.json.id, again.json.receivedAt]).toEqual([200, id, received]);
		expect(again.json.deadlines).toHaveLength(1);
		// Something else under the same reference is refused, by the name of the problem, and starts nothing.
		const other = await ask(before, { ...body, note: "and another page" });
		expect([other.status, other.json]).toMatchObject([409, { code: "reference-taken" }]);
		expect((await an("GET", "/api/clocks?withinHours=24")).json.clocks).toHaveLength(1);
	}

	// As far as a platform lets the time of what it is sent be wrong.
	await using after = await startOn(-4 * 60_000);
	const still = await look(after, id);
	expect([still.receivedAt, still.deadlines[0]?.dueAt]).toEqual([
		received,
		new Date(Date.parse(received) + 6 * hourMs).toISOString(),
	]);
	const [an, binh] = [await logIn(after, "an"), await logIn(after, "binh")];
	await removeNext(an, caseId);
	expect((await look(after, id)).deadlines[0]?.state).toBe("running");
	await removeNext(binh, caseId);
	await eventually(async () => expect((await look(after, id)).deadlines[0]?.state).toBe("kept"), { withinMs: 20_000 });
	const done = await look(after, id);
	expect(done.places).toMatchObject([{ state: "removed", isRemovalAcknowledged: true }]);
	expect(done.history.map(({ what }) => what)).toEqual(
		expect.arrayContaining(["received", "taken", "decided-remove", "ordered", "acknowledged"]),
	);
	// The affected user is told by whom it was looked into; no machine found anything.
	expect([...system.sample.orders.values()].map(({ order }) => order.statement)).toContainEqual(
		expect.objectContaining({
			...{ restriction: "removed", facts: ["assessment"], promptedBy: ["authority"] },
			automated: { detection: false, decision: false },
		}),
	);
	expect(done.answers).toMatchObject([
		{ outcome: "removed", templateRevision: 1, text: { en: expect.stringContaining("Your request CV-2026/118 of") } },
	]);
	// On its page the authority sees the same, once it has logged in with its second factor.
	const visitor = await enterPortal(after, "lan.of.ministry");
	const { page } = await visitor.read(`/en/authority/requests/${id}`);
	for (const says of [
		"VN-CSL25",
		"was kept",
		"removed by us",
		"the platform has acknowledged it",
		"decided: remove",
		"decided to remove. The platform",
	])
		expect(page).toContain(says);
	// Nobody's name.
	expect(page).not.toMatch(/\ban\b|binh/);
	expect(JSON.stringify(done)).not.toMatch(/"an"|binh/);
	const [kept] = await clocks.list({ cause: { kind: "authority-request", id }, limit: 1 });
	expect(kept?.clock.ended).toEqual({ atMs: Date.parse(received), how: "done" });
	const [act] = await system.parts.stores.acts.list({ what: "clock-ended", limit: 1 });
	expect(act).toMatchObject({ on: { kind: "clock", id: kept?.id }, details: { outcome: "kept", lateByMs: null } });
}, 90_000);

test("a request that an authority files on the page, with a second factor, is on top of the queue at once", async () => {
	await using machine = await startOn(0);
	const visitor = await enterPortal(machine, "minh.of.ministry");
	const filled = { reference: "CV-2026/120", asks: "removal", legalBasis: request.legalBasis, note: "" };
	const shown = await visitor.postForm("/authority/ask", {
		...{ ...filled, addresses: "https://elsewhere.example/120", urgentReason: "a child is in danger" },
	});
	expect([shown.status, shown.page]).toEqual([200, expect.stringContaining("VN-CSL25")]);
	const an = await logIn(machine, "an");
	const [top] = (await an("GET", "/api/cases")).json.cases;
	expect(top).toMatchObject({ urgency: 100 });
	const detail = (await an("GET", `/api/cases/${top.id}`)).json;
	expect(detail.requests).toMatchObject([{ reference: "CV-2026/120", authority: "ministry" }]);
}, 60_000);

test("what leads to nothing that we hold is a case all the same, and other authorities' requests are nobody's business", async () => {
	await using machine = await startOn(0);
	const asked = await ask(machine, {
		...{ ...request, reference: "CV-2026/119", addresses: ["https://elsewhere.example/a", "zalo 0900 000 000"] },
		document: undefined,
	});
	expect(asked.status).toBe(201);
	expect(asked.json.places.map(({ state }) => state)).toEqual([null, null]);
	const an = await logIn(machine, "an");
	const { cases } = (await an("GET", "/api/cases")).json;
	const ofIt = cases.filter(
		({ urgency, dueAt }: { urgency: number; dueAt: string }) =>
			urgency === 100 && dueAt === asked.json.deadlines[0]?.dueAt,
	);
	expect(ofIt).toHaveLength(2);
	const stranger = await fetch(`${machine.urlOf("portal")}/v1/authority-requests/${asked.json.id}`);
	expect(stranger.status).toBe(401);
	const { authorities } = system.parts.stores;
	const other = newKey("authority", "other");
	const police = { name: "other", jurisdiction: "VN", laws: ["VN-147-AUTH"] };
	await authorities.add(police, hashOfKey(other), named("test"));
	const url = `${machine.urlOf("portal")}/v1/authority-requests/${asked.json.id}`;
	expect((await fetch(url, { headers: { authorization: `Bearer ${other}` } })).status).toBe(404);
	await authorities.setEnabled("other", false, named("test"));
	expect((await fetch(url, { headers: { authorization: `Bearer ${other}` } })).status).toBe(401);
}, 60_000);

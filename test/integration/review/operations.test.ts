// What operators see and mend over the review API: dead letters, undelivered orders, how things stand. Real PostgreSQL; the stream
// is a list of what was published.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { machine } from "../../../services/core/acts/doer.ts";
import { breakerKinds } from "../../../services/core/policy/breaker.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { digest, newBank } from "../../support/bank-fixtures.ts";
import { newVerdict } from "../../support/examined-items.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let operator: Person;
beforeAll(async () => {
	review = await openReview();
	operator = await review.newPerson("operator");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const content = "the words of a post";
async function park(): Promise<string> {
	const offset = String(Math.floor(Math.random() * 1e9));
	await review.stores.deadLetters.park([
		{
			reason: "malformed-event",
			faults: [{ code: "field-refused", field: "data.surface", rule: "invalid_value" }],
			topic: topics.posts,
			partition: 1,
			offset,
			key: `key-${randomUUID()}`,
			value: Buffer.from(content),
			headers: { "content-type": "application/json" },
			attempts: 1,
		},
	]);
	const { letters } = (await operator.get("/api/dead-letters")).json;
	return letters.find((one: { offset: string }) => one.offset === offset).id;
}

describe("dead letters", () => {
	it("are listed with reason and place, without key, headers or content", async () => {
		const id = await park();
		const { json, body } = await operator.get("/api/dead-letters?reason=malformed-event");
		expect(json.letters.find((one: { id: string }) => one.id === id)).toMatchObject({
			reason: "malformed-event",
			topic: "breakwater.posts",
			partition: 1,
			valueBytes: content.length,
			state: "parked",
		});
		expect(json.counts).toEqual([{ reason: "malformed-event", count: json.letters.length }]);
		expect(body).not.toMatch(/key-|application\/json|the words/);
	});

	it("go back to their topic as they came, once", async () => {
		const id = await park();
		const before = review.published.length;
		const why = "the platform's clock is right now";
		expect((await operator.post("/api/dead-letters/replay", { ids: [id], why })).json).toEqual({ count: 1 });
		expect((await operator.post("/api/dead-letters/replay", { ids: [id], why })).json).toEqual({ count: 0 });
		expect(review.published.slice(before).map(({ value }) => Buffer.from(value).toString())).toEqual([content]);
		const { letters } = (await operator.get("/api/dead-letters?state=replayed")).json;
		expect(letters.find((one: { id: string }) => one.id === id)).toMatchObject({
			resolvedBy: operator.login,
			resolution: why,
		});
	});

	it("are given up with a reason, and not without", async () => {
		const id = await park();
		expect((await operator.post("/api/dead-letters/discard", { ids: [id] })).status).toBe(400);
		const answer = await operator.post("/api/dead-letters/discard", { ids: [id], why: "a test of the sender" });
		expect(answer.json).toEqual({ count: 1 });
		expect((await operator.post("/api/dead-letters/replay", { ids: [id], why: "after all" })).json).toEqual({
			count: 0,
		});
	});
});

describe("what comes in", () => {
	const now = async () => (await operator.get("/api/now")).json;

	it("says when the last item was examined, and that none ever was", async () => {
		await using fresh = await openReview();
		const asked = await fresh.newPerson("operator");
		expect((await asked.get("/api/now")).json.lastExaminedAt).toBeNull();
		const began = Date.now();
		await fresh.addCase();
		const { lastExaminedAt } = (await asked.get("/api/now")).json;
		expect(Date.parse(lastExaminedAt)).toBeGreaterThanOrEqual(began - 1_000);
	});

	it("says that nobody takes over what is recorded, once it waits longer than it ever does", async () => {
		await using fresh = await openReview();
		const asked = await fresh.newPerson("operator");
		const away = async () => (await asked.get("/api/now")).json.away;
		await fresh.addCase();
		expect(await away()).toEqual([]);
		fresh.pass(60_000);
		expect(await away()).toEqual(["takedown"]);
		// Its platform may take hours: that is told elsewhere, and is nothing that takedown does wrong.
		await fresh.stores.outbox.relay(100, async () => undefined);
		fresh.pass(5_000);
		expect(await away()).toEqual([]);
	});

	it("names what cannot be reached", async () => {
		expect((await now()).away).toEqual([]);
		review.partsHealth.stream = "no broker answers";
		review.pass(5_000);
		expect((await now()).away).toEqual(["stream"]);
		review.partsHealth.stream = "ok";
		review.pass(5_000);
		expect((await now()).away).toEqual([]);
	});
});

describe("orders that no platform took", () => {
	it("are listed, and sent again under the same id", async () => {
		const { itemId, caseId } = await review.addCase();
		const order = (await review.stores.cases.find(caseId))?.items.find(({ id }) => id === itemId)?.orders[0];
		if (order === undefined) throw new Error("a withheld item has an order");
		await review.stores.orders.settleAttempt(order.id, { kind: "undelivered", reason: "410", at: new Date() });
		const listed = async () => (await operator.get("/api/orders")).json.orders;
		const counted = async () => (await operator.get("/api/now")).json.outstandingOrders;
		expect(await listed()).toMatchObject([
			{ id: order.id, state: "undelivered", caseId, platformName: "forum", action: "withhold", attempts: 1 },
		]);
		expect(await counted()).toBe(1);

		expect((await operator.post("/api/orders/replay", { ids: [order.id] })).json).toEqual({ count: 1 });
		// Sent once in vain, it is tried again by itself: it has still not reached its platform.
		expect(await listed()).toMatchObject([{ id: order.id, state: "pending" }]);
		expect(await counted()).toBe(1);
		expect(await review.stores.orders.find(order.id)).toMatchObject({
			state: "pending",
			message: { orderId: order.id },
		});
	});

	it("that failed and are tried again are listed with the platform, the attempts and the last error", async () => {
		const { itemId, caseId } = await review.addCase();
		const order = (await review.stores.cases.find(caseId))?.items.find(({ id }) => id === itemId)?.orders[0];
		if (order === undefined) throw new Error("a withheld item has an order");
		const reviewer = await review.newPerson("reviewer");
		const listed = async () =>
			(await operator.get("/api/orders")).json.orders.filter(({ id }: { id: string }) => id === order.id);
		expect(await listed()).toEqual([]);
		const behind = async () => (await reviewer.get("/api/platforms/behind")).json.platforms;
		const retriedBefore = (await behind())[0]?.retried ?? 0;
		await review.stores.orders.settleAttempt(order.id, { kind: "failed", reason: "status-503", at: new Date() });
		// Everybody who works on cases is told of the platform, not of the orders.
		expect(await behind()).toMatchObject([
			{ platformName: "forum", retried: retriedBefore + 1, givenUp: 0, reason: "status-503" },
		]);
		expect(await listed()).toMatchObject([
			{ state: "pending", platformName: "forum", attempts: 1, reason: "status-503", caseId },
		]);
		await review.stores.orders.settleAttempt(order.id, { kind: "delivered", at: new Date() });
		expect(await listed()).toEqual([]);
	});

	it("but were overtaken by a newer one wait for nobody, and no platform is behind with them", async () => {
		const lead = await review.newPerson("lead");
		const behind = async () => (await lead.get("/api/platforms/behind")).json.platforms;
		const before = await behind();
		for (const kind of ["failed", "undelivered"] as const) {
			const { itemId, caseId } = await review.addCase({ verdict: newVerdict({ tier: "K3", action: "withhold" }) });
			const order = (await review.stores.cases.find(caseId))?.items.find(({ id }) => id === itemId)?.orders[0];
			if (order === undefined) throw new Error("a withheld item has an order");
			await review.stores.orders.settleAttempt(order.id, { kind, reason: "status-503", at: new Date() });
			expect(await behind()).not.toEqual(before);
			const { fence } = (await lead.post(`/api/cases/${caseId}/claim`)).json.claim;
			await lead.post(`/api/cases/${caseId}/decide`, { fence, decision: "restore", reason: "harmless" });
			expect(await behind()).toEqual(before);
			const { orders } = (await operator.get("/api/orders")).json;
			expect(orders.map(({ id }: { id: string }) => id)).not.toContain(order.id);
		}
	});
});

describe("what is stuck", () => {
	it("is chosen by reason and by time, and one by one, with who did what and why", async () => {
		const before = new Date(Date.now() - 60_000).toISOString();
		const [one, two] = [await park(), await park()];
		expect((await operator.get(`/api/dead-letters?until=${before}`)).json.letters).toEqual([]);
		expect((await operator.get(`/api/dead-letters/${one}`)).json).toMatchObject({ id: one, state: "parked" });
		expect((await operator.get("/api/dead-letters/no-such-letter")).status).toBe(404);
		const why = "the sender mended it";
		const early = { reason: "malformed-event", until: before, why };
		expect((await operator.post("/api/dead-letters/replay", early)).json).toEqual({ count: 0 });
		const other = { reason: "unknown-platform", since: before, why };
		expect((await operator.post("/api/dead-letters/replay", other)).json).toEqual({ count: 0 });
		const all = { reason: "malformed-event", since: before, why };
		expect((await operator.post("/api/dead-letters/replay", all)).json.count).toBeGreaterThanOrEqual(2);
		for (const subject of [one, two]) {
			const { acts } = (await operator.get(`/api/acts?on=dead-letter:${subject}`)).json;
			const on = { kind: "dead-letter", id: subject };
			expect(acts).toMatchObject([{ actor: { name: operator.login }, what: "dead-letter-replayed", on, reason: why }]);
		}
	});

	it("is never all of it by accident, and operators alone may touch it", async () => {
		for (const path of ["dead-letters", "jobs", "orders"]) {
			expect((await operator.post(`/api/${path}/replay`, { why: "all" })).status).toBe(400);
			expect((await operator.post(`/api/${path}/discard`, { reason: "withhold" })).status).toBe(400);
			const lead = await review.newPerson("lead");
			expect((await lead.post(`/api/${path}/replay`, { reason: "withhold" })).status).toBe(403);
		}
	});

	it("may be jobs: they are listed, handed on again, and given up together with their order", async () => {
		const { itemId, caseId } = await review.addCase();
		const order = (await review.stores.cases.find(caseId))?.items.find(({ id }) => id === itemId)?.orders[0];
		const id = `withhold-${order?.id}`;
		const { jobs } = (await operator.get("/api/jobs?reason=withhold&limit=500")).json;
		expect(jobs).toContainEqual({
			...{ id, name: "withhold", recordedAt: expect.any(String), enqueuedAt: null },
			...{ platformName: expect.any(String), attempts: 0, reason: null, caseId },
		});
		expect((await operator.post("/api/jobs/replay", { ids: [id] })).json).toEqual({ count: 1 });
		const why = "the platform has shut down";
		expect((await operator.post("/api/jobs/discard", { ids: [id], why })).json).toEqual({ count: 1 });
		expect((await operator.post("/api/jobs/discard", { ids: [id], why })).json).toEqual({ count: 0 });
		if (order === undefined) throw new Error("a withheld item has an order");
		expect((await review.stores.orders.find(order.id))?.state).toBe("discarded");
		const { acts } = (await operator.get(`/api/acts?on=job:${id}`)).json;
		expect(acts).toMatchObject([
			{ what: "job-discarded", reason: why, actor: { kind: "person", name: operator.login } },
			{ what: "job-replayed" },
		]);
	});

	it("may be orders: by the answer that the platform gave, sent again or given up", async () => {
		const failed = async (reason: string) => {
			const { itemId, caseId } = await review.addCase();
			const order = (await review.stores.cases.find(caseId))?.items.find(({ id }) => id === itemId)?.orders[0];
			if (order === undefined) throw new Error("a withheld item has an order");
			await review.stores.orders.settleAttempt(order.id, { kind: "undelivered", reason, at: new Date() });
			return order.id;
		};
		const [gone, late] = [await failed("status-410"), await failed("timeout")];
		const { orders } = (await operator.get("/api/orders?reason=timeout")).json;
		expect(orders).toMatchObject([{ id: late, reason: "timeout", platformName: "forum" }]);
		expect((await operator.post("/api/orders/replay", { reason: "timeout" })).json).toEqual({ count: 1 });
		const why = "the account is closed there";
		expect((await operator.post("/api/orders/discard", { ids: [gone], why })).json).toEqual({ count: 1 });
		expect((await operator.post("/api/orders/replay", { ids: [gone] })).json).toEqual({ count: 0 });
		expect((await review.stores.orders.find(gone))?.state).toBe("discarded");
		expect((await review.stores.orders.find(late))?.state).toBe("pending");
	});
});

describe("how things stand", () => {
	it("shows lanes, what waits for takedown, and the banks", async () => {
		await review.addCase();
		await review.stores.banks.create(
			{
				...{ name: "sample", kind: "known", category: "sample-category", trusted: true, enabled: true, shadow: false },
				...{ enabledRatio: 1, tightRadiusBits: 20, wideRadiusBits: 31 },
			},
			"test",
		);
		const { json } = await operator.get("/api/now");
		expect(json.outbox.count).toBeGreaterThan(0);
		expect(json.lanes.find((one: { lane: string }) => one.lane === "known").count).toBeGreaterThan(0);
		expect(json.banks).toMatchObject([{ name: "sample", kind: "known", entryCount: 0, enabled: true }]);
	});
});

describe("the API's description", () => {
	it("names every endpoint, so that the console is not the only way in", async () => {
		const { paths } = (await review.send("GET", "/openapi.json")).json;
		expect(Object.keys(paths).toSorted()).toEqual([
			"/api/acts",
			"/api/authorities",
			"/api/authority-requests",
			"/api/bank-drafts",
			"/api/bank-drafts/{id}/accept",
			"/api/bank-drafts/{id}/reject",
			"/api/banks",
			"/api/banks/{name}",
			"/api/banks/{name}/drafts",
			"/api/banks/{name}/history",
			"/api/banks/{name}/revert",
			"/api/banks/{name}/switch",
			"/api/breakers",
			"/api/breakers/close",
			"/api/breakers/open",
			"/api/cases",
			"/api/cases/next",
			"/api/cases/{id}",
			"/api/cases/{id}/claim",
			"/api/cases/{id}/comment",
			"/api/cases/{id}/decide",
			"/api/cases/{id}/heartbeat",
			"/api/cases/{id}/judge-entry",
			"/api/cases/{id}/measures",
			"/api/cases/{id}/release",
			"/api/cases/{id}/reveals",
			"/api/cases/{id}/reveals/{revealId}/end",
			"/api/cases/{id}/silences",
			"/api/cases/{id}/skip",
			"/api/cases/{id}/spread",
			"/api/cases/{id}/undo",
			"/api/clocks",
			"/api/clocks/{id}",
			"/api/clocks/{id}/events",
			"/api/dead-letters",
			"/api/dead-letters/discard",
			"/api/dead-letters/replay",
			"/api/dead-letters/{id}",
			"/api/events",
			"/api/jobs",
			"/api/jobs/discard",
			"/api/jobs/replay",
			"/api/lanes",
			"/api/media/{token}",
			"/api/model-proposals/{id}/accept",
			"/api/model-proposals/{id}/reject",
			"/api/models",
			"/api/now",
			"/api/orders",
			"/api/orders/discard",
			"/api/orders/replay",
			"/api/outbreaks",
			"/api/platforms/behind",
			"/api/policy",
			"/api/policy/proposals",
			"/api/policy/proposals/{id}/accept",
			"/api/policy/proposals/{id}/outlook",
			"/api/policy/proposals/{id}/reject",
			"/api/policy/revisions",
			"/api/policy/revisions/{revision}",
			"/api/quarantine",
			"/api/quarantine/{id}/judge",
			"/api/reports",
			"/api/reports/{id}",
			"/api/reports/{id}/messages",
			"/api/rule-checks",
			"/api/rule-facts",
			"/api/rule-snoozes/{id}/end",
			"/api/rules",
			"/api/rules/{name}",
			"/api/rules/{name}/advance",
			"/api/rules/{name}/approve",
			"/api/rules/{name}/back",
			"/api/rules/{name}/backtest",
			"/api/rules/{name}/backtests",
			"/api/rules/{name}/lift",
			"/api/rules/{name}/snoozes",
			"/api/session",
			"/api/session/password",
			"/api/silences/{id}/end",
			"/api/sweeps",
			"/api/sweeps/{id}/act",
			"/api/trends/calibration",
			"/api/trends/calibration/csv",
			"/api/trends/clusters",
			"/api/trends/clusters/csv",
			"/api/trends/growth",
			"/api/trends/growth/csv",
			"/api/trends/hours",
			"/api/trends/hours/csv",
			"/api/trends/ladder",
			"/api/trends/ladder/csv",
			"/api/trends/later",
			"/api/trends/later/csv",
			"/api/trends/platforms",
			"/api/trends/platforms/csv",
			"/api/trends/saved",
			"/api/trends/saved/{name}",
			"/api/trends/saved/{name}/csv",
			"/api/trends/sources",
			"/api/trends/sources/csv",
			"/api/trends/volumes",
			"/api/trends/volumes/csv",
			"/api/trends/withholding",
			"/api/trends/withholding/csv",
		]);
	});
});

describe("breakers", () => {
	it("are opened and closed by operators and leads, with a reason that everybody sees", async () => {
		const lead = await review.newPerson("lead");
		const reviewer = await review.newPerson("reviewer");
		const scope = { kind: "platform", key: review.platform.id };
		const open = { ...scope, reason: "their feed repeats itself" };
		expect((await reviewer.post("/api/breakers/open", open)).status).toBe(403);
		expect((await operator.post("/api/breakers/open", scope)).status).toBe(400);
		expect((await operator.post("/api/breakers/open", open)).json).toEqual({ isChanged: true });
		expect((await lead.post("/api/breakers/open", open)).json).toEqual({ isChanged: false });
		expect((await reviewer.get("/api/breakers")).json.open).toMatchObject([
			{ ...scope, label: "forum", reason: open.reason, perMinute: null },
		]);
		expect((await reviewer.get("/api/breakers")).json.scopes).toEqual([]);
		expect((await lead.get("/api/breakers")).json.scopes).toEqual(
			expect.arrayContaining([
				{ ...scope, label: "forum" },
				{ kind: "model", key: "test", label: "test" },
			]),
		);
		const close = { ...scope, reason: "they mended it" };
		expect((await lead.post("/api/breakers/close", close)).json).toEqual({ isChanged: true, waiting: false });
		const { json } = await reviewer.get("/api/breakers");
		expect(json.open).toEqual([]);
		expect(json.history.slice(0, 2)).toMatchObject([
			{ act: "closed", label: "forum", reason: close.reason },
			{ act: "opened", label: "forum", reason: open.reason },
		]);
	});

	it("of what does not exist are refused: they would stop nothing and look as if they did", async () => {
		const missing = "019ab000-0000-7000-8000-000000000000";
		for (const scope of [
			...["bank", "platform", "entry", "rule"].map((kind) => ({ kind, key: missing })),
			{ kind: "entry", key: "no id" },
			{ kind: "all", key: "some" },
		]) {
			const { json } = await operator.post("/api/breakers/open", { ...scope, reason: "because" });
			expect(json.code).toBe("not-found");
		}
	});

	it.each(breakerKinds)("of kind %s are opened and closed by hand", async (kind) => {
		const { banks } = review.stores;
		const { id: _id, ...settings } = newBank({ name: `of-${kind}` });
		const bank = await banks.create(settings, "an");
		const opinion = { source: "list", kind: "positive" } as const;
		const entry = {
			hashType: "sha256",
			hash: digest(kind),
			quality: null,
			opinion,
			externalId: null,
			note: null,
		} as const;
		await banks.addEntries(bank.id, [entry], "an");
		const [added] = await banks.findEntries(bank.id, { after: null, limit: 1 });
		const body = { name: "of-rules", when: "item.links > 3", does: { review: true }, category: null } as const;
		const made = { isChecked: true, by: machine, why: "a test" };
		if (kind === "rule") await review.stores.rules.draft({ ...body, owner: "an", reviewBy: "2027-01-01" }, made);
		const keys = {
			...{ all: "*", bank: bank.id, entry: added?.id, model: "test" },
			...{ rule: "of-rules", platform: review.platform.id },
		};
		const request = { kind, key: keys[kind], reason: "because" };
		expect((await operator.post("/api/breakers/open", request)).json).toEqual({ isChanged: true });
		expect((await operator.get("/api/breakers")).json.open).toMatchObject([{ kind, key: keys[kind] }]);
		const waiting = kind === "entry";
		expect((await operator.post("/api/breakers/close", request)).json).toEqual({ isChanged: !waiting, waiting });
		const { drafts } = (await operator.get("/api/bank-drafts")).json;
		for (const { id, proposal } of drafts) {
			expect(proposal).toEqual({ kind: "kill-switch", entryId: added?.id, reason: "because" });
			const lead = await review.newPerson("lead");
			expect((await lead.post(`/api/bank-drafts/${id}/accept`, { why: "looked at" })).json.state).toBe("applied");
		}
		expect([drafts.length, (await operator.get("/api/breakers")).json.open]).toEqual([waiting ? 1 : 0, []]);
	});
});

// Whatever changes something over the review API leaves exactly its acts in the log, by whoever asked: each route is driven once, and the log
// compared. A route that nobody drives here fails the last test. Real PostgreSQL.

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Act } from "../../../services/core/acts/act.ts";
import { machine } from "../../../services/core/acts/doer.ts";
import { newBankDefaults, newBankTrust } from "../../../services/core/banks/bank.ts";
import { bankId, type EntryId, type SweepId } from "../../../services/core/ids.ts";
import { firstId } from "../../../services/core/sweeps/sweep.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import { digest, newMatch } from "../../support/bank-fixtures.ts";
import { newClock } from "../../support/clock-fixtures.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { newVerdict } from "../../support/examined-items.ts";
import { openReview, type Person, password, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let lead: Person;
let operator: Person;
beforeAll(async () => {
	review = await openReview();
	lead = await review.newPerson("lead");
	operator = await review.newPerson("operator");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const driven = new Set<string>();

async function newActs<T>(work: () => Promise<T>): Promise<{ readonly acts: readonly Act[]; readonly answer: T }> {
	const after = (await review.stores.acts.list({ limit: 1 }))[0]?.sequence ?? 0;
	const answer = await work();
	return { answer, acts: await review.stores.acts.list({ after, limit: 100 }) };
}

/** By whom and what, in the order of the log. */
async function expectActs(
	route: string,
	by: Person,
	codes: readonly string[],
	work: () => Promise<{ status: number }>,
) {
	driven.add(route);
	const { answer, acts } = await newActs(work);
	expect({ route, isDone: answer.status < 300 }).toEqual({ route, isDone: true });
	expect({ route, codes: acts.map(({ what }) => what) }).toEqual({ route, codes });
	for (const { actor } of acts) expect(actor).toEqual({ kind: "person", id: by.id, name: by.login });
}

const why = "a test of theirs";
const probable = newVerdict({ tier: "M", action: "review", urgency: 40 });
const post = (
	by: Person,
	route: string,
	params: Readonly<Record<string, string | number>>,
	body: object,
	codes: string[],
) =>
	expectActs(`POST ${route}`, by, codes, () =>
		by.post(
			route.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name])),
			body,
		),
	);

async function newCase(withMedia = false) {
	const mediaKey = `evidence/${randomUUID()}`;
	review.media.set(mediaKey, Buffer.from("bytes"));
	const evidence = { text: null, mediaKey: withMedia ? mediaKey : null, mediaType: "image/jpeg" };
	const { caseId: id, itemId } = await review.addCase({ verdict: probable, evidence });
	return { id, itemId };
}

async function claimed(by: Person, withMedia = false) {
	const opened = await newCase(withMedia);
	const fence: number = (await by.post(`/api/cases/${opened.id}/claim`)).json.claim.fence;
	return { ...opened, fence };
}

it("people come, choose a password, and go", async () => {
	const login = await review.addUser(["reviewer"]);
	let person = lead;
	const { acts } = await newActs(async () => {
		person = await review.logIn(login);
	});
	expect(acts).toMatchObject([{ what: "logged-in", actor: { name: login }, on: { kind: "person", id: person.id } }]);
	driven.add("POST /api/session");
	const own = { cookie: person.cookie, csrfToken: person.csrfToken };
	const body = { password, newPassword: "seven quiet lamps in a row" };
	await expectActs("PUT /api/session/password", person, ["password-set"], () =>
		review.send("PUT", "/api/session/password", { ...own, body }),
	);
	await expectActs("DELETE /api/session", person, ["logged-out"], () => person.delete("/api/session"));
});

it("cases are taken, passed on, noted, seen, decided and taken back", async () => {
	await newCase();
	await post(lead, "/api/cases/next", {}, {}, ["case-claimed"]);
	await post(lead, "/api/cases/{id}/claim", { id: (await newCase()).id }, {}, ["case-claimed"]);
	const one = await claimed(lead, true);
	const { id, fence } = one;
	await post(lead, "/api/cases/{id}/heartbeat", one, { fence }, []);
	await post(lead, "/api/cases/{id}/comment", one, { text: "seen before" }, ["case-commented"]);
	let token = "";
	await expectActs("POST /api/cases/{id}/reveals", lead, [], async () => {
		const answer = await lead.post(`/api/cases/${id}/reveals`, { itemId: one.itemId, level: 2, fence });
		token = answer.json.token;
		return answer;
	});
	await expectActs("GET /api/media/{token}", lead, ["case-revealed"], () => lead.get(`/api/media/${token}`));
	const [view] = await review.stores.acts.list({ what: "case-revealed", limit: 1 });
	const revealId = view?.what === "case-revealed" ? view.details.revealId : "";
	const params = { id, revealId };
	await post(lead, "/api/cases/{id}/reveals/{revealId}/end", params, { durationMs: 10 }, ["case-hidden"]);
	await post(lead, "/api/cases/{id}/release", one, { fence }, ["case-released"]);
	const other = await claimed(lead);
	await post(lead, "/api/cases/{id}/skip", other, { fence: other.fence }, ["case-skipped"]);
	const quiet = { reason: "an order of silence", until: null };
	let begun = "";
	await expectActs("POST /api/cases/{id}/silences", lead, ["silence-begun"], async () => {
		const answer = await lead.post(`/api/cases/${other.id}/silences`, quiet);
		begun = answer.json.id;
		return answer;
	});
	await post(lead, "/api/silences/{id}/end", { id: begun }, { reason: why }, ["silence-ended"]);
	const third = await claimed(lead);
	const decided = { fence: third.fence, decision: "restore", reason: why };
	await post(lead, "/api/cases/{id}/decide", third, decided, ["case-decided"]);
	await post(lead, "/api/cases/{id}/undo", third, { reason: why }, ["case-undone"]);
});

async function newKnown(): Promise<{ name: string; id: string; entry: EntryId }> {
	const name = `known-${randomUUID().slice(0, 8)}`;
	const bank = await review.stores.banks.create(
		{ ...{ name, kind: "known", category: "test" }, ...newSettings },
		operator.login,
	);
	const opinion = { source: "list", kind: "positive" } as const;
	const hash = digest(name);
	await review.stores.banks.addEntries(
		bank.id,
		[{ hashType: "sha256", hash, quality: null, opinion, externalId: null, note: null }],
		operator.login,
	);
	const [entry] = await review.stores.banks.findEntries(bank.id, { after: null, limit: 1 });
	if (entry === undefined) throw new Error("the entry was just added");
	return { name, id: bank.id, entry: entry.id };
}
const newSettings = { ...newBankDefaults, ...newBankTrust, owner: null, expiresAt: null };

it("banks are made, changed, put back and judged; imports wait, come in and are given up", async () => {
	const name = `made-${randomUUID().slice(0, 8)}`;
	const made = { name, kind: "known", category: "adult" };
	await post(operator, "/api/banks", {}, made, ["bank-created"]);
	const { name: bank, entry } = await newKnown();
	await expectActs("PATCH /api/banks/{name}", operator, ["bank-changed"], () =>
		operator.patch(`/api/banks/${bank}`, { owner: "desk" }),
	);
	const [revision] = await review.stores.banks.history(bank, { before: null, limit: 1 });
	await post(operator, "/api/banks/{name}/switch", { name: bank }, { enabled: false }, ["bank-changed"]);
	const toSequence = revision?.sequence ?? 0;
	await post(operator, "/api/banks/{name}/revert", { name: bank }, { toSequence }, ["bank-put-back", "change-asked"]);
	const surge = { code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 1 } as const;
	const quarantined = await newActs(() => review.stores.entryWatch.quarantine(entry, surge, new Date()));
	expect(quarantined.acts).toMatchObject([{ what: "entry-quarantined", actor: { kind: "machine" } }]);
	await post(lead, "/api/quarantine/{id}/judge", { id: entry }, { judgement: "confirm", why }, ["entry-judged"]);
	const scope = { kind: "entry", key: entry, reason: why };
	await post(operator, "/api/breakers/open", {}, scope, ["breaker-opened"]);
	await post(operator, "/api/breakers/close", {}, scope, ["change-asked"]);
	const [asked] = await review.stores.bankDrafts.list({ states: ["open"], limit: 1 });
	await post(lead, "/api/bank-drafts/{id}/accept", { id: asked?.id ?? "" }, { why }, ["change-agreed"]);
});

it("an import is proposed, given up or accepted, and carried out by the machine", async () => {
	const { name } = await newKnown();
	const upload = () =>
		review.send("POST", `/api/banks/${name}/drafts?origin=list.csv&source=list`, {
			...{ cookie: operator.cookie, csrfToken: operator.csrfToken },
			body: `type,hash\nsha256,${Buffer.from(digest(randomUUID())).toString("hex")}\n`,
			headers: { "content-type": "application/octet-stream" },
		});
	await expectActs("POST /api/banks/{name}/drafts", operator, ["draft-opened"], upload);
	const newest = async () => (await review.stores.bankDrafts.list({ states: ["open"], limit: 1 }))[0]?.id ?? "";
	await post(lead, "/api/bank-drafts/{id}/reject", { id: await newest() }, { why }, ["draft-rejected"]);
	await upload();
	const { acts } = await newActs(async () => {
		const id = await newest();
		await lead.post(`/api/bank-drafts/${id}/accept`, { why });
		await eventually(async () => {
			const [applied] = await review.stores.acts.list({ on: { kind: "draft", id }, limit: 1 });
			expect(applied?.what).toBe("draft-applied");
		}, soon);
	});
	expect(acts.map(({ what, actor }) => [what, actor.kind])).toEqual([
		["draft-accepted", "person"],
		["draft-applied", "machine"],
	]);
});

it("an entry is judged from a case that it is matched in, and that is one act, on the case", async () => {
	const { id: bank, entry } = await newKnown();
	const match = { ...newMatch(), bankId: bankId.parse(bank), entryId: entry };
	const { caseId: id } = await review.addCase({
		verdict: newVerdict({ ...probable, signals: [{ kind: "matched", detector: "pdq", version: "1", match }] }),
	});
	const { fence } = (await lead.post(`/api/cases/${id}/claim`)).json.claim;
	const judged = { fence, entryId: entry, judgement: "confirm", reason: why };
	await post(lead, "/api/cases/{id}/judge-entry", { id }, judged, ["case-entry-judged"]);
});

it("the spread of a case's item is limited and as before, each one order", async () => {
	const { caseId: id } = await review.addCase({
		verdict: newVerdict({ tier: "T", action: "review", urgency: 30, withheldOn: [] }),
	});
	const { fence } = (await lead.post(`/api/cases/${id}/claim`)).json.claim;
	for (const action of ["limit-spread", "lift-limit"])
		await post(lead, "/api/cases/{id}/spread", { id }, { fence, action }, ["case-ordered"]);
});

it("a label is put on a case's item, its account is slowed down, and both are ended, each one order", async () => {
	const { caseId: id } = await review.addCase({
		verdict: newVerdict({ tier: "T", action: "review", urgency: 30, withheldOn: [] }),
	});
	const { fence } = (await lead.post(`/api/cases/${id}/claim`)).json.claim;
	const orders = [
		...[
			{ action: "label", label: "advertising" },
			{ action: "unlabel", label: "advertising" },
		],
		...[{ action: "add-friction" }, { action: "lift-friction" }],
	];
	for (const order of orders) await post(lead, "/api/cases/{id}/measures", { id }, { fence, order }, ["case-ordered"]);
});

it("how a model is read is accepted or rejected", async () => {
	const propose = () =>
		review.stores.modelSettings.propose({
			...{
				model: "test",
				version: "1",
				category: "adult",
				platform: null,
				tuning: { calibration: { kind: "none" }, threshold: 0.7 },
			},
			evidence: {
				...{ confirmed: 120, rejected: 80, wantedPrecision: 0.8, threshold: "proposed" },
				...{ precision: { low: 0.8, high: 0.9 }, recall: { low: 0.7, high: 0.85 } },
			},
		});
	const { acts, answer } = await newActs(propose);
	expect(acts).toMatchObject([{ what: "proposal-made", actor: { kind: "machine" } }]);
	await post(lead, "/api/model-proposals/{id}/accept", { id: answer.id }, {}, ["model-accept"]);
	await post(lead, "/api/model-proposals/{id}/reject", { id: (await propose()).id }, {}, ["proposal-rejected"]);
});

it("a rule is written, held against the past, advanced, agreed to and taken back", async () => {
	const when = "item.links >= 4";
	const said = { category: null, owner: "desk", reviewBy: "2027-06-30", does: { review: true } };
	const name = "many-links";
	const body = { name, when, ...said };
	driven.add("POST /api/rule-checks");
	expect((await newActs(() => lead.post("/api/rule-checks", { body }))).acts).toEqual([]);
	await post(lead, "/api/rules", {}, { body, why }, ["rule-drafted"]);
	driven.add("POST /api/rules/{name}/backtests");
	const { acts } = await newActs(async () => {
		await lead.post(`/api/rules/${name}/backtests`, { revision: 1 });
		await eventually(async () => {
			const [last] = await review.stores.acts.list({ on: { kind: "rule", id: name }, limit: 1 });
			expect(last?.what).toBe("rule-backtested");
		}, soon);
	});
	expect(acts).toMatchObject([{ what: "rule-backtested", actor: { name: lead.login } }]);
	await post(lead, "/api/rules/{name}/advance", { name }, { revision: 1, to: "shadow", why }, ["rule-advanced"]);
	await post(lead, "/api/rules/{name}/advance", { name }, { revision: 1, to: "canary", why }, ["rule-asked"]);
	const binh = await review.newPerson("lead");
	await post(binh, "/api/rules/{name}/approve", { name }, { why }, ["rule-approved"]);
	await post(lead, "/api/rules/{name}/back", { name }, { why }, ["rule-taken-back"]);
	const measures = [{ measure: { kind: "limit-spread" }, rule: name }] as const;
	await review.addCase({ verdict: probable, measures });
	await post(lead, "/api/rules/{name}/lift", { name }, { why }, ["case-ordered", "rule-measures-lifted"]);
	const of = { kind: "account", platform: review.platform.name, accountId: "loud" };
	const until = new Date(Date.now() + 86_400_000).toISOString();
	await post(lead, "/api/rules/{name}/snoozes", { name }, { of, until, why }, ["rule-snoozed"]);
	const [snooze] = await review.stores.snoozes.list({ rule: name, limit: 1 });
	await post(lead, "/api/rule-snoozes/{id}/end", { id: snooze?.id ?? "" }, { why }, ["rule-snooze-ended"]);
});

it("a policy is proposed, and another person accepts or rejects it", async () => {
	const binh = await review.newPerson("lead");
	const propose = async (urgency: number) => {
		const what = { kind: "change", change: { default: { urgency: { K2: urgency } } } };
		await post(lead, "/api/policy/proposals", {}, { why, what }, ["policy-proposed"]);
		return (await review.stores.policy.proposals({ state: "open", limit: 1 }))[0]?.id ?? "";
	};
	await post(binh, "/api/policy/proposals/{id}/accept", { id: await propose(71) }, { why }, ["policy-accepted"]);
	await post(binh, "/api/policy/proposals/{id}/reject", { id: await propose(72) }, { why }, ["policy-rejected"]);
});

it("a report is read, written back to and answered", async () => {
	const where = {
		addresses: ["https://forum.example/1"],
		platformName: "",
		accountName: "",
		seen: "",
		text: "",
		...{ contact: "", isGoodFaith: false, signature: "" },
	};
	const input = { about: "other", isDangerNow: false, language: "vi", ...where } as const;
	await review.stores.reports.submit({ receiptHash: digest("a receipt"), source: "public", reporter: null, input });
	const [report] = await review.stores.reportDesk.list("waiting", 1);
	const id = report?.id ?? "";
	await expectActs("GET /api/reports/{id}", lead, ["report-read"], () => lead.get(`/api/reports/${id}`));
	const route = "/api/reports/{id}/messages";
	await post(lead, route, { id }, { body: "we look into it", isAnswer: false }, ["report-written"]);
	await post(lead, route, { id }, { body: "it is gone", isAnswer: true }, ["report-answered"]);
});

it("a request of an authority is typed in, which is one act beside what starts by it", async () => {
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	const { id } = await review.stores.authorities.add(ministry, digest("a key"), machine);
	driven.add("POST /api/authority-requests");
	const asked = { reference: "CV-1", asks: "removal", legalBasis: "116/2025/QH15", addresses: ["zalo 0900 000 000"] };
	const { acts } = await newActs(() =>
		lead.post("/api/authority-requests", { authority: id, channel: "phone", arrivedAt: null, ...asked }),
	);
	expect(acts.filter(({ actor }) => actor.kind === "person")).toMatchObject([
		{ what: "authority-request-entered", actor: { name: lead.login }, on: { kind: "authority", id } },
	]);
	expect(acts.map(({ what }) => what)).toContain("clock-started");
});

it("a deadline is told what happened elsewhere, which is one act, and ends by it, which is the machine's", async () => {
	const id = await review.stores.clocks.start(newClock(), new Date());
	const route = "POST /api/clocks/{id}/events";
	driven.add(route);
	const body = { event: "order-acknowledged", reason: why };
	const { acts } = await newActs(() => lead.post(`/api/clocks/${id}/events`, body));
	expect(acts).toMatchObject([
		{ what: "clock-told", actor: { kind: "person", name: lead.login }, reason: why, on: { kind: "clock", id } },
		{ what: "clock-ended", actor: { kind: "machine" }, details: { outcome: "kept" } },
	]);
});

it("what is stuck is put back or given up, an act for each", async () => {
	const letter = async () => {
		const offset = randomUUID();
		const place = { topic: topics.posts, partition: 1, offset: String(parseInt(offset.slice(0, 8), 16)) };
		const failed = { reason: "malformed-event", faults: [], key: null, headers: {}, attempts: 1 } as const;
		await review.stores.deadLetters.park([{ ...place, ...failed, value: Buffer.from(offset) }]);
		return (await review.stores.deadLetters.list({ state: "parked", limit: 1 }))[0]?.id ?? "";
	};
	const stuck = (path: string, verb: string, id: string, code: string) =>
		post(operator, `/api/${path}/${verb}`, {}, { ids: [id], why }, [code]);
	await stuck("dead-letters", "replay", await letter(), "dead-letter-replayed");
	await stuck("dead-letters", "discard", await letter(), "dead-letter-discarded");
	const order = async () => {
		const { caseId } = await review.addCase();
		const found = (await review.stores.cases.find(caseId))?.items[0]?.orders[0];
		if (found === undefined) throw new Error("a withheld item has an order");
		return found.id;
	};
	const job = await order();
	await stuck("jobs", "replay", `withhold-${job}`, "job-replayed");
	await stuck("jobs", "discard", `withhold-${job}`, "job-discarded");
	const undelivered = async () => {
		const id = await order();
		await review.stores.orders.settleAttempt(id, { kind: "undelivered", reason: "timeout", at: new Date() });
		return id;
	};
	await stuck("orders", "replay", await undelivered(), "order-replayed");
	await stuck("orders", "discard", await undelivered(), "order-discarded");
});

/** It has found more than it may do by itself. */
async function findOne(id: SweepId): Promise<void> {
	const { sweeps } = review.stores;
	const sweep = await sweeps.find(id);
	if (sweep === null) throw new Error("it was started");
	const { itemId } = await newCase();
	const cursor = { pass: 1, entriesAfter: firstId, cursor: itemId } as const;
	await sweeps.noteCompared(sweep, { cursor, compared: 1, found: [itemId], entries: 1 });
	await sweeps.endLooking({ ...sweep, ...cursor });
	await sweeps.noteJudged(id, [{ itemId, tier: "K1", effect: "withhold" }]);
	await sweeps.endJudging(id, 0);
}

it("sweeps of earlier items rest, go on, are agreed to and given up", async () => {
	const { id } = await review.stores.sweeps.start(0, operator.login, new Date());
	const act = (by: Person, name: string, code: string) =>
		post(by, "/api/sweeps/{id}/act", { id }, { act: name, reason: why }, [code]);
	await act(lead, "pause", "sweep-paused");
	await act(lead, "resume", "sweep-resumed");
	await findOne(id);
	expect((await operator.post(`/api/sweeps/${id}/act`, { act: "approve", reason: why })).json.code).toBe("same-person");
	// The lead has changed banks here.
	await act(await review.newPerson("lead"), "approve", "sweep-approved");
	await act(lead, "cancel", "sweep-canceled");
});

it("is so of every route: none changes anything that was not driven here", async () => {
	const { paths } = (await review.send("GET", "/openapi.json")).json;
	const changing = Object.entries<object>(paths).flatMap(([path, methods]) =>
		Object.keys(methods)
			.filter((method) => method !== "get")
			.map((method) => `${method.toUpperCase()} ${path}`),
	);
	expect(changing.filter((route) => !driven.has(route))).toEqual([]);
});

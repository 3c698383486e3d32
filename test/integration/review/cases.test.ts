// The queue and what people do with cases, over the review API on a real PostgreSQL: orders written, fences kept, people told apart.
// Rules themselves are tested in unit/core/cases.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import { bankId, entryId, uuidv7 } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { digest } from "../../support/bank-fixtures.ts";
import { newVerdict } from "../../support/examined-items.ts";
import { type Answer, claimLeaseMs, openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let ana: Person;
let binh: Person;
beforeAll(async () => {
	review = await openReview();
	ana = await review.newPerson("reviewer");
	binh = await review.newPerson("lead");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const because = "matches the notice";
const known = newVerdict({ tier: "K2", action: "withhold", urgency: 75 });
const scored = newVerdict({ tier: "M", action: "review", urgency: 40 });
const claim = async (person: Person, id: string): Promise<number> =>
	(await person.post(`/api/cases/${id}/claim`)).json.claim.fence;
const refusal = ({ status, json }: Answer) => [status, json.code];

describe("the queue", () => {
	let url: string;
	beforeEach(() => {
		url = "/api/cases?limit=200";
	});

	it("lists what is undecided, most urgent first, and says who holds what", async () => {
		const low = await review.addCase({ verdict: scored });
		const high = await review.addCase({ verdict: known });
		await claim(binh, low.caseId);
		const { json } = await ana.get(url);
		const ids = json.cases.map((one: { id: string }) => one.id);
		expect(ids.indexOf(high.caseId)).toBeLessThan(ids.indexOf(low.caseId));
		expect(json.cases.find((one: { id: string }) => one.id === low.caseId)).toMatchObject({
			state: "claimed",
			tier: "M",
			platformName: "forum",
			claimedBy: { userId: binh.id, isMine: false },
		});
		const mine = await binh.get(`${url}&mine=true`);
		expect(mine.json.cases.map((one: { id: string }) => one.id)).toEqual([low.caseId]);
	});

	it("can be asked for lanes, states, an author, and page by page", async () => {
		const authorId = `author-${randomUUID()}`;
		const one = await review.addCase({ verdict: scored, authorId });
		const search = `/api/cases?search=${authorId}`;
		expect((await ana.get(search)).json.cases).toHaveLength(1);
		expect((await ana.get(`${search}&lane=model`)).json.cases[0].id).toBe(one.caseId);
		expect((await ana.get(`${search}&lane=known`)).json.cases).toEqual([]);
		expect((await ana.get(`${search}&state=decided,closed`)).json.cases).toEqual([]);
		const page = (await ana.get("/api/cases?limit=1")).json;
		expect([page.cases.length, page.hasMore]).toEqual([1, true]);
		const two = (await ana.get("/api/cases?limit=2")).json;
		const next = (await ana.get(`/api/cases?limit=1&after=${page.cases[0].id}`)).json;
		expect([...page.cases, ...next.cases]).toEqual(two.cases);
	});

	it("finds a case by any id as pages show it, and by a part of the content's or the account's id", async () => {
		const authorId = `author-${randomUUID()}`;
		const medoid = digest(`medoid of ${authorId}`);
		const clusterId = clusterIdOf(medoid);
		const memberships = [{ clusterId, medoid, type: "pdq", degree: "confirmed", distanceBits: 4 }] as const;
		const { caseId } = await review.addCase({ verdict: known, authorId, memberships });
		const [item] = (await ana.get(`/api/cases/${caseId}`)).json.items;
		const found = async (text: string) =>
			(await ana.get(`${url}&search=${encodeURIComponent(text)}`)).json.cases.map((one: { id: string }) => one.id);
		const ids = [caseId, item.id, item.orders[0].id, clusterId];
		const shown = ids.flatMap((id: string) => [id, ` ${id}\n`, id.slice(-6), id.slice(0, 13)]);
		for (const text of [...shown, authorId.slice(9, 30), item.subject.slice(2)])
			expect(await found(text)).toContain(caseId);
		expect(await found(`${authorId}x`)).toEqual([]);
		expect(await found("%")).toEqual([]);
	});

	it("lists what is decided, the latest decision first, with what was decided", async () => {
		const decided: string[] = [];
		for (const decision of ["restore", "remove"]) {
			const { caseId } = await review.addCase({ verdict: newVerdict({ tier: "K1", action: "withhold" }) });
			const fence = await claim(ana, caseId);
			await ana.post(`/api/cases/${caseId}/decide`, { fence, decision, reason: because });
			decided.push(caseId);
			review.pass(1_000);
		}
		const { cases } = (await ana.get("/api/cases?state=decided,closed&limit=2")).json;
		expect(cases.map((one: { id: string }) => one.id)).toEqual(decided.toReversed());
		expect(cases[0].decided).toMatchObject({ decision: "remove", at: expect.any(String) });
		expect((await ana.get(`/api/cases?search=${decided[0]}`)).json.cases).toEqual([]);
		const all = "open,claimed,second,held,decided,closed";
		expect((await ana.get(`/api/cases?search=${decided[0]}&state=${all}`)).json.cases).toHaveLength(1);
	});

	it("counts every lane, the empty ones too", async () => {
		const { lanes } = (await ana.get("/api/lanes")).json;
		expect(lanes.map((one: { lane: string }) => one.lane)).toEqual([
			"known",
			"copies",
			"probable",
			"model",
			"unavailable",
			"second",
		]);
	});

	it.each(["lane=fast", "state=open,lost", "limit=0", "limit=1000", "offset=-1", "mine=yes", "after=x"])(
		"answers %s with a problem document",
		async (query) => {
			expect(refusal(await ana.get(`/api/cases?${query}`))).toEqual([400, "malformed-request"]);
		},
	);

	it("says that what follows a case in the queue is asked of undecided ones alone", async () => {
		const asked = await ana.get(`/api/cases?after=${randomUUID()}&state=open,decided`);
		expect(refusal(asked)).toEqual([422, "rule-broken"]);
	});
});

describe("a case", () => {
	it("says why it was flagged: signals, distances, scores against the policy's threshold, versions", async () => {
		const signals: readonly Signal[] = [
			{
				kind: "matched",
				detector: "hash",
				version: "pdq-1",
				match: {
					bankId: bankId.parse(uuidv7(1)),
					bankName: "sample",
					bankKind: "known",
					category: "sample-category",
					trusted: true,
					shadow: false,
					entryId: entryId.parse(uuidv7(2)),
					hashType: "pdq",
					distanceBits: 12,
					tightRadiusBits: 20,
					wideRadiusBits: 31,
					transform: "flipX",
					queryQuality: 100,
					entryQuality: 90,
					standing: "confirmed",
					positiveSources: 2,
					isQuarantined: false,
					categories: [],
					severity: null,
				},
			},
			{
				kind: "scored",
				detector: "model",
				version: "2",
				model: "sample-model",
				backend: "wasm",
				category: "adult",
				probability: 0.91,
				labels: { neutral: 0.09 },
			},
			{ kind: "unavailable", detector: "media", version: "1", reason: "truncated" },
		];
		const { caseId, itemId } = await review.addCase({
			country: "VN",
			verdict: newVerdict({ tier: "K2", action: "withhold", urgency: 75, signals }),
			evidence: { text: null, mediaKey: "evidence/one", mediaType: "image/jpeg" },
		});
		const { json } = await ana.get(`/api/cases/${caseId}`);
		expect(json).toMatchObject({ tier: "K2", claim: null, outlook: { remove: { people: 1, waitsFor: "nobody" } } });
		expect(json.items[0]).toMatchObject({
			id: itemId,
			state: "withheld",
			country: "VN",
			revealLevels: [1, 2, 3, 4, 5],
			signals: [
				{
					kind: "matched",
					ground: { alone: "K2", tier: "K2" },
					match: { distanceBits: 12, transform: "flipX", positiveSources: 2 },
				},
				{ kind: "scored", probability: 0.91, ground: { alone: "M", limits: { threshold: 0.8 } } },
				{ kind: "unavailable", reason: "truncated" },
			],
			orders: [{ action: "withhold", state: "pending", deliveredAt: null }],
		});
		expect(json.events.map((one: { kind: string }) => one.kind)).toEqual(["opened", "item-added", "ordered"]);
	});

	it("never carries the material itself", async () => {
		const text = `the words of the post ${randomUUID()}`;
		const { caseId } = await review.addCase({ kind: "post", evidence: { text, mediaKey: null, mediaType: null } });
		const { body, json } = await ana.get(`/api/cases/${caseId}`);
		expect(body).not.toContain(text);
		expect(json.items[0]).toMatchObject({ textLength: text.length, revealLevels: [4] });
	});

	it("that does not exist is a 404, and a name that is no id a 400", async () => {
		expect(refusal(await ana.get("/api/cases/019ab000-0000-7000-8000-000000000000"))).toEqual([404, "not-found"]);
		expect(refusal(await ana.get("/api/cases/first"))).toEqual([400, "malformed-request"]);
	});
});

describe("claiming", () => {
	it("gives the fence to the holder only; others see who holds it", async () => {
		const { caseId } = await review.addCase();
		const { json } = await ana.post(`/api/cases/${caseId}/claim`);
		expect(json).toMatchObject({ state: "claimed", claim: { fence: 1 }, claimedBy: { isMine: true } });
		const seen = (await binh.get(`/api/cases/${caseId}`)).json;
		expect(seen).toMatchObject({ claim: null, claimedBy: { userId: ana.id, isMine: false } });
		expect(refusal(await binh.post(`/api/cases/${caseId}/claim`))).toEqual([409, "already-claimed"]);
	});

	it("takes the most urgent case that is free, and never one that the person passed", async () => {
		const urgent = await review.addCase({ verdict: newVerdict({ urgency: 100 }) });
		const { json } = await ana.post("/api/cases/next");
		expect(json.case).toMatchObject({ id: urgent.caseId, claim: { fence: 1 } });
		expect((await ana.post(`/api/cases/${urgent.caseId}/skip`, { fence: 1 })).status).toBe(204);
		expect((await ana.post("/api/cases/next")).json.case.id).not.toBe(urgent.caseId);
		expect((await binh.post("/api/cases/next")).json.case.id).toBe(urgent.caseId);
	});

	it("takes the most urgent case of the lane that is asked for, though others are more urgent", async () => {
		await review.addCase({ verdict: newVerdict({ tier: "K1", action: "withhold", urgency: 100 }) });
		const { caseId } = await review.addCase({ verdict: newVerdict({ tier: "K3", action: "review", urgency: 1 }) });
		const person = await review.newPerson("reviewer");
		const { json } = await person.post("/api/cases/next", { lane: "probable" });
		expect(json.case).toMatchObject({ id: caseId, tier: "K3" });
		expect((await person.post("/api/cases/next", { lane: "probable" })).json).toEqual({ case: null });
		expect(refusal(await person.post("/api/cases/next", { lane: "fast" }))).toEqual([400, "malformed-request"]);
	});

	it("answers with no case where there is none for this person", async () => {
		const empty = await openReview();
		try {
			const person = await empty.newPerson("reviewer");
			expect((await person.post("/api/cases/next")).json).toEqual({ case: null });
		} finally {
			await empty[Symbol.asyncDispose]();
		}
	});

	it("of many people at once gives each a case of their own", async () => {
		await Promise.all(Array.from({ length: 6 }, () => review.addCase({ verdict: newVerdict({ urgency: 99 }) })));
		const people = await Promise.all(Array.from({ length: 6 }, () => review.newPerson("reviewer")));
		const taken = await Promise.all(people.map(async (person) => (await person.post("/api/cases/next")).json.case.id));
		expect(new Set(taken).size).toBe(6);
	});
});

describe("an expired claim", () => {
	it.each([
		["heartbeat", {}],
		["release", {}],
		["skip", {}],
		["decide", { decision: "remove", reason: because }],
	])("is refused a %s, and the case is free for another person", async (act, body) => {
		const { caseId } = await review.addCase();
		const fence = await claim(ana, caseId);
		review.pass(claimLeaseMs);
		expect(refusal(await ana.post(`/api/cases/${caseId}/${act}`, { fence, ...body }))).toEqual([409, "claim-lost"]);
		expect((await binh.post(`/api/cases/${caseId}/claim`)).json.claim.fence).toBe(fence + 1);
	});

	it("does not come back by a heartbeat once another person has claimed the case", async () => {
		const { caseId } = await review.addCase();
		const fence = await claim(ana, caseId);
		review.pass(claimLeaseMs);
		await claim(binh, caseId);
		expect(refusal(await ana.post(`/api/cases/${caseId}/heartbeat`, { fence }))).toEqual([409, "claim-lost"]);
	});

	it("is put off by heartbeats", async () => {
		const { caseId } = await review.addCase();
		const fence = await claim(ana, caseId);
		for (let beat = 0; beat < 3; beat += 1) {
			review.pass(claimLeaseMs - 1);
			expect((await ana.post(`/api/cases/${caseId}/heartbeat`, { fence })).json.fence).toBe(fence);
		}
		const decided = await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "restore", reason: because });
		expect(decided.status).toBe(200);
	});
});

describe("deciding", () => {
	it("is refused where more has come in than whoever decides has seen", async () => {
		const clusterKey = randomUUID();
		const { caseId } = await review.addCase({ verdict: known, clusterKey });
		const fence = await claim(ana, caseId);
		await review.addCase({ verdict: known, clusterKey });
		const decide = (itemsSeen: number) =>
			ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "remove", reason: because, itemsSeen });
		expect(refusal(await decide(1))).toEqual([409, "case-grew"]);
		expect((await decide(2)).json).toMatchObject({ waitsFor: "nobody" });
	});

	it("writes the orders, the events and the decision together", async () => {
		const { caseId } = await review.addCase({ verdict: known });
		const fence = await claim(ana, caseId);
		const { json } = await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "remove", reason: because });
		expect(json).toMatchObject({ waitsFor: "nobody", case: { state: "decided", claim: null } });
		const [item] = json.case.items;
		expect(item.state).toBe("removed");
		expect(item.orders.map((one: { action: string; version: number }) => [one.action, one.version])).toEqual([
			["withhold", 1],
			["remove", 2],
		]);
		const decided = json.case.events.find((one: { kind: string }) => one.kind === "decided");
		expect(decided).toMatchObject({
			actor: { kind: "person", userId: ana.id },
			data: { decision: "remove", reason: because, isFinal: true },
		});
	});

	it("once is enough: a second press of the key changes nothing", async () => {
		const { caseId } = await review.addCase({ verdict: known });
		const fence = await claim(ana, caseId);
		const body = { fence, decision: "remove", reason: because };
		const answers = await Promise.all([1, 2, 3].map(() => ana.post(`/api/cases/${caseId}/decide`, body)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
		const { json } = await ana.get(`/api/cases/${caseId}`);
		expect(json.items[0].orders).toHaveLength(2);
	});

	it("on weaker evidence takes two people: the first one withholds, the second one removes", async () => {
		const { caseId } = await review.addCase({ verdict: scored });
		const before = await ana.post(`/api/cases/${caseId}/claim`);
		expect(before.json.outlook).toMatchObject({
			remove: { people: 2, waitsFor: "second-person" },
			needsAnotherPerson: false,
		});
		const fence = before.json.claim.fence;
		const first = await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "remove", reason: because });
		expect(first.json).toMatchObject({
			waitsFor: "second-person",
			case: { state: "second", items: [{ state: "withheld" }] },
		});
		expect(first.json.case.outlook).toMatchObject({ remove: { waitsFor: "nobody" }, needsAnotherPerson: true });

		expect(refusal(await ana.post(`/api/cases/${caseId}/claim`))).toEqual([409, "same-person"]);
		const theirs = await claim(binh, caseId);
		const second = await binh.post(`/api/cases/${caseId}/decide`, {
			fence: theirs,
			decision: "remove",
			reason: because,
		});
		expect(second.json).toMatchObject({
			waitsFor: "nobody",
			case: { state: "decided", items: [{ state: "removed" }] },
		});
	});

	it("the second look is blind: what the first person decided, and why, is kept from others until they have decided", async () => {
		const { caseId } = await review.addCase({ verdict: scored });
		const fence = await claim(ana, caseId);
		await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "remove", reason: "a telling reason" });
		const own = (await ana.get(`/api/cases/${caseId}`)).json;
		expect(own.firstDecision).toMatchObject({ decision: "remove", isMine: true });
		const others = (await binh.get(`/api/cases/${caseId}`)).json;
		expect(others.firstDecision).toEqual({ decision: null, userId: ana.id, isMine: false });
		expect(JSON.stringify(others.events)).not.toMatch(/a telling reason|"decision"|"action"/);
		const theirs = await claim(binh, caseId);
		const decided = await binh.post(`/api/cases/${caseId}/decide`, {
			fence: theirs,
			decision: "remove",
			reason: because,
		});
		expect(JSON.stringify(decided.json.case.events)).toContain("a telling reason");
	});

	it("two who differ decide nothing; a lead who gave neither decision does", async () => {
		const lead = await review.newPerson("lead");
		const { caseId } = await review.addCase({ verdict: scored });
		const first = await claim(ana, caseId);
		await ana.post(`/api/cases/${caseId}/decide`, { fence: first, decision: "remove", reason: because });
		const second = await claim(binh, caseId);
		const differing = await binh.post(`/api/cases/${caseId}/decide`, {
			fence: second,
			decision: "restore",
			reason: because,
		});
		expect(differing.json).toMatchObject({
			waitsFor: "lead",
			case: { state: "held", items: [{ state: "withheld" }], outlook: { needsLead: true } },
		});
		const chi = await review.newPerson("reviewer");
		expect(refusal(await chi.post(`/api/cases/${caseId}/claim`))).toEqual([409, "needs-lead"]);
		const last = await claim(lead, caseId);
		const { json } = await lead.post(`/api/cases/${caseId}/decide`, {
			fence: last,
			decision: "restore",
			reason: because,
		});
		expect(json).toMatchObject({ waitsFor: "nobody", case: { state: "decided", items: [{ state: "restored" }] } });
	});

	it("can be taken back by whoever decided, for a while, and by a lead at any time", async () => {
		const lead = await review.newPerson("lead");
		const { caseId } = await review.addCase({ verdict: known });
		const remove = async () => {
			const fence = await claim(ana, caseId);
			return ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "remove", reason: because });
		};
		expect((await remove()).json.case.outlook.undo).toMatchObject({ kind: "undo" });
		const undo = (person: typeof ana) => person.post(`/api/cases/${caseId}/undo`, { reason: "a slip of the hand" });
		expect(refusal(await undo(await review.newPerson("reviewer")))).toEqual([403, "forbidden"]);
		const undone = await undo(ana);
		expect(undone.json).toMatchObject({ state: "open", items: [{ state: "withheld" }] });
		expect(undone.json.items[0].orders.map((one: { action: string }) => one.action)).toEqual([
			"withhold",
			"remove",
			"withhold",
		]);
		expect(refusal(await undo(ana))).toEqual([409, "not-decidable"]);
		await remove();
		review.pass(defaultPolicy.undoWithinMs + 1);
		expect(refusal(await undo(ana))).toEqual([409, "too-late-to-undo"]);
		expect((await undo(lead)).json).toMatchObject({ state: "open", items: [{ state: "withheld" }] });
	});

	it("is not taken back once newer copies are in a case of their own", async () => {
		const clusterKey = randomUUID();
		const { caseId } = await review.addCase({ verdict: known, clusterKey });
		const fence = await claim(ana, caseId);
		await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "restore", reason: because });
		await review.addCase({ verdict: known, clusterKey });
		expect(refusal(await ana.post(`/api/cases/${caseId}/undo`, { reason: because }))).toEqual([409, "newer-case"]);
	});

	it("to restore brings back what the machine withheld", async () => {
		const { caseId } = await review.addCase({ verdict: known });
		const fence = await claim(ana, caseId);
		const { json } = await ana.post(`/api/cases/${caseId}/decide`, { fence, decision: "restore", reason: because });
		expect(json.case.items[0]).toMatchObject({ state: "restored", orders: [{}, { action: "restore", version: 2 }] });
	});

	it.each([
		["without a reason", { decision: "remove" }],
		["with a reason of blanks", { decision: "remove", reason: "  " }],
		["with a decision that there is not", { decision: "forget", reason: because }],
	])("%s is refused", async (_name, body) => {
		const { caseId } = await review.addCase();
		const fence = await claim(ana, caseId);
		expect(refusal(await ana.post(`/api/cases/${caseId}/decide`, { fence, ...body }))).toEqual([
			400,
			"malformed-request",
		]);
	});

	it("without holding the case is refused", async () => {
		const { caseId } = await review.addCase();
		await claim(binh, caseId);
		const body = { fence: 1, decision: "remove", reason: because };
		expect(refusal(await ana.post(`/api/cases/${caseId}/decide`, body))).toEqual([409, "claim-lost"]);
	});
});

describe("a note", () => {
	it("can be added without holding the case, and is part of its record", async () => {
		const { caseId } = await review.addCase();
		await claim(ana, caseId);
		expect((await binh.post(`/api/cases/${caseId}/comment`, { text: "seen before" })).status).toBe(204);
		const { json } = await ana.get(`/api/cases/${caseId}`);
		expect(json.events.at(-1)).toMatchObject({
			kind: "commented",
			actor: { userId: binh.id },
			data: { text: "seen before" },
		});
		expect(json.claim.fence).toBe(1);
	});
});

// Banks, imports, quarantine and what cases write back to entries, over the review API on a real PostgreSQL.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { accountBit, bankAccountBits } from "../../../services/core/banks/account-bits.ts";
import type { Match } from "../../../services/core/banks/bank.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { digest, newBank } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let reviewer: Person;
let lead: Person;
let operator: Person;
beforeAll(async () => {
	review = await openReview();
	reviewer = await review.newPerson("reviewer");
	lead = await review.newPerson("lead");
	operator = await review.newPerson("operator");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const said = (text: string) => {
	const opinion = { source: "list", kind: "positive" } as const;
	return { hashType: "sha256", hash: digest(text), quality: null, opinion, externalId: null, note: null } as const;
};

/** A bank with one entry, and how a match of it looks. */
async function newKnown() {
	const { id: _id, ...settings } = newBank({ name: `known-${randomUUID().slice(0, 8)}` });
	const bank = await review.stores.banks.create(settings, "an");
	await review.stores.banks.addEntries(bank.id, [said(bank.name)], "an");
	const [entry] = await review.stores.banks.findEntries(bank.id, { after: null, limit: 1 });
	if (entry === undefined) throw new Error("there is an entry");
	const match: Match = {
		...{ bankId: bank.id, bankName: bank.name, bankKind: "known", category: "c", trusted: true, shadow: false },
		...{ entryId: entry.id, hashType: "sha256", distanceBits: 0, tightRadiusBits: 20, wideRadiusBits: 31 },
		...{ transform: "none", queryQuality: null, entryQuality: null, standing: "confirmed", positiveSources: 1 },
		...{ isQuarantined: false, categories: [], severity: null },
	};
	const own = async () =>
		(await review.stores.banks.findEntry(entry.id))?.opinions.find(({ source }) => source === "here");
	return { bank, entryId: entry.id, match, own };
}

async function openCase(match: Match, action: "withhold" | "review" = "withhold") {
	const signals: readonly Signal[] = [{ kind: "matched", detector: "hash", version: "1", match }];
	const tier = action === "withhold" ? "K1" : "K3";
	const { caseId } = await review.addCase({ verdict: newVerdict({ tier, action, signals }) });
	return caseId;
}

async function take(person: Person, caseId: string) {
	const { fence } = (await person.post(`/api/cases/${caseId}/claim`)).json.claim;
	return {
		judge: (entryId: string, judgement: string, reason = "looked at it") =>
			person.post(`/api/cases/${caseId}/judge-entry`, { fence, entryId, judgement, reason }),
		decide: (decision: string, reason = "looked at it") =>
			person.post(`/api/cases/${caseId}/decide`, { fence, decision, reason }),
	};
}

/** Entries that a restore would dispute. */
async function disputedBy(person: Person, caseId: string): Promise<readonly string[]> {
	return (await person.get(`/api/cases/${caseId}`)).json.outlook.restore.disputed;
}

describe("what people conclude in a case is written back to the entry", () => {
	it("restoring what the machine withheld on an entry's word disputes the entry: from then on it asks people first", async () => {
		const known = await newKnown();
		const caseId = await openCase(known.match);
		// Its bank is trusted: two people agree.
		const first = await (await take(lead, caseId)).decide("restore", "not the same");
		expect(first.json).toMatchObject({ waitsFor: "second-person", case: { items: [{ state: "withheld" }] } });
		expect(await known.own()).toBeUndefined();
		const { json } = await (await take(reviewer, caseId)).decide("restore", "a different picture");
		expect(await known.own()).toMatchObject({ kind: "investigate", note: "a different picture" });
		const judged = json.case.events.find((one: { kind: string }) => one.kind === "entry-judged");
		expect(judged.data).toEqual({ entryId: known.entryId, judgement: "dispute", reason: "a different picture" });
		const [newest] = await review.stores.banks.history(known.bank.name, { before: null, limit: 1 });
		expect(newest?.by).toBe(reviewer.login);
	});

	it("a restoring that is taken back takes back its word on the entry, once; another case's word stays, and what was said before", async () => {
		const known = await newKnown();
		const restore = async (reason: string) => {
			const caseId = await openCase(known.match);
			await (await take(lead, caseId)).decide("restore", reason);
			await (await take(reviewer, caseId)).decide("restore", reason);
			return () => reviewer.post(`/api/cases/${caseId}/undo`, { reason: "a slip of the hand" });
		};
		const undoFirst = await restore("one reason");
		const undoSecond = await restore("another reason");
		const undoThird = await restore("another reason");
		const steps = async () => (await review.stores.banks.history(known.bank.name, { before: null, limit: 50 })).length;
		expect((await undoThird()).status).toBe(200);
		expect(await known.own()).toMatchObject({ kind: "investigate", note: "another reason" });
		expect((await undoFirst()).status).toBe(200);
		expect(await known.own()).toMatchObject({ note: "another reason" });
		const before = await steps();
		expect((await undoSecond()).status).toBe(200);
		expect(await known.own()).toBeUndefined();
		expect(await steps()).toBe(before + 1);
		expect((await undoSecond()).json.code).toBe("not-decidable");
		expect(await steps()).toBe(before + 1);

		const asked = await openCase(known.match);
		await (await take(lead, asked)).judge(known.entryId, "confirm", "it is what the bank says");
		const undoLast = await restore("one reason");
		expect(await known.own()).toMatchObject({ kind: "investigate" });
		await undoLast();
		expect(await known.own()).toMatchObject({ kind: "positive", note: "it is what the bank says" });
	});

	it("restoring what was only asked about says nothing of the entry, nor does removing", async () => {
		for (const [action, decision] of [
			["review", "restore"],
			["withhold", "remove"],
		] as const) {
			const known = await newKnown();
			const { status } = await (await take(reviewer, await openCase(known.match, action))).decide(decision);
			expect(status).toBe(200);
			expect(await known.own()).toBeUndefined();
		}
	});

	it("confirming and disputing are the holder's to say, clearing a lead's", async () => {
		const known = await newKnown();
		const caseId = await openCase(known.match);
		const held = await take(reviewer, caseId);
		expect((await held.judge(known.entryId, "confirm")).status).toBe(200);
		expect(await known.own()).toMatchObject({ kind: "positive" });
		expect((await held.judge(known.entryId, "clear")).json.code).toBe("forbidden");
		await review.pass(61_000);
		expect((await held.judge(known.entryId, "dispute")).json.code).toBe("claim-lost");
		const taken = await take(lead, caseId);
		expect((await taken.judge(known.entryId, "clear")).status).toBe(200);
		expect(await known.own()).toMatchObject({ kind: "negative" });
		// What people have cleared stays cleared.
		await taken.decide("restore");
		expect(await known.own()).toMatchObject({ kind: "negative" });
	});

	it("the case shows whoever reads it what its entries are now, and what restoring would do to them", async () => {
		const known = await newKnown();
		const caseId = await openCase(known.match);
		const read = async () => (await reviewer.get(`/api/cases/${caseId}`)).json;
		const before = await read();
		expect(before.entries).toEqual([
			{
				...{ id: known.entryId, bankName: known.bank.name, bankKind: "known", hashType: "sha256" },
				...{ standing: "confirmed", isQuarantined: false, opinions: [{ source: "list", kind: "positive" }] },
			},
		]);
		expect(await disputedBy(reviewer, caseId)).toEqual([known.entryId]);
		await (await take(reviewer, caseId)).judge(known.entryId, "dispute");
		expect((await read()).entries).toMatchObject([{ standing: "disputed" }]);
		await review.stores.banks.removeEntry(known.entryId, "an");
		const after = await read();
		expect([after.entries, await disputedBy(reviewer, caseId)]).toEqual([[], []]);
	});

	it("what was only asked about, and what people have cleared, is not foretold to be disputed", async () => {
		const [asked, cleared] = [await newKnown(), await newKnown()];
		expect(await disputedBy(reviewer, await openCase(asked.match, "review"))).toEqual([]);
		const caseId = await openCase(cleared.match);
		await (await take(lead, caseId)).judge(cleared.entryId, "clear");
		expect(await disputedBy(lead, caseId)).toEqual([]);
	});

	it("an entry that the case has nothing to do with cannot be judged from it", async () => {
		const [known, other] = [await newKnown(), await newKnown()];
		const held = await take(reviewer, await openCase(known.match));
		expect((await held.judge(other.entryId, "confirm")).json.code).toBe("not-found");
		expect(await other.own()).toBeUndefined();
	});
});

describe("a bank's settings", () => {
	const newName = () => `known-${randomUUID().slice(0, 8)}`;

	it("are what a new bank has until somebody says more: its matches go to people", async () => {
		const name = newName();
		const { status, json } = await operator.post("/api/banks", { name, category: "adult" });
		expect(status).toBe(201);
		expect(json).toMatchObject({ name, kind: "known", trusted: false, sources: [], shadow: false, entryCount: 0 });
		expect((await operator.post("/api/banks", { name, category: "adult" })).json.code).toBe("name-taken");
	});

	it("take a category that is known, or one that is said to be one's own", async () => {
		const name = newName();
		const misspelt = await operator.post("/api/banks", { name, category: "adlut" });
		expect(misspelt).toMatchObject({ status: 422, json: { code: "rule-broken" } });
		expect(misspelt.json.reasons).toMatchObject([{ code: "category-unknown", category: "adlut", nearest: "adult" }]);
		const own = await operator.post("/api/banks", { name, category: "house-rules", newCategory: true });
		expect([own.status, own.json.category]).toEqual([201, "house-rules"]);
		const change = (body: object) => operator.patch(`/api/banks/${name}`, body);
		expect((await change({ category: "ncci" })).json.detail).toMatch(/is it ncii\?/);
		expect((await change({ newCategory: true })).json.code).toBe("malformed-request");
		expect((await change({ category: "ncii" })).json.category).toBe("ncii");
	});

	it("change one by one, what is left out stays, and the history says who did it", async () => {
		const { json: bank } = await lead.post("/api/banks", { name: newName(), category: "adult", owner: "an" });
		await review.stores.banks.update(bank.id, { sources: ["list-a", "list-b", "list-c"] }, "an");
		const change = (body: object) => operator.patch(`/api/banks/${bank.name}`, body);
		const { status, json } = await change({ sources: ["list-a", "list-b"], tightRadiusBits: 12 });
		expect([status, json]).toEqual([
			200,
			{ ...bank, sources: ["list-a", "list-b"], tightRadiusBits: 12, updatedAt: json.updatedAt },
		]);
		const [newest] = await review.stores.banks.history(bank.name, { before: null, limit: 1 });
		expect(newest).toMatchObject({
			by: operator.login,
			step: { code: "settings-step", sources: ["list-a", "list-b"] },
		});
	});

	const read = async (name: string) => {
		const { banks } = (await lead.get("/api/banks")).json;
		return banks.find((one: { name: string }) => one.name === name);
	};

	it.each([
		{ trusted: true },
		{ sources: ["list-a"] },
		{ allowedChange: { share: 1, addedEntries: 1_000_000 } },
		{ tightRadiusBits: 31 },
	])("make a bank do more at two people's word only (%j)", async (more) => {
		const created = (await operator.post("/api/banks", { name: newName(), category: "adult", ...more })).json;
		const { json: bank } = await operator.post("/api/banks", { name: newName(), category: "adult" });
		const changed = (await operator.patch(`/api/banks/${bank.name}`, more)).json;
		for (const { waiting, ...answered } of [created, changed]) {
			expect(waiting).toMatchObject({ state: "open", isMine: true, createdBy: operator.login });
			expect(waiting.proposal.becomes).toMatchObject({ code: "settings-step" });
			expect(answered).toMatchObject({ trusted: false, sources: [], tightRadiusBits: 20 });
			const { drafts } = (await lead.get("/api/bank-drafts")).json;
			expect(drafts).toContainEqual({ ...waiting, isMine: false });
			const request = { why: "verified", baseSequence: waiting.baseSequence };
			const acceptance = (person: Person) => person.post(`/api/bank-drafts/${waiting.id}/accept`, request);
			expect((await acceptance(operator)).json).toMatchObject({ status: 409, code: "same-person" });
			expect((await acceptance(reviewer)).status).toBe(403);
			expect(await read(answered.name)).toMatchObject({ ...answered, updatedAt: expect.any(String) });
			expect((await acceptance(lead)).json).toMatchObject({ state: "applied", decidedBy: lead.login });
			expect(await read(answered.name)).toMatchObject(more);
		}
	});

	it("make a bank do less at one person's word, at once, whatever waits", async () => {
		const { bank } = await newKnown();
		await operator.patch(`/api/banks/${bank.name}`, { tightRadiusBits: 31 });
		const less = { trusted: false, shadow: true, allowedChange: { share: 0, addedEntries: 5 } };
		expect((await lead.patch(`/api/banks/${bank.name}`, less)).json).toMatchObject({ ...less, waiting: null });
		const { json } = await lead.patch(`/api/banks/${bank.name}`, { shadow: false });
		expect([json.shadow, json.waiting.faults]).toEqual([true, [{ code: "out-of-shadow" }]]);
	});

	it("changed since they were seen are not agreed to: the second person is shown what they would do now", async () => {
		const { bank } = await newKnown();
		const { json } = await operator.patch(`/api/banks/${bank.name}`, { tightRadiusBits: 31 });
		await operator.patch(`/api/banks/${bank.name}`, { wideRadiusBits: 31, tightRadiusBits: 10 });
		const asked = (await operator.patch(`/api/banks/${bank.name}`, { tightRadiusBits: 31 })).json.waiting;
		await lead.patch(`/api/banks/${bank.name}`, { tightRadiusBits: 8 });
		const accept = (baseSequence: number) =>
			lead.post(`/api/bank-drafts/${asked.id}/accept`, { why: "verified", baseSequence });
		const stale = await accept(asked.baseSequence);
		expect(stale.json).toMatchObject({
			status: 409,
			code: "draft-stale",
			reasons: [{ code: "changed-meanwhile", settings: ["tightRadiusBits"] }],
		});
		expect((await accept(asked.baseSequence)).json.code).toBe("draft-stale");
		const { drafts } = (await lead.get("/api/bank-drafts")).json;
		const fresh = drafts.find((one: { id: string }) => one.id === asked.id);
		expect(fresh.faults).toEqual([{ code: "strong-farther", from: 8, to: 31 }]);
		expect(drafts.map((one: { id: string }) => one.id)).not.toContain(json.waiting.id);
		expect((await accept(fresh.baseSequence)).json.state).toBe("applied");
	});

	it.each([
		["nothing at all", {}, [400, "malformed-request"]],
		["what is not a setting", { colour: "red" }, [400, "malformed-request"]],
		["a name, which a bank keeps", { name: "other" }, [400, "malformed-request"]],
		["a tight radius beyond the wide one", { tightRadiusBits: 30, wideRadiusBits: 20 }, [422, "rule-broken"]],
		["our own people as a source", { sources: ["here"] }, [400, "malformed-request"]],
		["a share over one", { enabledRatio: 1.5 }, [400, "malformed-request"]],
	])("are refused as they are where they name %s", async (_what, body, refusal) => {
		const { json: bank } = await operator.post("/api/banks", { name: newName(), category: "adult" });
		const { status, json } = await operator.patch(`/api/banks/${bank.name}`, body);
		expect([status, json.code]).toEqual(refusal);
		expect((await review.stores.banks.history(bank.name, { before: null, limit: 5 })).length).toBe(1);
	});

	it("are a lead's and an operator's to change, and of a bank that is there", async () => {
		expect((await reviewer.post("/api/banks", { name: newName(), category: "adult" })).json.code).toBe("forbidden");
		expect((await reviewer.patch("/api/banks/any", { trusted: true })).json.code).toBe("forbidden");
		expect((await lead.patch("/api/banks/nowhere", { trusted: true })).json.code).toBe("not-found");
	});
});

describe("imports", () => {
	async function newDraft(by: string, entries: number) {
		const { bank } = await newKnown();
		const { bankDrafts } = review.stores;
		await review.stores.banks.update(bank.id, { allowedChange: { share: 0, addedEntries: 5 } }, "an");
		const draft = { bankId: bank.id, by, origin: "list.csv", source: "list", isReplacing: false };
		const id = await bankDrafts.open(draft);
		await bankDrafts.stage(
			id,
			Array.from({ length: entries }, (_, index) => said(`${bank.name} ${index}`)),
		);
		await bankDrafts.close(id, {
			count: 1,
			byCode: { "all-zero": 1 },
			first: [{ line: 3, why: { code: "all-zero" } }],
		});
		return { id, bank };
	}
	const entryCount = async (name: string) =>
		(await operator.get("/api/banks")).json.banks.find((one: { name: string }) => one.name === name).entryCount;

	it("show their delta and what was refused before anyone accepts them, and are then carried out", async () => {
		const { id, bank } = await newDraft(operator.login, 5);
		const { drafts } = (await operator.get("/api/bank-drafts")).json;
		const draft = drafts.find((one: { id: string }) => one.id === id);
		expect(draft).toMatchObject({ state: "open", isMine: true, delta: { added: 5 }, faults: [] });
		expect(draft.rejected).toEqual({
			count: 1,
			byCode: { "all-zero": 1 },
			first: [{ line: 3, why: { code: "all-zero" } }],
		});
		expect(await entryCount(bank.name)).toBe(1);
		expect((await operator.post(`/api/bank-drafts/${id}/accept`, { why: "looked at" })).json.state).toBe("accepted");
		await eventually(async () => (await entryCount(bank.name)) === 6, { withinMs: 20_000 });
	});

	it("over the allowance are refused to whoever made them, and taken from another", async () => {
		const { id, bank } = await newDraft(operator.login, 6);
		expect((await operator.post(`/api/bank-drafts/${id}/accept`, { why: "looked at" })).json).toMatchObject({
			status: 409,
			code: "over-allowance",
		});
		expect((await lead.post(`/api/bank-drafts/${id}/accept`, { why: "looked at" })).status).toBe(200);
		await eventually(async () => (await entryCount(bank.name)) === 7, { withinMs: 20_000 });
	});

	describe("from a file that is uploaded", () => {
		const upload = (person: Person, bank: string, body: string, query = "origin=list.csv") =>
			review.send("POST", `/api/banks/${bank}/drafts?${query}`, {
				...{ cookie: person.cookie, csrfToken: person.csrfToken, body },
				headers: { "content-type": "application/octet-stream" },
			});
		const line = (text: string) => `sha256,${Buffer.from(digest(text)).toString("hex")}`;

		it("show their delta and the lines that were refused, and nothing enters the bank before someone accepts", async () => {
			const { bank } = await newKnown();
			const body = ["type,hash", line("a"), line("b"), line(bank.name), "pdq,abc"].join("\n");
			const { status, json } = await upload(operator, bank.name, body, "origin=list.csv&source=list");
			expect(status).toBe(201);
			expect(json).toMatchObject({
				...{ state: "open", origin: "list.csv", isMine: true, createdBy: operator.login },
				delta: { added: 2, changed: 0, removed: 0, same: 1 },
				rejected: { count: 1, byCode: { "wrong-length": 1 }, first: [{ line: 5, why: { code: "wrong-length" } }] },
			});
			expect(await entryCount(bank.name)).toBe(1);
			expect((await lead.post(`/api/bank-drafts/${json.id}/accept`, { why: "looked at" })).status).toBe(200);
			await eventually(async () => (await entryCount(bank.name)) === 3, { withinMs: 20_000 });
		});

		it("that would change nothing are closed at once", async () => {
			const { bank } = await newKnown();
			const body = ["type,hash", line(bank.name)].join("\n");
			const { json } = await upload(operator, bank.name, body, "origin=list.csv&source=list");
			expect(json).toMatchObject({ state: "rejected", why: "nothing to change" });
		});

		it("that cannot be read are refused without quoting them, and leave no draft open", async () => {
			const { bank } = await newKnown();
			for (const [body, query] of [
				["no,such,columns\n1,2,3", "origin=list.csv"],
				["[{", "origin=list.json"],
			] as const) {
				const { json, body: text } = await upload(operator, bank.name, body, query);
				expect(json.code).toBe("unreadable-file");
				expect(text).not.toContain("such");
			}
			const { drafts } = (await operator.get("/api/bank-drafts")).json;
			expect(drafts.filter((one: { bankName: string }) => one.bankName === bank.name)).toEqual([]);
		});

		it("are for leads and operators, into banks that exist, with the token that other sites do not have", async () => {
			const { bank } = await newKnown();
			const body = `type,hash\n${line("a")}`;
			expect((await upload(reviewer, bank.name, body)).status).toBe(403);
			expect((await upload({ ...operator, csrfToken: "" }, bank.name, body)).status).toBe(403);
			expect((await upload(operator, "none", body)).status).toBe(404);
		});
	});

	it("rejected, leave nothing behind", async () => {
		const { id, bank } = await newDraft(operator.login, 2);
		const { json } = await lead.post(`/api/bank-drafts/${id}/reject`, { why: "the wrong file" });
		expect(json).toMatchObject({ state: "rejected", decidedBy: lead.login, why: "the wrong file" });
		expect(await entryCount(bank.name)).toBe(1);
	});
});

it("a lead ends a quarantine; an operator sees it and does not judge", async () => {
	const known = await newKnown();
	await review.stores.entryWatch.quarantine(
		known.entryId,
		{ code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
		new Date(),
	);
	const { entries } = (await operator.get("/api/quarantine")).json;
	expect(entries).toMatchObject([
		{
			id: known.entryId,
			bankName: known.bank.name,
			reason: { code: "surge", hits: 60, accounts: 40, minutes: 20, usualHits: 0 },
		},
	]);
	const judge = (person: Person) =>
		person.post(`/api/quarantine/${known.entryId}/judge`, { judgement: "clear", why: "a logo" });
	expect((await judge(operator)).status).toBe(403);
	expect((await judge(lead)).status).toBe(204);
	expect((await operator.get("/api/quarantine")).json.entries).toEqual([]);
	expect(await known.own()).toEqual({ source: "here", kind: "negative", note: "a logo" });
});

it("a case that a breaker left to people says which, by name", async () => {
	const { bank, match } = await newKnown();
	const signals: readonly Signal[] = [{ kind: "matched", detector: "hash", version: "1", match }];
	const divertedBy = ["all:*", `platform:${review.platform.id}`, `bank:${bank.id}`, `entry:${match.entryId}`];
	const verdict = newVerdict({ tier: "K1", action: "review", signals, divertedBy });
	const { caseId } = await review.addCase({ verdict });
	const [item] = (await reviewer.get(`/api/cases/${caseId}`)).json.items;
	expect(item.divertedBy).toEqual([
		{ kind: "all", key: "*", label: "*" },
		{ kind: "platform", key: review.platform.id, label: "forum" },
		{ kind: "bank", key: bank.id, label: bank.name },
		{ kind: "entry", key: match.entryId, label: match.entryId },
	]);
});

it("a bank is switched off, its history read, and the bank put back", async () => {
	const { bank } = await newKnown();
	const path = `/api/banks/${bank.name}`;
	const [before] = (await operator.get(`${path}/history`)).json.revisions;
	const isOn = async () => (await review.stores.banks.findByName(bank.name))?.enabled;
	expect((await operator.post(`${path}/switch`, { enabled: false })).json).toEqual({ waiting: null });
	expect(await isOn()).toBe(false);
	// To have it match again takes two, whichever way it is asked for.
	for (const [way, request] of [
		["revert", { toSequence: before.sequence }],
		["switch", { enabled: true }],
	] as const) {
		const { json } = await operator.post(`${path}/${way}`, request);
		expect([json.waiting.faults, await isOn()]).toEqual([[{ code: "switched-on" }], false]);
		if (way === "revert") continue;
		expect((await lead.post(`/api/bank-drafts/${json.waiting.id}/accept`, { why: "it is right" })).status).toBe(200);
	}
	expect(await isOn()).toBe(true);
	expect((await operator.post("/api/banks/none/switch", { enabled: true })).json.code).toBe("not-found");
});

/** Accounts are counted by bits, which two of them may share; these do not. */
function accountsApart(platformId: string): readonly [string, string, string] {
	const byBit = new Map(
		Array.from({ length: 10 }, (_, index) => `author ${index}`).map((author) => [
			accountBit(platformId, author, bankAccountBits),
			author,
		]),
	);
	const [a, b, c] = byBit.values();
	if (a === undefined || b === undefined || c === undefined) throw new Error("ten accounts share two bits");
	return [a, b, c];
}

it("a bank in shadow shows what it would have done since it went into shadow, and how many accounts that concerns", async () => {
	const { bank, match } = await newKnown();
	const tally = async () =>
		(await operator.get("/api/banks")).json.banks.find(({ id }: { id: string }) => id === bank.id).shadowTally;
	const settle = async (change: Partial<Match>, authors: readonly string[]) => {
		const signals: readonly Signal[] = [
			{ kind: "matched", detector: "hash", version: "1", match: { ...match, shadow: true, ...change } },
		];
		const verdict = decideVerdict(signals, "public", defaultPolicy);
		const { id, source } = review.platform;
		await review.stores.verdicts.record(authors.map((authorId) => newItem(id, source, { authorId, verdict })));
	};
	expect(await tally()).toBeNull();
	await review.stores.banks.update(bank.id, { shadow: true }, "an");
	const [a, b, c] = accountsApart(review.platform.id);
	await settle({}, [a, b, b]);
	await settle({ standing: "disputed" }, [c]);
	expect(await tally()).toMatchObject({ matched: 4, wouldWithhold: 3, wouldReview: 1, wouldLetPass: 0, accounts: 3 });
	// Other changes of its settings do not begin the count anew; leaving shadow and coming back does.
	await review.stores.banks.update(bank.id, { enabledRatio: 0.5 }, "an");
	expect(await tally()).toMatchObject({ matched: 4 });
	await review.stores.banks.update(bank.id, { shadow: false }, "an");
	expect(await tally()).toBeNull();
	await review.stores.banks.update(bank.id, { shadow: true }, "an");
	expect(await tally()).toMatchObject({ matched: 0, wouldWithhold: 0, accounts: 0 });
});

it("reviewers see none of it", async () => {
	for (const url of ["/api/banks", "/api/bank-drafts", "/api/quarantine", "/api/banks/x/history"])
		expect((await reviewer.get(url)).status).toBe(403);
});

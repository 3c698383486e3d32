// The second look is blind. Systems: the review server on PostgreSQL, under a policy by which either first decision waits for a second.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import type { CaseId } from "../../../services/core/ids.ts";
import { createPolicies, defaultPolicy, initialRevision, initialSet } from "../../../services/core/policy/policy.ts";
import { newBank } from "../../support/bank-fixtures.ts";
import { newVerdict } from "../../support/examined-items.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let first: Person;
let second: Person;
beforeAll(async () => {
	const removalPeople = { ...defaultPolicy.removalPeople, K1: 2 };
	review = await openReview(
		createPolicies({ ...initialSet, default: { ...initialSet.default, removalPeople } }, initialRevision),
	);
	first = await review.newPerson("reviewer");
	second = await review.newPerson("reviewer");
}, 180_000);
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

async function newMatch(): Promise<Match> {
	const { id: _id, ...settings } = newBank({ name: `known-${randomUUID().slice(0, 8)}` });
	const bank = await review.stores.banks.create(settings, "an");
	const opinion = { source: "list", kind: "positive" } as const;
	const hash = Buffer.from(randomUUID().replaceAll("-", "").repeat(2), "hex");
	const entry = { hashType: "sha256", hash, quality: null, opinion, externalId: null, note: null } as const;
	await review.stores.banks.addEntries(bank.id, [entry], "an");
	const [added] = await review.stores.banks.findEntries(bank.id, { after: null, limit: 1 });
	if (added === undefined) throw new Error("there is an entry");
	return {
		...{ bankId: bank.id, bankName: bank.name, bankKind: "known", category: "c", trusted: true, shadow: false },
		...{ entryId: added.id, hashType: "sha256", distanceBits: 0, tightRadiusBits: 20, wideRadiusBits: 31 },
		...{ transform: "none", queryQuality: null, entryQuality: null, standing: "confirmed", positiveSources: 1 },
		...{ isQuarantined: false, categories: [], severity: null },
	};
}

/** A case with an item that is withheld and one that is visible, after one person's decision, as that person and another see it. */
async function seenAfter(decision: "remove" | "restore") {
	const clusterKey = randomUUID();
	const signals = [{ kind: "matched", detector: "hash", version: "1", match: await newMatch() }] as const;
	await review.addCase({ verdict: newVerdict({ tier: "K1", action: "withhold", signals }), clusterKey });
	const { caseId } = await review.addCase({ verdict: newVerdict({ tier: "M", action: "review" }), clusterKey });
	return { caseId, own: (await decide(first, caseId, decision)).json, others: await seenBySecond(caseId) };
}

async function decide(person: Person, caseId: string, decision: string) {
	const { fence } = (await person.post(`/api/cases/${caseId}/claim`)).json.claim;
	return person.post(`/api/cases/${caseId}/decide`, { fence, decision, reason: "looked at it" });
}

const seenBySecond = async (caseId: string) => (await second.get(`/api/cases/${caseId}`)).json;

/** Ids, times and made-up names apart. */
function withoutNames(detail: object): string {
	return JSON.stringify(detail)
		.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id")
		.replace(/known-[0-9a-f]{8}/g, "bank")
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time");
}

it("nothing that the case shows tells a first removal from a first restoring", async () => {
	const [removed, restored] = [await seenAfter("remove"), await seenAfter("restore")];
	expect(removed.own).toMatchObject({
		waitsFor: "second-person",
		case: { items: [{ state: "withheld" }, { state: "withheld" }] },
	});
	expect(restored.own).toMatchObject({
		waitsFor: "second-person",
		case: { items: [{ state: "withheld" }, { state: "live" }] },
	});
	expect(withoutNames(removed.others)).toBe(withoutNames(restored.others));
	expect(removed.others).toMatchObject({
		outlook: { remove: { waitsFor: "agreement" }, restore: { waitsFor: "agreement" } },
		items: [{ state: "withheld" }, { state: null, acknowledged: null, outstanding: null, orders: [] }],
	});
});

it("whoever has decided sees all of it, and it comes to what was foretold", async () => {
	const { caseId, others } = await seenAfter("remove");
	expect(others.outlook.remove.counts).toMatchObject({ removed: 2 });
	const { json } = await decide(second, caseId, "remove");
	expect(json).toMatchObject({ waitsFor: "nobody", case: { items: [{ state: "removed" }, { state: "removed" }] } });
	const orders = json.case.events.filter(({ kind }: { kind: string }) => kind === "ordered");
	expect(orders).toHaveLength(4);
});

interface ToldAct {
	readonly what: string;
	readonly actor: { readonly kind: string };
	readonly reason: string | null;
	readonly details: object;
}

/** What the log tells this person of the case that says what was decided: the acts themselves, and what became of orders. */
async function decisionsTold(person: Person, caseId: string): Promise<readonly string[]> {
	const acts: readonly ToldAct[] = (await person.get(`/api/acts?on=case:${caseId}&limit=500`)).json.acts;
	expect(acts.map(({ what }) => what)).toContain("case-opened");
	return acts
		.filter(
			({ what, actor }) =>
				/-(decided|asked|undone|judged)$/.test(what) || (what.includes("order") && actor.kind === "person"),
		)
		.concat(acts.filter(({ what }) => what === "case-delivered"))
		.map(({ what, reason, details }) => JSON.stringify({ what, reason, details }));
}

it("keeps the first decision from the log, too, and what became of its orders, until both have decided", async () => {
	const lead = await review.newPerson("lead");
	const { caseId } = await seenAfter("remove");
	for (const item of (await review.stores.cases.find(caseId as CaseId))?.items ?? [])
		for (const { id } of item.orders)
			await review.stores.orders.settleAttempt(id, { kind: "delivered", at: new Date() });
	expect(await decisionsTold(lead, caseId)).toEqual([]);
	await decide(second, caseId, "remove");
	expect((await decisionsTold(lead, caseId)).length).toBeGreaterThan(1);
});

it("keeps a decision that is appealed from the log, too, of whoever is asked whether it stands", async () => {
	const lead = await review.newPerson("lead");
	const { caseId } = await review.addCase({ verdict: newVerdict({ tier: "M", action: "review" }) });
	await decide(first, caseId, "remove");
	expect((await decide(second, caseId, "remove")).json).toMatchObject({ waitsFor: "nobody" });
	const order = (await review.stores.cases.find(caseId))?.items[0]?.orders.at(-1);
	if (order === undefined) throw new Error("it was removed");
	expect((await decisionsTold(lead, caseId)).length).toBeGreaterThan(0);
	const now = Date.now();
	const appealed = await review.stores.appeals.appealRestriction(
		{ kind: "order", orderId: order.id, platformId: review.platform.id },
		{ channel: "platform", text: "It is mine.", at: new Date(now), until: () => new Date(now + 60_000) },
	);
	expect(appealed).toMatchObject({ kind: "received" });
	expect(await decisionsTold(lead, caseId)).toEqual([]);
	await decide(lead, caseId, "remove");
	expect((await decisionsTold(lead, caseId)).length).toBeGreaterThan(1);
});

// Models over the review API: what leads and operators read of the shadow, and the proposals they decide. Real PostgreSQL.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let lead: Person;
beforeAll(async () => {
	review = await openReview();
	lead = await review.newPerson("lead");
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const version = { model: "test", version: "1.0.0" };
const propose = (threshold: number) =>
	review.stores.modelSettings.propose({
		...{ ...version, category: "adult", platform: null, tuning: { calibration: { kind: "none" }, threshold } },
		evidence: {
			...{ confirmed: 120, rejected: 80, wantedPrecision: 0.8, threshold: "proposed" },
			...{ precision: { low: 0.8, high: 0.9 }, recall: { low: 0.7, high: 0.85 } },
		},
	});

it("a proposal shows what it rests on and what holds now, and is put to use by a person's yes", async () => {
	const { id } = await propose(0.71);
	const { json } = await lead.get("/api/models");
	expect(json).toMatchObject({ revision: 0, live: "test", shadow: null });
	expect(json.proposals).toMatchObject([
		{ id, ...version, threshold: 0.71, presentThreshold: 0.8, evidence: { confirmed: 120, precision: { low: 0.8 } } },
	]);
	expect((await lead.post(`/api/model-proposals/${id}/accept`)).json).toEqual({ revision: 1 });
	expect((await review.stores.modelSettings.current()).tunings).toMatchObject({
		"test@1.0.0": { adult: { threshold: 0.71 } },
	});
	const [stored] = await review.stores.modelSettings.proposals({ state: "accepted" });
	expect(stored).toMatchObject({ id, decidedBy: lead.id });
	expect((await lead.post(`/api/model-proposals/${id}/accept`)).json.code).toBe("not-found");
});

it("a proposal that is rejected changes nothing", async () => {
	const before = await review.stores.modelSettings.current();
	const { id } = await propose(0.5);
	expect((await lead.post(`/api/model-proposals/${id}/reject`)).json).toEqual({ revision: before.revision });
	expect(await review.stores.modelSettings.current()).toEqual(before);
	expect((await lead.get("/api/models")).json.proposals).toEqual([]);
});

it("disagreements with the shadow are listed with their case and what people decided; agreements are only counted", async () => {
	const { caseId, itemId } = await review.addCase();
	const live = { ...version, probability: 0.9 };
	const shadow = { model: "next", version: "2.0.0", probability: 0.2 };
	await review.stores.scoreWatch.recordComparisons([
		{ kind: "disagreed", itemId, live, shadow, at: new Date() },
		{ kind: "agreed", itemId: null, live, shadow, at: new Date() },
	]);
	const read = async () => (await lead.get("/api/models")).json;
	const pair = { live: "test@1.0.0", shadow: "next@2.0.0" };
	expect((await read()).tallies).toEqual([{ ...pair, compared: 2, disagreed: 1 }]);
	expect((await read()).disagreements).toMatchObject([{ ...pair, caseId, decision: null }]);
	const { fence } = (await lead.post(`/api/cases/${caseId}/claim`)).json.claim;
	await lead.post(`/api/cases/${caseId}/decide`, { fence, decision: "restore", reason: "harmless" });
	expect((await read()).disagreements).toMatchObject([{ caseId, decision: "restore" }]);
});

it("reviewers see and decide none of it", async () => {
	const reviewer = await review.newPerson("reviewer");
	const { id } = await propose(0.6);
	expect((await reviewer.get("/api/models")).status).toBe(403);
	expect((await reviewer.post(`/api/model-proposals/${id}/accept`)).status).toBe(403);
});

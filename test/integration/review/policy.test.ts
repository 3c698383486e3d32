// The policy over the review API: who may read it, who proposes and who accepts, and what is answered to what cannot be. Real PostgreSQL.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { uuidv7 } from "../../../services/core/ids.ts";
import { initialRevision } from "../../../services/core/policy/policy.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let an: Person;
let binh: Person;
beforeAll(async () => {
	review = await openReview();
	[an, binh] = [await review.newPerson("lead"), await review.newPerson("lead")];
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const why = "fewer near copies were right last week";
const change = (settings: Record<string, unknown>) => ({ kind: "change", change: { default: settings } });
const propose = (what: unknown, more: Record<string, unknown> = {}, by = an) =>
	by.post("/api/policy/proposals", { why, what, ...more });
const codeOf = async (answer: ReturnType<Person["post"]>) => (await answer).json.code;

it("a lead proposes, another lead accepts, and both are named from then on", async () => {
	const proposed = await propose(change({ actions: { K2: "review" } }), { base: initialRevision });
	expect(proposed.status).toBe(201);
	expect(proposed.json).toMatchObject({
		base: initialRevision,
		isMine: true,
		isStale: false,
		mayWithholdMore: false,
		changes: [
			{ platform: null, setting: "actions", key: "K2", before: "withhold", after: "review", effect: "withholds-less" },
		],
	});
	const { id } = proposed.json;
	const seen = (await binh.get("/api/policy")).json;
	expect(seen.inForce).toMatchObject({ revision: initialRevision, accepted: null });
	expect(seen.proposals).toMatchObject([{ id, isMine: false, proposedBy: an.login, why }]);
	expect(await codeOf(an.post(`/api/policy/proposals/${id}/accept`, {}))).toBe("same-person");
	const accepted = await binh.post(`/api/policy/proposals/${id}/accept`, { why: "agreed" });
	const revision = initialRevision + 1;
	expect(accepted.json).toMatchObject({
		revision,
		accepted: { by: binh.login, proposedBy: an.login, why, revertsTo: null },
		changes: [{ setting: "actions", key: "K2" }],
	});
	expect((await an.get("/api/policy")).json).toMatchObject({ inForce: { revision }, proposals: [] });
	expect(await codeOf(binh.post(`/api/policy/proposals/${id}/accept`, {}))).toBe("not-decidable");
});

it("what a proposal would have made of the items judged last is counted over them", async () => {
	await review.addCase();
	const { id } = (await propose(change({ urgency: { K2: 99 } }))).json;
	const outlook = (await binh.get(`/api/policy/proposals/${id}/outlook`)).json;
	expect(outlook).toMatchObject({ items: 1, moved: [] });
	expect((await binh.post(`/api/policy/proposals/${id}/reject`, { why: "not now" })).json).toMatchObject({
		state: "rejected",
	});
});

it("the history tells each revision with what it changed, and one of them is read by its number", async () => {
	const { revisions } = (await an.get("/api/policy/revisions")).json;
	expect(revisions.map(({ revision }: { revision: number }) => revision)).toEqual([3, 2, 1]);
	expect(revisions[0].changes).toMatchObject([{ key: "K2" }]);
	expect(revisions[1].changes).toMatchObject([{ setting: "nearTiers", key: "text", before: "K2", after: "K3" }]);
	expect((await an.get("/api/policy/revisions?limit=1&before=3")).json.revisions).toEqual([revisions[1]]);
	expect((await an.get("/api/policy/revisions/2")).json).toEqual(revisions[1]);
});

it("what cannot be is refused, and named", async () => {
	const { inForce } = (await an.get("/api/policy")).json;
	expect(await codeOf(propose(change({})))).toBe("nothing-changed");
	expect(await codeOf(propose({ kind: "whole", set: inForce.set }))).toBe("nothing-changed");
	expect(await codeOf(propose(change({ minimumQuality: 40 }), { base: 1 }))).toBe("policy-stale");
	expect(await codeOf(propose({ kind: "revert", to: 99 }))).toBe("not-found");
	expect((await an.get("/api/policy/revisions/99")).json.code).toBe("not-found");
	const faulty = (await propose(change({ actions: { M: "withhold" } }))).json;
	expect(faulty).toMatchObject({ code: "rule-broken", detail: expect.stringContaining("default.actions.M") });
	const incomplete = (await propose({ kind: "whole", set: { ...inForce.set, default: {} } })).json;
	expect(incomplete.detail).toContain("default.modelThresholds");
	const nowhere = [{ platform: uuidv7(1), surface: null, settings: { minimumQuality: 3 } }];
	expect((await propose({ kind: "change", change: { overrides: nowhere } })).json.detail).toContain(
		"overrides.0.platform",
	);
	expect((await an.post("/api/policy/proposals", { what: change({ minimumQuality: 40 }) })).json.detail).toContain(
		"why",
	);
});

it("of two proposals against one revision, the second is stale once the first is accepted", async () => {
	const [first, second] = [
		await propose(change({ minimumQuality: 40 })),
		await propose(change({ minimumQuality: 30 })),
	];
	await binh.post(`/api/policy/proposals/${first.json.id}/accept`, {});
	const { proposals } = (await binh.get("/api/policy")).json;
	expect(proposals).toMatchObject([{ id: second.json.id, isStale: true, changes: [{ before: 50, after: 30 }] }]);
	expect(await codeOf(binh.post(`/api/policy/proposals/${second.json.id}/accept`, {}))).toBe("policy-stale");
	await an.post(`/api/policy/proposals/${second.json.id}/reject`, { why: "taken back" });
});

it("going back is a proposal like any other", async () => {
	const { json } = await propose({ kind: "revert", to: initialRevision }, {}, binh);
	expect(json).toMatchObject({ revertsTo: initialRevision });
	expect((await an.post(`/api/policy/proposals/${json.id}/accept`, {})).json).toMatchObject({
		set: { overrides: [] },
		accepted: { revertsTo: initialRevision, by: an.login },
	});
});

it("reviewers and operators read the policy they work by, and change nothing", async () => {
	for (const role of ["reviewer", "operator"] as const) {
		const person = await review.newPerson(role);
		expect((await person.get("/api/policy")).status).toBe(200);
		expect((await propose(change({ minimumQuality: 20 }), {}, person)).status).toBe(403);
		const { id } = (await propose(change({ minimumQuality: 20 }))).json;
		expect((await person.post(`/api/policy/proposals/${id}/accept`, {})).status).toBe(403);
		expect((await person.post(`/api/policy/proposals/${id}/reject`, { why })).status).toBe(403);
	}
});

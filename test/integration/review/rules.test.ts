// Rules over the review API: what is wrong with one, its way through its stages, what a shadow summed to, and who may do what. Real PostgreSQL.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { createFactCatalogue } from "../../../services/core/rules/fact-catalogue.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { type RuleSignal, ruleSignal } from "../../../services/core/signals/rule/rule-signal.ts";
import { answeredSignal } from "../../support/answered-signal.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { newItem } from "../../support/examined-items.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
let an: Person;
let binh: Person;
beforeAll(async () => {
	review = await openReview();
	await review.stores.facts.declare(catalogue.layout);
	[an, binh] = [await review.newPerson("lead"), await review.newPerson("lead")];
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const catalogue = createFactCatalogue(signalCatalogue);
const why = "a test of rules";
const body = {
	...{ name: "many-links", when: "item.links >= 4", does: { review: true } },
	...{ category: null, owner: "desk", reviewBy: "2027-06-30" },
};
const at = (act: string) => `/api/rules/${body.name}${act}`;

it("a rule is refused at its line and column before it is kept, and kept as a draft where somebody wants that", async () => {
	const wrong = { ...body, when: "item.kind == 'post' &&\n  item.linkz >= 4" };
	const { json } = await an.post("/api/rule-checks", { body: wrong });
	expect(json).toEqual({
		cost: null,
		reads: [],
		faults: [{ code: "no-such-fact", line: 2, column: 8, name: "linkz", near: "links" }],
	});
	expect((await an.get("/api/rules")).json).toEqual({ rules: [], stopped: [] });
	const kept = await an.post("/api/rules", { body: wrong, why });
	expect(kept).toMatchObject({ status: 201, json: { rule: { stage: "draft", revision: 1 }, cost: null } });
	expect((await an.post("/api/rule-checks", { body: { ...body, does: {} } })).status).toBe(400);
	const facts: { name: string }[] = (await an.get("/api/rule-facts")).json.facts;
	expect(facts).toContainEqual(expect.objectContaining({ name: "item.links", type: "int", evidence: "content" }));
});

it("a stage that there is not is refused with those that there are", async () => {
	const { status, json } = await an.post(at("/advance"), { revision: 1, to: "everywhere", why });
	expect([status, json.reasons]).toEqual([
		400,
		[{ code: "field-refused", field: "body.to", rule: "invalid_value", allowed: ["shadow", "canary", "live"] }],
	]);
});

it("one who reads changes nothing", async () => {
	const reviewer = await review.newPerson("reviewer");
	expect((await reviewer.get(at(""))).status).toBe(200);
	for (const [act, sent] of [
		["", null],
		["/backtests", { revision: 1 }],
		["/advance", { revision: 1, to: "shadow", why }],
		["/approve", { why }],
		["/back", { why }],
	] as const) {
		const answer = await reviewer.post(sent === null ? "/api/rules" : at(act), sent ?? { body, why });
		expect({ act, status: answer.status }).toEqual({ act, status: 403 });
	}
});

it("a backtest goes on by itself and says what it came to, with cases to look at", async () => {
	const links = catalogue.write({ ...catalogue.empty, item: { ...catalogue.empty.item, links: 5 } });
	const none = catalogue.write(catalogue.empty);
	const { id: platformId, source } = review.platform;
	const items = [links, none, none].map((facts) => newItem(platformId, source, { facts, hashes: null }));
	await review.stores.verdicts.record(items);
	expect((await an.post("/api/rules", { body, why })).json.rule).toMatchObject({ stage: "checked", revision: 2 });
	// The clock of the server stands still where the test began; what came since is behind it.
	review.pass(60_000);
	const begun = await an.post(at("/backtests"), { revision: 2 });
	expect(begun).toMatchObject({ status: 202, json: { total: 3, state: "running" } });
	const done = await eventually(async () => {
		const { backtest } = (await an.get(at("/backtest"))).json;
		expect(backtest).toMatchObject({ state: "done" });
		return backtest;
	}, soon);
	expect(done).toMatchObject({
		tally: { examined: 3, held: 1, unknown: 1, alone: 1 },
		startedBy: an.login,
		total: null,
	});
	expect(done.cases).toMatchObject([{ itemId: items[0]?.id, platform: "forum", decision: null }]);
	expect(done.held).toMatchObject({ share: 1 / 3 });
	expect((await an.get(at(""))).json.revisions[0]).toMatchObject({ stage: "backtested" });
});

it("in shadow what it would have changed is summed up by day", async () => {
	expect((await an.post(at("/advance"), { revision: 2, to: "shadow", days: 3, why })).json.stage).toBe("shadow");
	const said = (outcome: RuleSignal["outcome"]) =>
		ruleSignal({
			...{ rule: body.name, revision: 2, stage: "shadow", outcome, category: null, does: { review: true } },
			...{ isOnModelAlone: false, known: null },
		});
	const { id: platformId, source } = review.platform;
	const items = (["held", "held", "failed"] as const).map((outcome) => {
		const verdict = decideVerdict([said(outcome)], "public", defaultPolicy);
		return newItem(platformId, source, { verdict, hashes: null });
	});
	await review.stores.verdicts.record(items.slice(0, 2));
	await review.stores.verdicts.record(items.slice(2));
	const sums: Record<string, number>[] = (await an.get(at(""))).json.shadow;
	const sum = (of: string) => sums.reduce((all, one) => all + (one[of] ?? 0), 0);
	expect([sum("held"), sum("failed"), sum("wouldReview"), sum("wouldWithhold")]).toEqual([2, 1, 2, 0]);
	expect(sums).toMatchObject([{ revision: 2, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }]);
});

it("of how many items it was silent, for people had let their account be, is said of each revision", async () => {
	expect((await an.get(at(""))).json.answered).toEqual([]);
	const { id: platformId, source } = review.platform;
	const items = [1, 2].map(() => {
		const verdict = decideVerdict([answeredSignal(body.name, 2)], "public", defaultPolicy);
		return newItem(platformId, source, { verdict, hashes: null });
	});
	await review.stores.verdicts.record(items);
	expect((await an.get(at(""))).json.answered).toEqual([
		{ revision: 2, items: 2, lastAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
	]);
});

it("canary and live take another person; the one who asked is refused, and one alone takes it back", async () => {
	const asked = await an.post(at("/advance"), { revision: 2, to: "canary", share: 0.2, why });
	expect(asked.json).toMatchObject({ stage: "shadow", waiting: { stage: "canary", share: 0.2, isMine: true } });
	expect((await an.post(at("/approve"), { why })).json.code).toBe("same-person");
	expect((await binh.get(at(""))).json.revisions[0].waiting).toMatchObject({ isMine: false, askedBy: an.login });
	expect((await binh.post(at("/approve"), { why })).json).toMatchObject({ stage: "canary", share: 0.2 });
	const back = await binh.post(at("/back"), { why });
	expect(back.json).toMatchObject({ stage: "shadow", waiting: null });
	expect((await an.post(at("/advance"), { revision: 2, to: "live", why })).json).toMatchObject({
		code: "not-decidable",
		reasons: [{ code: "rule-at-stage", stage: "shadow" }],
	});
});

it("what this version cannot ask goes no further, and a rule that is not there is not found", async () => {
	expect((await an.post(at("/advance"), { revision: 1, to: "shadow", why })).json).toMatchObject({
		code: "not-decidable",
		reasons: [{ code: "rule-unreadable" }],
	});
	expect((await an.post(at("/backtests"), { revision: 9 })).status).toBe(404);
	expect((await an.get("/api/rules/no-such-rule")).status).toBe(404);
	expect((await an.get("/api/rules/no-such-rule/backtest")).status).toBe(404);
});

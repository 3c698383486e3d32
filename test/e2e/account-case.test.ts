// An account of which people remove again and again: its strikes come before people as one case, two of them recommend a restriction, the platform
// takes note of it with reasons for its user, and taking the decision back tells it that nothing is recommended any more.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { caseId as caseIdOf } from "../../services/core/ids.ts";
import { applyChange, type PolicySet } from "../../services/core/policy/policy-set.ts";
import type { AccountRestriction } from "../../services/core/strikes/account-restriction.ts";
import type { AccountOrderMessage } from "../../services/core/wire/account-order.ts";
import { eventually, soon } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { visitPortal } from "../support/portal-visitor.ts";
import { addPerson, logInAt, type ReviewVisitor } from "../support/review-visitor.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let people: { readonly an: ReviewVisitor; readonly binh: ReviewVisitor; readonly lead: ReviewVisitor };
beforeAll(async () => {
	system = await startTestSystem({
		roles: ["intake", "takedown", "review", "portal"],
		env: { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" },
	});
	const { users } = system.parts.stores;
	for (const login of ["an", "binh"]) await addPerson(users, login);
	await addPerson(users, "lead", "lead");
	const [an, binh, lead] = await Promise.all(["an", "binh", "lead"].map((one) => logInAt(system.urlOf("review"), one)));
	if (an === undefined || binh === undefined || lead === undefined) throw new Error("nobody is logged in");
	people = { an, binh, lead };
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function decide(by: ReviewVisitor, caseId: string, decision: "remove" | "restore") {
	const claimed = await by("POST", `/api/cases/${caseId}/claim`);
	expect(claimed.status).toBe(200);
	const body = { fence: claimed.json.claim.fence, decision, reason: "a reason of theirs" };
	const decided = await by("POST", `/api/cases/${caseId}/decide`, body);
	expect(decided.status).toBe(200);
	return { claimed: claimed.json, decided: decided.json };
}

/** Something that the account posted, known and withheld; people confirm it. */
async function strike(authorId: string, subject: string): Promise<string> {
	const verdict = newVerdict({ category: "csam" });
	const { platform, parts } = system;
	const item = newItem(platform.id, platform.source, { authorId, subject, verdict });
	const [outcome] = await parts.stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	await decide(people.an, outcome.caseId, "remove");
	return outcome.caseId;
}

async function accountCases(account: string): Promise<readonly { id: string; accountId: string; state: string }[]> {
	const { cases } = (await people.an("GET", `/api/cases?search=${encodeURIComponent(account)}`)).json;
	return cases.filter((one: { accountId: string | null }) => one.accountId === account);
}

/** What the platform has taken note of, in the order of its versions. */
async function told(account: string, count: number): Promise<readonly AccountOrderMessage[]> {
	const found = () =>
		[...system.sample.accountOrders.values()]
			.map(({ order }) => order)
			.filter(({ accountId }) => accountId === account)
			.toSorted((a, b) => a.version - b.version);
	await eventually(() => expect(found()).toHaveLength(count), { withinMs: 20_000 });
	return found();
}

test("from five strikes to a recommendation that the platform has, and back", async () => {
	const strikes: string[] = [];
	for (let at = 1; at <= 4; at += 1) strikes.push(await strike("user-5", `post-${at}`));
	const { outbox, orders } = system.parts.stores;
	const counted = async () => (await outbox.list({ limit: 500 })).every(({ name }) => name !== "count-strikes");
	await eventually(async () => expect(await counted()).toBe(true), soon);
	expect(await accountCases("user-5")).toEqual([]);

	strikes.push(await strike("user-5", "post-5"));
	await eventually(async () => expect(await accountCases("user-5")).toHaveLength(1), soon);
	const [one] = await accountCases("user-5");
	const caseId = one?.id ?? "";
	const first = await decide(people.an, caseId, "remove");
	expect(first.claimed.account).toMatchObject({
		accountId: "user-5",
		counts: [
			{ count: 5, threshold: 5, withinDays: 30 },
			{ count: 5, threshold: 10, withinDays: 90 },
		],
		recommendations: [{ kind: "suspend", law: "VN-147-REPEAT", atLeastDays: 7, atMostDays: 30 }],
		...{ recommendedBefore: 0, restriction: "suspend" },
	});
	const evidence: readonly { caseId: string; category: string; at: string; countsUntil: string }[] =
		first.claimed.account.strikes;
	expect(evidence.map((each) => each.caseId).toSorted()).toEqual(strikes.toSorted());
	for (const { at, countsUntil, category } of evidence) {
		expect(Date.parse(countsUntil) - Date.parse(at)).toBe(90 * 86_400_000);
		expect(category).toBe("csam");
	}
	// One person alone recommends nothing; the same person is not the second.
	expect(first.decided.waitsFor).toBe("second-person");
	expect((await people.an("POST", `/api/cases/${caseId}/claim`)).json.code).toBe("same-person");
	expect(system.sample.accountOrders.size).toBe(0);

	const second = await decide(people.binh, caseId, "remove");
	expect(second.claimed.firstDecision.decision).toBeNull();
	expect(second.decided.waitsFor).toBe("nobody");
	const [recommended] = await told("user-5", 1);
	expect(recommended).toMatchObject({
		...{ action: "account.restrict-recommended", version: 1, source: system.platform.source },
		...{ restriction: "suspend", recommendations: [{ kind: "suspend", law: "VN-147-REPEAT" }] },
		statement: { restriction: "recommended", strikes: 5, automated: { decision: false } },
	});
	expect(recommended?.statement?.text.vi).toContain("5 lần");
	await eventually(async () => {
		const { json } = await people.an("GET", `/api/cases/${caseId}`);
		expect(json.account.orders).toMatchObject([{ action: "account.restrict-recommended", state: "delivered" }]);
	}, soon);
	expect(await orders.listOutstanding({ limit: 10 })).toEqual([]);

	expect((await people.lead("POST", `/api/cases/${caseId}/undo`, { reason: "a shared account" })).status).toBe(200);
	const [, withdrawn] = await told("user-5", 2);
	expect(withdrawn).toMatchObject({
		...{ action: "account.restriction-withdrawn", version: 2, recommendations: [] },
		statement: { restriction: "withdrawn", appealCode: null },
	});
	const codes = (await system.parts.stores.acts.list({ on: { kind: "case", id: caseId }, limit: 100 })).map(
		({ what }) => what,
	);
	for (const what of ["case-strikes-gathered", "case-account-ordered", "case-reopened"]) expect(codes).toContain(what);
	// Still waiting for people, the case takes in what comes later.
	await strike("user-5", "post-6");
	await eventually(async () => {
		const { json } = await people.an("GET", `/api/cases/${caseId}`);
		expect(json.account.strikes).toHaveLength(6);
	}, soon);
	expect(await accountCases("user-5")).toHaveLength(1);
}, 90_000);

test("which restriction is recommended the policy says: the case shows it before people decide, and the order and its statement name it", async () => {
	const { policy, users } = system.parts.stores;
	const [an, lead] = await Promise.all(["an", "lead"].map(async (login) => (await users.findForLogin(login))?.user.id));
	if (an === undefined || lead === undefined) throw new Error("they are there");
	const choose = async (accountRestriction: AccountRestriction, why: string) => {
		const override = { platform: system.platform.id, surface: null, settings: { accountRestriction } };
		const make = ({ set }: { readonly set: PolicySet }) => applyChange(set, { overrides: [override] });
		const { id } = await policy.propose({ make, base: null, why, by: an });
		await policy.accept(id, lead, null);
	};
	await choose("no-messages", "it is about contacts");
	for (let at = 1; at <= 5; at += 1) await strike("user-3", `three-${at}`);
	await eventually(async () => expect(await accountCases("user-3")).toHaveLength(1), soon);
	const caseId = (await accountCases("user-3"))[0]?.id ?? "";
	await eventually(async () => {
		const { json } = await people.an("GET", `/api/cases/${caseId}`);
		expect(json.account.restriction).toBe("no-messages");
	}, soon);
	await decide(people.an, caseId, "remove");
	await decide(people.binh, caseId, "remove");
	const [recommended] = await told("user-3", 1);
	expect(recommended).toMatchObject({ restriction: "no-messages", statement: { recommended: "no-messages" } });
	expect(recommended?.statement?.text.en).toContain("cannot write to people");
	const { json } = await people.an("GET", `/api/cases/${caseId}`);
	expect(json.account.orders).toMatchObject([{ restriction: "no-messages" }]);
	await choose("suspend", "as before");
}, 90_000);

test("the account's user appeals by the code of the statement; a third person overturns it, and the platform is told", async () => {
	for (let at = 1; at <= 5; at += 1) await strike("user-9", `nine-${at}`);
	await eventually(async () => expect(await accountCases("user-9")).toHaveLength(1), soon);
	const caseId = (await accountCases("user-9"))[0]?.id ?? "";
	await decide(people.an, caseId, "remove");
	await decide(people.binh, caseId, "remove");
	const [recommended] = await told("user-9", 1);
	const code = recommended?.statement?.appealCode ?? "";
	expect(recommended?.statement?.text.en).toContain(code.replace(/(\d{4})(?=\d)/g, "$1 "));
	const user = visitPortal(system.urlOf("portal"));
	const opened = await user.post("/en/appeal", { receipt: code });
	expect(opened.page).toContain("recommended to be restricted");
	const sent = await user.post("/en/appeal/send", { receipt: code, message: "My account was taken over." });
	expect(sent.page).toContain("We have your appeal.");
	// The platform's own call for its user is the same appeal.
	const again = await fetch(`${system.urlOf("intake")}/v1/appeals`, {
		method: "POST",
		headers: { authorization: `Bearer ${system.apiKey}`, "content-type": "application/json" },
		body: JSON.stringify({ orderId: recommended?.orderId, text: "It was taken over." }),
	});
	expect(again.status).toBe(200);
	for (const one of [people.an, people.binh])
		expect((await one("POST", `/api/cases/${caseId}/claim`)).json.code).toBe("same-person");
	const { claimed } = await decide(people.lead, caseId, "restore");
	expect(claimed).toMatchObject({ isUnderAppeal: true, account: { orders: [] } });
	expect(JSON.stringify(claimed)).not.toContain(recommended?.orderId ?? "an order");
	const [, withdrawn] = await told("user-9", 2);
	expect(withdrawn).toMatchObject({ action: "account.restriction-withdrawn", version: 2 });
	expect(withdrawn?.statement?.promptedBy).toEqual(["appeal"]);
	const after = (await user.post("/en/appeal", { receipt: code })).page;
	expect(after).toContain("restricting your account is no longer recommended");
	expect(after).toContain("not recommended to be restricted any more");
}, 90_000);

test("what a law forbids to tell of one strike holds the statement back; the platform has it once that ends", async () => {
	const strikes: string[] = [];
	for (let at = 1; at <= 5; at += 1) strikes.push(await strike("user-7", `seven-${at}`));
	await eventually(async () => expect(await accountCases("user-7")).toHaveLength(1), soon);
	const { silences, users } = system.parts.stores;
	const lead = (await users.findForLogin("lead"))?.user;
	if (lead === undefined) throw new Error("the lead is there");
	const silent = caseIdOf.parse(strikes[0]);
	const id = await silences.begin({ caseId: silent, reason: "an order of silence", until: null }, lead.id, new Date());
	if (id === null) throw new Error("the case is there");
	const caseId = (await accountCases("user-7"))[0]?.id ?? "";
	await decide(people.an, caseId, "remove");
	await decide(people.binh, caseId, "remove");
	const [recommended] = await told("user-7", 1);
	expect(recommended).toMatchObject({ action: "account.restrict-recommended", statement: null });
	await eventually(async () => {
		const { json } = await people.an("GET", `/api/cases/${caseId}`);
		expect(json.account.orders).toMatchObject([{ state: "delivered" }]);
	}, soon);

	const late = await silences.end(id, { userId: lead.id, why: "lifted" }, new Date());
	expect(late).toEqual({ reports: 0, statements: 1 });
	const orderId = recommended?.orderId ?? "";
	await eventually(
		() => expect(system.sample.statements.get(orderId)).toMatchObject({ restriction: "recommended", strikes: 5 }),
		{ withinMs: 20_000 },
	);
}, 90_000);

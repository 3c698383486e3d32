// The whole way of an appeal: from the code in a statement of reasons to the order that reverses it and the reporter who is told; a reporter's
// own, from the receipt's page; and a platform's for its user. Another person than the first decides, and sees the case as it was before.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { named } from "../../services/core/acts/doer.ts";
import type { OrderMessage } from "../../services/core/wire/order.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { eventually, soon } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { receiptOn, visitPortal } from "../support/portal-visitor.ts";
import { addPerson, logInAt, type ReviewVisitor } from "../support/review-visitor.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let [an, binh]: ReviewVisitor[] = [];
let authorityKey = "";
beforeAll(async () => {
	const env = { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1", BREAKWATER_PORTAL_URL: "https://report.example" };
	system = await startTestSystem({ roles: ["intake", "takedown", "review", "portal"], env });
	const { users, platforms, authorities } = system.parts.stores;
	await platforms.setAddresses(system.platform.id, ["https://forum.example/posts/{item}"]);
	for (const login of ["an", "binh"]) await addPerson(users, login);
	[an, binh] = await Promise.all(["an", "binh"].map((login) => logInAt(system.urlOf("review"), login)));
	authorityKey = newKey("authority", "ministry");
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-147-AUTH"] };
	await authorities.add(ministry, hashOfKey(authorityKey), named("test"));
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

const person = (one: ReviewVisitor | undefined): ReviewVisitor => {
	if (one === undefined) throw new Error("nobody is logged in");
	return one;
};

/** Something that the platform has, withheld as known material is, or let pass. */
async function newOnPlatform(subject: string, isFound: boolean) {
	const verdict = isFound ? newVerdict() : newVerdict({ tier: "none", action: "none", urgency: 0 });
	const item = newItem(system.platform.id, system.platform.source, { subject, verdict });
	await system.parts.stores.verdicts.record([item]);
	return item.id;
}

/** Taken and decided by somebody; answers the case as they saw it. */
async function decide(by: ReviewVisitor | undefined, caseId: string, decision: "remove" | "restore") {
	const claimed = await person(by)("POST", `/api/cases/${caseId}/claim`);
	expect(claimed.status).toBe(200);
	const { fence } = claimed.json.claim;
	const body = { fence, decision, reason: "a reason of theirs" };
	expect((await person(by)("POST", `/api/cases/${caseId}/decide`, body)).status).toBe(200);
	return claimed.json;
}

async function caseOf(subject: string): Promise<string> {
	let id = "";
	await eventually(async () => {
		const { cases } = (await person(an)("GET", `/api/cases?search=${subject}`)).json;
		expect(cases).toHaveLength(1);
		id = cases[0].id;
	}, soon);
	return id;
}

/** The platform's, once it has obeyed. */
async function orderOf(itemId: string, action: OrderMessage["action"]): Promise<OrderMessage> {
	const found = () =>
		[...system.sample.orders.values()]
			.map(({ order }) => order)
			.find((one) => one.itemId === itemId && one.action === action);
	await eventually(async () => expect(found()).toBeDefined(), { withinMs: 20_000 });
	const order = found();
	if (order === undefined) throw new Error("no such order");
	return order;
}

async function askAuthority(path: string, body?: object) {
	const headers = { authorization: `Bearer ${authorityKey}`, "content-type": "application/json" };
	const url = `${system.urlOf("portal")}/v1/authority-requests${path}`;
	const sent = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
	return JSON.parse(await (await fetch(url, sent)).text());
}

test("a user appeals by the code of the statement; another person overturns it, and all who were told are told", async () => {
	const itemId = await newOnPlatform("forum-1", true);
	const reporter = visitPortal(system.urlOf("portal"));
	const addresses = "https://forum.example/posts/forum-1";
	const receipt = receiptOn(await reporter.report({ addresses }, "/en/report"));
	const asked = await askAuthority("", {
		...{ reference: "CV-1", asks: "removal", legalBasis: "Decree 147/2024/ND-CP", addresses: [addresses] },
	});
	const caseId = await caseOf("forum-1");
	await eventually(
		async () => expect((await person(an)("GET", `/api/cases/${caseId}`)).json.reports).not.toBeNull(),
		soon,
	);
	await decide(an, caseId, "remove");
	expect((await reporter.post("/en/receipt", { receipt })).page).toContain(
		"the platform has been told to take it down",
	);
	const removal = await orderOf(itemId, "remove");
	const code = removal.statement?.appealCode ?? "";
	expect(removal.statement?.text.vi).toContain("https://report.example/appeal");
	expect(removal.statement?.text.en).toContain(code.replace(/(\d{4})(?=\d)/g, "$1 "));
	const here = async () => (await system.parts.stores.banks.findByName("here"))?.id;
	expect(await here()).toBeDefined();

	const user = visitPortal(system.urlOf("portal"));
	const opened = await user.post("/en/appeal", { receipt: code });
	expect(opened.page).toContain(system.platform.name);
	expect(opened.page).toContain("removed");
	const sent = await user.post("/en/appeal/send", { receipt: code, message: "It is a painting of mine." });
	expect(sent.page).toContain("We have your appeal.");
	expect((await user.post("/en/appeal/send", { receipt: code, message: "Once more." })).page).toContain(
		"It counts once.",
	);

	expect((await person(an)("POST", `/api/cases/${caseId}/claim`)).json.code).toBe("same-person");
	const seen = await decide(binh, caseId, "restore");
	expect(seen).toMatchObject({
		...{ isUnderAppeal: true, isAppealed: true, decided: null, state: "second" },
		appeals: [{ by: "user", channel: "portal", text: "It is a painting of mine.", outcome: null }],
		items: [{ state: "withheld", acknowledged: "withheld" }],
	});
	// Nothing of what was decided, and why: the machine's own withholding is all that is told.
	expect(JSON.stringify(seen)).not.toContain("a reason of theirs");
	expect(JSON.stringify(seen)).not.toContain(removal.orderId);
	expect(seen.events.filter(({ kind }: { kind: string }) => kind === "decided")).toMatchObject([{ data: {} }]);

	const restored = await orderOf(itemId, "restore");
	expect(restored.statement).toMatchObject({ restriction: "lifted", appealCode: null });
	expect(restored.statement?.promptedBy).toContain("appeal");
	expect((await reporter.post("/en/receipt", { receipt })).page).toContain("it may be shown again");
	expect((await user.post("/en/appeal", { receipt: code })).page).toContain("They decided differently");
	const { places, history } = await askAuthority(`/${asked.id}`);
	expect(places[0].state).toBe("restored");
	expect(history.map(({ what }: { what: string }) => what)).toEqual(
		expect.arrayContaining(["decided-remove", "decided-restore"]),
	);
	const { acts } = system.parts.stores;
	for (const what of ["case-appealed", "case-overturned"] as const)
		expect(await acts.list({ what, on: { kind: "case", id: caseId }, limit: 5 })).toHaveLength(1);
	// What it says of the picture no longer stands: nothing like it is held to be known here.
	const bankId = await here();
	const changes = await system.parts.stores.banks.changesSince(0, 10_000);
	const words = changes.flatMap((change) =>
		change.kind === "entry" && change.entry.bankId === bankId
			? [{ id: change.entry.id, kind: change.entry.opinions.find(({ source }) => source === "here")?.kind }]
			: [],
	);
	const last = new Map(words.map(({ id, kind }) => [id, kind]));
	expect([...last.values()].every((kind) => kind === "withdrawn")).toBe(true);
	expect(last.size).toBeGreaterThan(0);
}, 90_000);

test("a reporter appeals from the receipt's page, once; where others decide the same they are told so, and nobody else is", async () => {
	await newOnPlatform("forum-2", false);
	const [first, second] = [0, 1].map(() => visitPortal(system.urlOf("portal")));
	if (first === undefined || second === undefined) throw new Error("nobody reports");
	const addresses = "https://forum.example/posts/forum-2";
	const receipts = [
		receiptOn(await first.report({ addresses }, "/en/report")),
		receiptOn(await second.report({ addresses }, "/en/report")),
	] as const;
	const caseId = await caseOf("forum-2");
	await eventually(
		async () => expect((await person(an)("GET", `/api/cases/${caseId}`)).json.reports.reports).toBe(2),
		soon,
	);
	expect((await first.post("/en/receipt", { receipt: receipts[0] })).page).not.toContain("/receipt/appeal");
	await decide(an, caseId, "restore");
	expect((await first.post("/en/receipt", { receipt: receipts[0] })).page).toContain("/receipt/appeal");
	const sent = await first.post("/en/receipt/appeal", { receipt: receipts[0], message: "Look at the second page." });
	expect(sent.page).toContain("We have your request.");
	expect(sent.page).not.toContain("/receipt/appeal");
	const seen = await decide(binh, caseId, "restore");
	// Whoever works on cases does not read what reporters write.
	expect(seen.appeals).toMatchObject([{ by: "reporter", text: "" }]);
	expect(JSON.stringify(seen)).not.toContain("second page");
	const answered = await first.post("/en/receipt", { receipt: receipts[0] });
	expect(answered.page).toContain("They came to the same decision");
	expect(answered.page).not.toContain("/receipt/appeal");
	expect((await second.post("/en/receipt", { receipt: receipts[1] })).page).not.toContain("came to the same decision");
}, 60_000);

test("a platform appeals for its user, as often as it needs to be answered, and asks what became of it", async () => {
	const itemId = await newOnPlatform("forum-3", true);
	const caseId = await caseOf("forum-3");
	await decide(an, caseId, "remove");
	const { orderId } = await orderOf(itemId, "remove");
	const url = `${system.urlOf("intake")}/v1/appeals`;
	const call = async (key: string, path: string, body?: object) => {
		const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
		const sent = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
		const answer = await fetch(`${url}${path}`, sent);
		return { status: answer.status, json: JSON.parse(await answer.text()) };
	};
	const body = { orderId, text: "The user says that it is a drawing." };
	const made = await call(system.apiKey, "", body);
	expect([made.status, made.json]).toEqual([201, expect.objectContaining({ orderId, outcome: null })]);
	const again = await call(system.apiKey, "", body);
	expect([again.status, again.json.id]).toEqual([200, made.json.id]);
	const { platforms } = system.parts.stores;
	const other = await platforms.create({ name: "other", source: "//other.example", webhook: null, mediaHosts: [] });
	const otherKey = newKey("platform", "other");
	await platforms.addKey(other.id, hashOfKey(otherKey), "test");
	expect((await call(otherKey, "", body)).status).toBe(404);
	expect((await call(otherKey, `/${made.json.id}`)).status).toBe(404);
	// It is offered to whoever has not decided, and to nobody else.
	expect((await person(an)("POST", "/api/cases/next", {})).json.case).toBeNull();
	expect((await person(binh)("POST", "/api/cases/next", {})).json.case.id).toBe(caseId);
	await decide(binh, caseId, "remove");
	expect((await call(system.apiKey, `/${made.json.id}`)).json.outcome).toBe("upheld");
	// What other people have looked at stays as they left it, and nothing was ordered by it.
	expect((await call(system.apiKey, "", body)).json).toMatchObject({ id: made.json.id, outcome: "upheld" });
	const orders = [...system.sample.orders.values()].filter(({ order }) => order.itemId === itemId);
	expect(orders.map(({ order }) => order.action)).toEqual(["withhold", "remove"]);
}, 60_000);

// A law forbids telling: an authority's request says so, people remove, the platform obeys and has no word for its user, the reporter sees
// no answer; those who work on it see that it is held back. Once it ends the platform and the reporter are told.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { named } from "../../services/core/acts/doer.ts";
import { silenceId } from "../../services/core/ids.ts";
import type { OrderMessage } from "../../services/core/wire/order.ts";
import { hashOfKey, newKey } from "../../services/runtime/bearer-key.ts";
import { readShippedTemplates } from "../../services/runtime/read-templates.ts";
import { eventually } from "../support/eventually.ts";
import { newItem, newVerdict } from "../support/examined-items.ts";
import { receiptOn, visitPortal } from "../support/portal-visitor.ts";
import { addPerson, logInAt, type ReviewVisitor } from "../support/review-visitor.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const patience = { withinMs: 20_000 };
const address = "https://forum.example/posts/quiet";

let system: TestSystem;
let people: readonly ReviewVisitor[] = [];
const key = newKey("authority", "ministry");
beforeAll(async () => {
	const env = { BREAKWATER_TRUSTED_PROXIES: "127.0.0.1" };
	system = await startTestSystem({ roles: ["takedown", "review", "portal"], env });
	const { users, platforms, authorities, verdicts } = system.parts.stores;
	await platforms.setAddresses(system.platform.id, ["https://forum.example/posts/{item}"]);
	for (const login of ["an", "binh"]) await addPerson(users, login);
	people = await Promise.all(["an", "binh"].map((login) => logInAt(system.urlOf("review"), login)));
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	await authorities.add(ministry, hashOfKey(key), named("test"));
	const verdict = newVerdict({ tier: "none", action: "none", urgency: 0 });
	await verdicts.record([newItem(system.platform.id, system.platform.source, { subject: "quiet", verdict })]);
}, 60_000);
afterAll(async () => {
	await system[Symbol.asyncDispose]();
});

async function ask(): Promise<string> {
	const asks = { reference: "CV-9", asks: "removal", legalBasis: "Law on Cybersecurity", addresses: [address] };
	const body = JSON.stringify({ ...asks, silence: { basis: "an order of silence" } });
	const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
	const answer = await fetch(`${system.urlOf("portal")}/v1/authority-requests`, { method: "POST", headers, body });
	expect(answer.status).toBe(201);
	expect(JSON.parse(await answer.text())).toMatchObject({ silence: { basis: "an order of silence", until: null } });
	const { cases } = system.parts.stores;
	return (await cases.list({ search: "quiet", limit: 1, offset: 0 }))[0]?.id ?? "";
}

async function remove(caseId: string): Promise<void> {
	for (const person of people) {
		const claimed = await person("POST", `/api/cases/${caseId}/claim`);
		expect(claimed.json).toMatchObject({
			silences: [{ reason: "an order of silence", askedBy: { reference: "CV-9" } }],
		});
		const body = { fence: claimed.json.claim.fence, decision: "remove", reason: "as asked" };
		expect((await person("POST", `/api/cases/${caseId}/decide`, body)).status).toBe(200);
	}
}

const removal = (): OrderMessage | undefined =>
	[...system.sample.orders.values()].map(({ order }) => order).find(({ action }) => action === "remove");

test("nobody outside is told until it ends, and then everybody is", async () => {
	const visitor = visitPortal(system.urlOf("portal"));
	const form = await visitor.openForm();
	const receipt = receiptOn(await visitor.post("/report", { about: "other", danger: "no", addresses: address, form }));
	// From a network of its own each time: one may look ten times a minute.
	const seen = async () => (await visitPortal(system.urlOf("portal")).post("/receipt", { receipt })).page;
	const told = readShippedTemplates()["reporter/removed"].vi;
	const caseId = await ask();
	await eventually(async () => expect(await seen()).toContain('<li aria-current="step">Thu thập'), patience);
	await remove(caseId);
	await eventually(() => expect(removal()).toMatchObject({ statement: null }), patience);
	expect(await seen()).not.toContain(told);

	const { silences, users } = system.parts.stores;
	const [lasting] = await silences.list({ limit: 10 });
	const user = (await users.findForLogin("an"))?.user;
	if (lasting === undefined || user === undefined) throw new Error("it lasts, and An is there");
	await silences.end(silenceId.parse(lasting.id), { userId: user.id, why: "lifted" }, new Date());
	const orderId = removal()?.orderId ?? "";
	await eventually(
		() =>
			expect(system.sample.statements.get(orderId)).toMatchObject({
				restriction: "removed",
				promptedBy: ["report", "authority"],
			}),
		patience,
	);
	expect(system.sample.statements.get(orderId)?.appealCode).toMatch(/^\d{16}$/);
	await eventually(async () => expect(await seen()).toContain(told), patience);
}, 60_000);

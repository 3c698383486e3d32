// What authorities ask by e-mail, phone or letter, typed in over the review API. Real PostgreSQL.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { machine } from "../../../services/core/acts/doer.ts";
import type { AuthorityId } from "../../../services/core/ids.ts";
import { openReview, type Person, type ReviewFixture } from "./review-fixture.ts";

const hourMs = 3_600_000;
let review: ReviewFixture;
let clerk: Person;
let authority: AuthorityId;
beforeAll(async () => {
	review = await openReview();
	clerk = await review.newPerson("reviewer");
	const ministry = { name: "ministry", jurisdiction: "VN", laws: ["VN-CSL25"] };
	({ id: authority } = await review.stores.authorities.add(ministry, randomBytes(32), machine));
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

const asked = { asks: "removal", legalBasis: "116/2025/QH15", addresses: ["https://elsewhere.example/1"] };
const enter = (entry: object, by = clerk) =>
	by.post("/api/authority-requests", { authority, channel: "phone", arrivedAt: null, ...asked, ...entry });

it("keeps both when a request arrived and when it was typed in, and its deadline counts from its arrival", async () => {
	const arrivedAt = new Date(Date.now() - 2 * hourMs).toISOString();
	const entered = await enter({ reference: "CV-1", arrivedAt });
	expect(entered.status).toBe(201);
	const { request, isNew } = entered.json;
	expect(isNew).toBe(true);
	expect(request).toMatchObject({ channel: "phone", arrivedAt });
	expect(Date.parse(request.receivedAt)).toBeGreaterThan(Date.parse(arrivedAt) + hourMs);
	expect(request.deadlines).toMatchObject([
		{ law: "VN-CSL25", dueAt: new Date(Date.parse(arrivedAt) + 24 * hourMs).toISOString() },
	]);
	const [clock] = await review.stores.clocks.list({
		...{ cause: { kind: "authority-request", id: request.id }, limit: 1 },
	});
	const { json } = await clerk.get(`/api/cases/${clock?.caseId}`);
	expect(json.requests).toMatchObject([{ channel: "phone", arrivedAt, receivedAt: request.receivedAt }]);
});

it("never changes what was typed in: the same again is the same request, and another under its reference is refused", async () => {
	const first = (await enter({ reference: "CV-2" })).json.request;
	const again = await enter({
		...{ reference: "CV-2", channel: "letter", arrivedAt: new Date(Date.now() - hourMs).toISOString() },
	});
	expect([again.status, again.json.isNew, again.json.request]).toEqual([200, false, first]);
	const other = await enter({ reference: "CV-2", note: "something else" });
	expect([other.status, other.json]).toEqual([409, expect.objectContaining({ code: "reference-taken" })]);
});

it("takes no arrival that lies ahead, no authority that is shut out, and nothing of operators", async () => {
	const ahead = await enter({ reference: "CV-3", arrivedAt: new Date(Date.now() + 24 * hourMs).toISOString() });
	expect([ahead.status, ahead.json.reasons]).toEqual([
		422,
		[{ code: "field-refused", field: "arrivedAt", rule: "lies-ahead" }],
	]);
	expect((await enter({ reference: "CV-3", channel: "key" })).status).toBe(400);
	const operator = await review.newPerson("operator");
	expect((await enter({ reference: "CV-3" }, operator)).status).toBe(403);
	await review.stores.authorities.setEnabled("ministry", false, machine);
	expect((await clerk.get("/api/authorities")).json.authorities).toEqual([]);
	expect((await enter({ reference: "CV-3" })).status).toBe(404);
	await review.stores.authorities.setEnabled("ministry", true, machine);
	expect((await clerk.get("/api/authorities")).json.authorities).toMatchObject([{ name: "ministry" }]);
});

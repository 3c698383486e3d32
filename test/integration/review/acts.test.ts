// GET /api/acts: who may read the log, what they see of it, and how it is filtered and paged.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { openReview, type ReviewFixture } from "./review-fixture.ts";

let review: ReviewFixture;
beforeAll(async () => {
	review = await openReview();
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

interface Shown {
	readonly sequence: number;
	readonly what: string;
	readonly on: { readonly kind: string };
}
const actsOf = (json: { readonly acts?: readonly Shown[] }) => json.acts ?? [];

describe("the log of acts", () => {
	it("is read by leads and operators alone, and operators see none on cases", async () => {
		const { caseId } = await review.addCase();
		const [reviewer, lead, operator] = [
			await review.newPerson("reviewer"),
			await review.newPerson("lead"),
			await review.newPerson("operator"),
		];
		expect((await review.send("GET", "/api/acts")).status).toBe(401);
		expect((await reviewer.get("/api/acts")).status).toBe(403);
		const onCase = actsOf((await lead.get(`/api/acts?on=case:${caseId}`)).json);
		expect(onCase.map(({ what }) => what)).toEqual(["case-ordered", "case-item-added", "case-opened"]);
		expect((await operator.get(`/api/acts?on=case:${caseId}`)).json).toEqual({ acts: [] });
		const shown = actsOf((await operator.get("/api/acts?limit=500")).json);
		expect(shown.filter(({ on }) => on.kind === "case")).toEqual([]);
	});

	it("comes in pages, back from the newest or on from any sequence", async () => {
		await review.addCase();
		const lead = await review.newPerson("lead");
		const [newest, next] = actsOf((await lead.get("/api/acts?what=case-opened&limit=2")).json);
		expect(newest?.sequence).toBeGreaterThan(next?.sequence ?? Number.NaN);
		const before = actsOf((await lead.get(`/api/acts?what=case-opened&limit=1&before=${newest?.sequence}`)).json);
		expect(before).toEqual([next]);
		const after = actsOf((await lead.get(`/api/acts?what=case-opened&after=${next?.sequence}`)).json);
		expect(after).toEqual([newest]);
		const future = new Date(Date.now() + 60_000).toISOString();
		expect((await lead.get(`/api/acts?since=${future}`)).json).toEqual({ acts: [] });
		expect(actsOf((await lead.get("/api/acts?actor=machine&on=case&limit=1")).json)).toHaveLength(1);
	});

	it("says what is wrong with a question that it does not understand", async () => {
		const lead = await review.newPerson("lead");
		for (const query of ["on=moon:1", "what=moon-landed", "limit=0", "since=yesterday"])
			expect((await lead.get(`/api/acts?${query}`)).json).toMatchObject({ status: 400, code: "malformed-request" });
	});
});

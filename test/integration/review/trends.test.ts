// What the whole history says, over review's API. The engine has a suite of its own (integration/takedown/history); here it is asked by
// another's hand, so that every view has rows.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { BreakwaterError } from "../../../services/core/errors.ts";
import { type TrendView, trendViewNames, trendViews } from "../../../services/core/history/trends.ts";
import type { TrendAsked } from "../../../services/parts/ask-history.ts";
import { openReview, type ReviewFixture } from "./review-fixture.ts";

const rowsOf: Readonly<Record<TrendView, readonly object[]>> = {
	volumes: [{ day: "2026-11-28", tier: "K1", items: "3", withheld: "2", reviewed: "1", unexamined: "0" }],
	withholding: [{ day: null, orders: "2", p50_ms: 80.25, p95_ms: "412", p99_ms: null }],
	sources: [
		{ source: "bank:=known,1", items: 4, confirmed: 3, right_items: 3, decided: 4, last_day: "2026-11-28" },
		{ source: "model:nsfw", items: 1, confirmed: 0, right_items: 0, decided: 0, last_day: "2026-11-28" },
	],
	calibration: [
		{ source: "model:nsfw", platform: "forum", curve: "platform", cases: "200", confirmed: "120", error: "0.041" },
		{ source: "model:nsfw", platform: "chat", curve: null, cases: 2, confirmed: 0, error: 0.9 },
	],
	platforms: [{ platform: "forum", items: 5, found: 1, withheld: 1, unexamined: 2 }],
	ladder: [
		{ within_ms: 1_000, orders: "4", in_time: "3" },
		{ within_ms: 3_600_000, orders: "4", in_time: "4" },
	],
	clusters: [{ day: "2026-11-28", clusters: "4", grown: "3", spread: "1", items: "20", largest: "11" }],
	growth: [
		{
			...{ cluster_high: "117673781612017891", cluster_low: "-7135390659615129599" },
			...{ first_day: "2026-11-26", last_day: "2026-11-28" },
			...{ items: "20", most_in_a_day: "11" },
		},
	],
	later: [{ day: "2026-11-28", occasion: "sweep", items: "4", unknown_before: "3", withheld: "2", reviewed: "1" }],
	hours: [{ weekday: 1, hour_utc: 23, items: 7, found: 2 }],
};
const asked: TrendAsked[] = [];
let isAway = false;
let review: ReviewFixture;
beforeAll(async () => {
	review = await openReview(
		undefined,
		async (view, of) => {
			asked.push(of);
			if (isAway) throw new BreakwaterError("history-unavailable");
			const rows = rowsOf[view].map((row) => trendViews[view].row.parse(row));
			return { view, fromDay: "2026-10-30", behind: 3, rows };
		},
		async ({ query }, of) => {
			asked.push(of);
			if (query.startsWith("DROP")) throw new BreakwaterError("view-refused", { detail: "it has to be a SELECT" });
			return { fromDay: "2026-10-30", behind: 0, columns: ["kind", "items"], rows: [["=post", 3]] };
		},
	);
});
afterAll(async () => {
	await review[Symbol.asyncDispose]();
});

test.each(trendViewNames)(
	"%s: its rows, what is not in the history yet, and the same for a spreadsheet",
	async (view) => {
		const person = await review.newPerson("operator");
		const answer = await person.get(`/api/trends/${view}`);
		expect(answer.status).toBe(200);
		expect(answer.json).toMatchObject({ view, behind: 3, fromDay: "2026-10-30" });
		expect(answer.json.rows).toHaveLength(rowsOf[view].length);
		const csv = await person.get(`/api/trends/${view}/csv`);
		expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
		expect(csv.headers["content-disposition"]).toContain(`${view}-from-2026-10-30.csv`);
		expect(csv.body.trimEnd().split("\r\n")).toHaveLength(rowsOf[view].length + 1);
	},
);

test("precision comes with its interval, and none where nobody has decided; a spreadsheet takes no cell for a formula", async () => {
	const person = await review.newPerson("lead");
	const { json } = await person.get("/api/trends/sources");
	expect(json.rows[0].precision).toMatchObject({ share: 0.75 });
	expect(json.rows[0].precision.atLeast).toBeLessThan(0.75);
	expect(json.rows[1].precision).toBeNull();
	const { body } = await person.get("/api/trends/platforms/csv");
	expect(body).toBe("platform,items,found,withheld,unexamined\r\nforum,5,1,1,2\r\n");
});

test("what is asked is of so many days and of one platform; one that is not there, and a time beyond reason, are refused", async () => {
	const person = await review.newPerson("reviewer");
	asked.length = 0;
	await person.get("/api/trends/hours?days=7&platform=forum");
	expect(asked).toEqual([{ days: 7, platform: "forum" }]);
	expect((await person.get("/api/trends/hours?platform=nowhere")).status).toBe(404);
	expect((await person.get("/api/trends/hours?days=0")).status).toBe(400);
	expect((await person.get("/api/trends/hours?days=4000")).status).toBe(400);
	expect((await review.send("GET", "/api/trends/hours")).status).toBe(401);
});

test("an engine that is away is said, and review goes on", async () => {
	const person = await review.newPerson("operator");
	isAway = true;
	const answer = await person.get("/api/trends/volumes");
	isAway = false;
	expect([answer.status, answer.json.code]).toEqual([503, "history-unavailable"]);
	expect((await person.get("/api/trends/volumes")).status).toBe(200);
});

test("saved questions are listed and asked, as they are and for a spreadsheet; one that cannot be asked says so", async () => {
	const person = await review.newPerson("operator");
	const { views } = review.stores;
	await views.save({ name: "by-kind", says: "items by kind", query: "SELECT kind FROM verdicts" }, "huong");
	await views.save({ name: "wrong", says: "nothing", query: "DROP TABLE verdicts" }, "huong");
	expect((await person.get("/api/trends/saved")).json.views).toEqual([
		{ name: "by-kind", says: "items by kind" },
		{ name: "wrong", says: "nothing" },
	]);
	asked.length = 0;
	expect((await person.get("/api/trends/saved/by-kind?days=7")).json).toMatchObject({
		...{ view: "by-kind", columns: ["kind", "items"], rows: [["=post", 3]] },
	});
	expect(asked).toEqual([{ days: 7, platform: null }]);
	const csv = await person.get("/api/trends/saved/by-kind/csv");
	expect(csv.body).toBe("kind,items\r\n'=post,3\r\n");
	expect((await person.get("/api/trends/saved/wrong")).json.code).toBe("view-refused");
	expect((await person.get("/api/trends/saved/nothing")).status).toBe(404);
	expect((await review.send("GET", "/api/trends/saved")).status).toBe(401);
});

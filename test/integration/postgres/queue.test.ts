// The people's queue with more cases than anybody works off in a day: what each look at it reads is what it answers. That is asserted by the
// plans that PostgreSQL makes for the statements themselves, and not by time. How long it takes is `npm run bench:growth`.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import {
	countLanes,
	nextOfQueue,
	pageOfQueue,
	placeInQueue,
} from "../../../services/adapters/postgres/cases/read-queue.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { caseStates, isUndecided } from "../../../services/core/cases/case.ts";
import type { CaseId, UserId } from "../../../services/core/ids.ts";
import { type CaseFilter, mostCounted } from "../../../services/core/ports/case-store.ts";
import { openTestRecord } from "../../support/test-database.ts";

const count = 60_000;
const waiting = caseStates.filter(isUndecided);
const now = new Date();
const page = { limit: 51, offset: 0 };

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	userId = (await stores.users.create({ login: "lan", displayName: "Lan", roles: ["reviewer"], passwordHash: "x" })).id;
	const platform = await stores.platforms.create({
		...{ name: "forum", source: "//forum", webhook: null, mediaHosts: [] },
	});
	// Every twentieth is decided, every seventh has a deadline; many share an urgency, and their time with others.
	await record.database.rows(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, is_incomplete, platform_id, surface, item_count, opened_at, last_item_at, due_at, state, decision, decided_by, decided_at)
			SELECT gen_random_uuid(), 'case ' || n, (ARRAY['K1', 'K3', 'M', 'M'])[1 + n % 4], (n % 100) / 3.0, false, ${platform.id}, 'public', 1,
				now() - make_interval(secs => n / 50), now(), CASE WHEN n % 7 = 0 THEN now() + make_interval(hours => n % 11) END,
				CASE WHEN n % 20 = 0 THEN 'decided' ELSE 'open' END, CASE WHEN n % 20 = 0 THEN 'restore' END,
				CASE WHEN n % 20 = 0 THEN ${userId}::uuid END, CASE WHEN n % 20 = 0 THEN now() - make_interval(secs => n) END
			FROM generate_series(1, ${count}::integer) AS n`,
	);
	await record.database.rows(sql`ANALYZE cases`);
}, 120_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const planRow = z.object({ "QUERY PLAN": z.string() });
async function planOf(statement: ReturnType<typeof countLanes>): Promise<string> {
	const rows = await record.database.rows(sql`EXPLAIN (ANALYZE, COSTS off, TIMING off) ${statement}`, planRow);
	return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const list = (filter: Partial<CaseFilter>) => stores.cases.list({ states: waiting, ...page, ...filter });
const idsOf = async (filter: Partial<CaseFilter>) => (await list(filter)).map(({ id }) => id);

describe("a look at a long queue", () => {
	it.each<readonly [string, Partial<CaseFilter>, string]>([
		["the first page", {}, "cases_by_queue"],
		["the first page of a lane", { lane: "probable" }, "cases_by_lane"],
		["a lane that nothing waits in", { lane: "second" }, "cases_by_lane"],
		["what was decided last", { states: ["decided", "closed"] }, "cases_ended"],
	])("reads in the order of the queue and sorts nothing: %s", async (_, filter, index) => {
		const plan = await planOf(pageOfQueue({ states: waiting, ...page, ...filter }, now, null));
		expect(plan).toContain(`using ${index}`);
		expect(plan).not.toMatch(/Sort|Seq Scan on cases/);
	});

	it("goes on from a case as directly, wherever that stands", async () => {
		const [last] = await idsOf({ limit: 1, offset: 40_000 });
		if (last === undefined) throw new Error("so many wait");
		const after = await placeInQueue(record.database, last);
		for (const lane of [undefined, "model"] as const) {
			const filter = { states: waiting, ...page, ...(lane === undefined ? {} : { lane }) };
			const plan = await planOf(pageOfQueue(filter, now, after));
			expect(plan).toMatch(/Index Cond: .*urgency.* > ROW\(/);
			expect(plan).not.toMatch(/Sort|Seq Scan on cases|Rows Removed by Filter/);
		}
	});

	it("takes the next case without a look at those behind it", async () => {
		for (const lane of [undefined, "probable"] as const) {
			const plan = await planOf(nextOfQueue({ userId, isLead: false, lane }, now, sql`SKIP LOCKED`));
			expect(plan).toContain(`using ${lane === undefined ? "cases_by_queue" : "cases_by_lane"}`);
			expect(plan).not.toMatch(/Sort|Seq Scan on cases/);
		}
	});

	it("finds what a person holds by that person", async () => {
		const plan = await planOf(pageOfQueue({ states: waiting, claimedBy: userId, ...page }, now, null));
		expect(plan).toContain("cases_claimed");
	});

	it("counts a lane until there are more than anybody plans by, and says so", async () => {
		const lanes = Object.fromEntries((await stores.cases.lanes()).map(({ lane, ...rest }) => [lane, rest]));
		expect(lanes.model).toMatchObject({ count: mostCounted, isMore: true });
		expect(lanes.second).toEqual({ count: 0, isMore: false, oldestAt: null });
		const oldest = await record.database.rows(
			sql`SELECT min(opened_at)::text AS at FROM cases WHERE state = 'open' AND tier = 'K3'`,
			z.object({ at: z.coerce.date() }),
		);
		expect(lanes.probable?.oldestAt).toEqual(oldest[0]?.at);
		const plan = await planOf(countLanes());
		expect(plan).not.toMatch(/Sort|Seq Scan on cases/);
		expect(plan).toContain("using cases_waiting");
	});
});

describe("the order of the queue", () => {
	it("is by urgency, then by the nearest deadline, none last, then by age", async () => {
		const rows = await list({ limit: 2_000 });
		const keys = rows.map(({ urgency, dueAt, openedAt }) => [
			-urgency,
			dueAt?.getTime() ?? Number.POSITIVE_INFINITY,
			openedAt.getTime(),
		]);
		const sorted = keys.toSorted(([a = 0, b = 0, c = 0], [d = 0, e = 0, f = 0]) => a - d || (b === e ? c - f : b - e));
		expect(keys).toEqual(sorted);
	});

	it.each([undefined, "probable"] as const)(
		"is the same page by page, each from the last case on (lane %s)",
		async (lane) => {
			const of = lane === undefined ? {} : { lane };
			const whole = await idsOf({ ...of, limit: 1_000 });
			const pages: CaseId[] = [];
			while (pages.length < 1_000) {
				const last = pages.at(-1);
				pages.push(...(await idsOf({ ...of, limit: 100, ...(last === undefined ? {} : { after: last }) })));
			}
			expect(pages).toEqual(whole);
		},
	);
});

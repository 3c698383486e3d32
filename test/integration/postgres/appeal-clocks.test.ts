// A law that counts from an appeal, put in force by two people: its clock starts with the appeal, ends with what other people decide, and runs again
// where that is taken back. Worked by hand; real PostgreSQL.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { dueAtMs, standingOf } from "../../../services/core/clocks/clock.ts";
import { jurisdiction } from "../../../services/core/clocks/profile.ts";
import type { CaseId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { decideBy } from "../../support/decide-case.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platformId: PlatformId;
let source: string;
let people: readonly UserId[];
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
	const add = async (login: string) =>
		(await stores.users.create({ login, displayName: login, passwordHash: "x", roles: ["lead"] })).id;
	people = [await add("lan"), await add("minh"), await add("hoa")];
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

/** Fourteen days of the calendar in Vietnam's zone. */
const fourteenDays = {
	...{ kind: "deadline", id: "VN-APPEAL", trigger: "appeal-received", within: { count: 14, unit: "days" } },
	...{ doneBy: ["appeal-decided"], duty: "decide", record: "", source: "made up for a test", verified: false },
};
const person = (at: number): UserId => {
	const id = people[at];
	if (id === undefined) throw new Error("nobody");
	return id;
};

async function decided(id: CaseId, userId: UserId, decision: Decision, now: Date): Promise<void> {
	const alone = { ...defaultPolicy, restorePeople: { ...defaultPolicy.restorePeople, K1: 1, K2: 1 } };
	await decideBy(stores, userId, id, { decision, now, isLead: true, policy: alone });
}

it("an appeal at half past midnight has fourteen days to half past midnight; decided it is kept, taken back it runs on, and is late", async () => {
	const { revision: base, set } = await stores.laws.current();
	const laws = set.map((one) =>
		one.jurisdiction === "VN" ? jurisdiction.parse({ ...one, profiles: [...one.profiles, fourteenDays] }) : one,
	);
	const proposed = await stores.laws.propose({ make: () => laws, base, why: "a new law", by: person(0) });
	await stores.laws.accept(proposed.id, person(1), null);

	const verdict = newVerdict();
	const [outcome] = await stores.verdicts.record([newItem(platformId, source, { verdict })]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	const { caseId } = outcome;
	const removedAt = new Date("2026-11-29T10:00:00.000Z");
	await decided(caseId, person(0), "remove", removedAt);
	const order = (await stores.cases.find(caseId))?.items[0]?.orders.at(-1);
	if (order === undefined) throw new Error("it was removed");

	// 00:30 of 30 November in Vietnam.
	const at = new Date("2026-11-29T17:30:00.000Z");
	const until = () => new Date("2027-05-29T00:00:00.000Z");
	const appeal = { channel: "platform", text: "It is mine.", at, until } as const;
	const key = { kind: "order", orderId: order.id, platformId } as const;
	expect(await stores.appeals.appealRestriction(key, appeal)).toMatchObject({ kind: "received", isNew: true });
	// Sent again it starts no other.
	expect(await stores.appeals.appealRestriction(key, appeal)).toMatchObject({ isNew: false });
	const clocks = () => stores.clocks.list({ caseId, limit: 5 });
	const [running] = await clocks();
	expect(await clocks()).toHaveLength(1);
	expect(running).toMatchObject({ jurisdiction: "VN", cause: { kind: "appeal" }, caseId });
	expect(new Date(running === undefined ? 0 : (dueAtMs(running.clock) ?? 0)).toISOString()).toBe(
		"2026-12-13T17:30:00.000Z",
	);
	expect((await stores.cases.find(caseId))?.dueAt?.toISOString()).toBe("2026-12-13T17:30:00.000Z");

	const inTime = new Date("2026-12-13T17:30:00.000Z");
	await decided(caseId, person(1), "restore", inTime);
	const standing = async (now: Date) => {
		const [one] = await clocks();
		return one === undefined ? null : standingOf(one.clock, now.getTime());
	};
	expect(await standing(inTime)).toMatchObject({ kind: "kept", endedAtMs: inTime.getTime() });
	const back = new Date("2026-12-13T17:31:00.000Z");
	const undo = { userId: person(1), isLead: true, now: back, reason: "a mistake" };
	await stores.cases.transition(caseId, { kind: "person", userId: person(1) }, back, (one) =>
		undoDecision(one, undo, defaultPolicy),
	);
	expect(await standing(back)).toMatchObject({ kind: "late", endedAtMs: null });
	const late = new Date("2026-12-13T18:30:00.000Z");
	await decided(caseId, person(2), "restore", late);
	expect(await standing(late)).toMatchObject({ kind: "late", byMs: 3_600_000, endedAtMs: late.getTime() });
});

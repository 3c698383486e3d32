// Strikes of accounts on a real record: what people removed, with its case, and nothing that was taken back.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createPostgresStream } from "../../../services/adapters/postgres/stream/stream.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import type { CaseId, PlatformId, UserId } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import { openHistory } from "../../../services/parts/history.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { relayHistory } from "../../../services/takedown/history/relay-history.ts";
import { writeHistory } from "../../../services/takedown/history/write-history.ts";
import { askedFiles } from "../../support/asked-files.ts";
import { decideBy } from "../../support/decide-case.ts";
import { eventually, soon } from "../../support/eventually.ts";
import { newItem, newVerdict } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platformId: PlatformId;
let source: string;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" } as const;
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
}, 30_000);
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

async function posted(authorId: string): Promise<CaseId> {
	const clusterKey = `test:${randomUUID()}`;
	const item = newItem(platformId, source, { authorId, clusterKey, verdict: newVerdict({ category: "csam" }) });
	const [outcome] = await stores.verdicts.record([item]);
	if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("people see it");
	return outcome.caseId;
}

/** One person is enough, whatever the tier. */
const alone = { ...defaultPolicy, removalPeople: { ...defaultPolicy.removalPeople, T: 1 } };

async function decided(id: CaseId, decision: Decision, by = userId): Promise<void> {
	await decideBy(stores, by, id, { decision, policy: alone });
}

async function takenBack(id: CaseId): Promise<void> {
	const now = new Date();
	const act = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, act, defaultPolicy),
	);
}

const strikesOf = (accountId: string) => stores.strikes.ofAccount({ platformName: "forum", accountId });
const listed = (atLeast: number) => stores.strikes.list({ since: new Date(0), atLeast, limit: 10 });

it("what people removed of an account is a strike with its case; what waits, or was left, is none", async () => {
	const cases = [await posted("twice"), await posted("twice"), await posted("twice"), await posted("twice")] as const;
	await decided(cases[0], "remove");
	await decided(cases[1], "remove");
	await decided(cases[2], "restore");
	const strikes = await strikesOf("twice");
	expect(strikes.map(({ caseId, category }) => ({ caseId, category }))).toEqual([
		{ caseId: cases[1], category: "csam" },
		{ caseId: cases[0], category: "csam" },
	]);
	expect(await strikesOf("somebody else")).toEqual([]);
});

it("a decision that is taken back takes its strikes with it", async () => {
	const id = await posted("spared");
	await decided(id, "remove");
	expect(await strikesOf("spared")).toHaveLength(1);
	await takenBack(id);
	expect(await strikesOf("spared")).toEqual([]);
});

it("accounts with so many strikes are listed, those with most first, with all that counts", async () => {
	for (const account of ["three", "three", "three", "four", "four", "four", "four"])
		await decided(await posted(account), "remove");
	const found = await listed(3);
	expect(found.map(({ platformName, accountId, strikes }) => [platformName, accountId, strikes.length])).toEqual([
		["forum", "four", 4],
		["forum", "three", 3],
	]);
	expect(await listed(5)).toEqual([]);
	expect(await stores.strikes.list({ since: new Date(Date.now() + 60_000), atLeast: 1, limit: 10 })).toEqual([]);
});

/** As takedown does for each item that people removed. */
async function gathered(strikes: readonly CaseId[]) {
	const { set } = await stores.laws.current();
	const found = [];
	for (const id of strikes) {
		const detail = await stores.cases.find(id);
		for (const { id: itemId } of detail?.items ?? []) found.push(await stores.strikes.gather(itemId, set, new Date()));
	}
	return found;
}

async function struck(account: string, count: number): Promise<readonly CaseId[]> {
	const cases: CaseId[] = [];
	for (let made = 0; made < count; made += 1) {
		const id = await posted(account);
		await decided(id, "remove");
		cases.push(id);
	}
	return cases;
}

const required = <T>(value: T | null | undefined): T => {
	if (value === null || value === undefined) throw new Error("it is there");
	return value;
};
const jobsOf = async (name: string) =>
	(await stores.outbox.list({ limit: 500 })).filter((one) => one.name === name).map(({ jobId }) => jobId);

it("what people remove is counted once it is ordered, and nothing else is", async () => {
	const [before, left, removed] = [await jobsOf("count-strikes"), await posted("counted"), await posted("counted")];
	await decided(left, "restore");
	expect(await jobsOf("count-strikes")).toEqual(before);
	await decided(removed, "remove");
	const item = required((await stores.cases.find(removed))?.items[0]);
	expect(await jobsOf("count-strikes")).toEqual([...before, `count-strikes-${item.id}`]);
});

it("five strikes open one case about the account, with each of them as evidence; told again it changes nothing", async () => {
	const strikes = await struck("many", 5);
	const all = await gathered(strikes);
	const opened = all.filter((one) => one !== null);
	expect(opened).toHaveLength(1);
	const { caseId, isOpened } = required(opened[0]);
	expect(isOpened).toBe(true);
	expect(await gathered(strikes)).toEqual([null, null, null, null, null]);
	const detail = required(await stores.cases.find(caseId));
	expect(detail).toMatchObject({ accountId: "many", platformName: "forum", state: "open", itemCount: 0, tier: "T" });
	expect(detail.events.map(({ kind, data }) => [kind, data.strikes])).toEqual([
		["opened", undefined],
		["strikes-gathered", 5],
	]);
	const account = required(await stores.strikes.ofCase(caseId));
	expect(account.recommendations).toEqual([{ kind: "suspend", law: "VN-147-REPEAT", atLeastDays: 7, atMostDays: 30 }]);
	expect(account.strikes.map((one) => one.caseId).toSorted()).toEqual([...strikes].toSorted());
	// A later strike joins it; one that is taken back stays as evidence, and says so.
	await gathered(await struck("many", 1));
	await takenBack(required(strikes[0]));
	const later = required(await stores.strikes.ofCase(caseId));
	expect(later.strikes).toHaveLength(6);
	expect(later.strikes.filter(({ isTakenBack }) => isTakenBack).map((one) => one.caseId)).toEqual([strikes[0]]);
	expect((await stores.cases.list({ search: "account:", states: ["open"], limit: 10, offset: 0 })).length).toBe(1);
}, 30_000);

it("strikes that are counted at once come to one case", async () => {
	const strikes = await struck("at once", 6);
	const found = await Promise.all(strikes.map((one) => gathered([one])));
	expect(new Set(found.flat().flatMap((one) => one?.caseId ?? [])).size).toBe(1);
}, 30_000);

it("a decision on it orders what is recommended, taking it back orders the contrary, and the same strikes open no case again", async () => {
	const caseId = required((await gathered(await struck("told", 5))).find((one) => one !== null)).caseId;
	await decided(caseId, "remove");
	const [order] = required(await stores.strikes.ofCase(caseId)).orders;
	const sent = required(await stores.orders.take(required(order).id));
	expect(sent).toMatchObject({ state: "pending", platformName: "forum", caseId, decidedBy: "person" });
	expect(sent.message).toMatchObject({
		...{ type: "breakwater.account-order.v1", action: "account.restrict-recommended", accountId: "told", version: 1 },
		...{ source, statement: { restriction: "recommended", strikes: 5 } },
		recommendations: [{ kind: "suspend", law: "VN-147-REPEAT" }],
	});
	expect(await jobsOf("account-order")).toContain(`account-order-${sent.message.orderId}`);
	// Given up and sent again as any other order.
	const at = new Date();
	await stores.orders.settleAttempt(sent.message.orderId, { kind: "undelivered", reason: "status-410", at });
	const outstanding = await stores.orders.listOutstanding({ limit: 10 });
	expect(outstanding.map(({ message }) => message.orderId)).toEqual([sent.message.orderId]);
	expect((await stores.orders.platformsBehind()).map(({ givenUp }) => givenUp)).toEqual([1]);
	await stores.outbox.acknowledge(`account-order-${sent.message.orderId}`);
	expect(await stores.orders.replay({ ids: [sent.message.orderId] }, { by: "test", why: "it is back" })).toBe(1);
	expect(await jobsOf("account-order")).toContain(`account-order-${sent.message.orderId}`);
	await stores.orders.settleAttempt(sent.message.orderId, { kind: "delivered", at });

	await takenBack(caseId);
	const orders = required(await stores.strikes.ofCase(caseId)).orders;
	expect(orders.map(({ action, version, state }) => [action, version, state])).toEqual([
		["account.restrict-recommended", 1, "delivered"],
		["account.restriction-withdrawn", 2, "pending"],
	]);
	await decided(caseId, "restore");
	expect(required(await stores.strikes.ofCase(caseId)).orders).toHaveLength(2);
	const strikes = await strikesOf("told");
	expect(await gathered(strikes.map((one) => one.caseId))).toEqual([null, null, null, null, null]);
	const [sixth] = await gathered(await struck("told", 1));
	expect(required(sixth)).toMatchObject({ isOpened: true, strikes: 6 });
}, 30_000);

it("a recommendation that waits is superseded by its withdrawal: the platform hears the last word only", async () => {
	const caseId = required((await gathered(await struck("hasty", 5))).find((one) => one !== null)).caseId;
	await decided(caseId, "remove");
	await takenBack(caseId);
	const { orders } = required(await stores.strikes.ofCase(caseId));
	const states = await Promise.all(orders.map(async ({ id }) => (await stores.orders.find(id))?.state));
	expect(states).toEqual(["superseded", "pending"]);
}, 30_000);

it("strikes taken back after a recommendation have others asked whether it stands; not to recommend withdraws it", async () => {
	const struckCases = await struck("spared later", 6);
	const caseId = required((await gathered(struckCases)).find((one) => one !== null)).caseId;
	await decided(caseId, "remove");
	// Of six, five are left: the law would ask the same.
	await takenBack(required(struckCases[0]));
	const first = required(struckCases[0]);
	await gathered([first]);
	expect(required(await stores.cases.find(caseId)).state).toBe("decided");
	await takenBack(required(struckCases[1]));
	const item = required((await stores.cases.find(required(struckCases[1])))?.items[0]);
	expect(await jobsOf("count-strikes")).toContain(`count-strikes-${item.id}`);
	await gathered([required(struckCases[1])]);
	const asked = required(await stores.cases.find(caseId));
	expect(asked).toMatchObject({ state: "second", snapshot: { appealed: { decision: "remove", by: [userId] } } });
	expect(asked.events.at(-1)).toMatchObject({ kind: "strikes-taken-back", data: { strikes: 2 } });
	// Told again it asks nobody twice; the platform hears nothing until they have decided.
	await gathered([required(struckCases[1])]);
	expect(required(await stores.cases.find(caseId)).events).toHaveLength(asked.events.length);
	expect(required(await stores.strikes.ofCase(caseId)).orders).toHaveLength(1);

	const other = await stores.users.create({ login: "mai", displayName: "Mai", passwordHash: "x", roles: ["lead"] });
	await decided(caseId, "restore", other.id);
	const { orders } = required(await stores.strikes.ofCase(caseId));
	expect(orders.map(({ action }) => action)).toEqual(["account.restrict-recommended", "account.restriction-withdrawn"]);
	expect(required(await stores.cases.find(caseId)).events.map(({ kind }) => kind)).toContain("overturned");
}, 60_000);

it("what a platform was told of an account is read back out of the history's Parquet, as numbers and codes without the account", async () => {
	const caseId = required((await gathered(await struck("in history", 5))).find((one) => one !== null)).caseId;
	await decided(caseId, "remove");
	const { id } = required(required(await stores.strikes.ofCase(caseId)).orders[0]);
	await stores.orders.settleAttempt(id, { kind: "delivered", at: new Date() });
	const folder = await mkdtemp(join(tmpdir(), "breakwater-accounts-"));
	await using stream = await createPostgresStream({ database: record.database, logger: silentLogger });
	await stream.createTopics(1);
	const { history } = stores;
	const { openEngine, openWriter, files, workFolder } = openHistory(readConfig({ BREAKWATER_DATA_DIR: folder }), small);
	const relaying = relayHistory({ history, stream, logger: silentLogger, everyMs: 10 });
	const write = { history, stream, openWriter, files, workFolder, everyMs: 1, logger: silentLogger };
	await using _writer = await writeHistory(write);
	const listed = () => history.listFiles({ tables: ["account_orders"], fromDay: "2000-01-01", platform: "forum" });
	await using engine = await openEngine();
	await eventually(async () => {
		const found = (await listed()).map(({ key }) => key);
		const rows = await engine.ask("SELECT * FROM account_orders", askedFiles({ account_orders: found }));
		const own = rows.filter((row) => row.order_id === id);
		expect(own).toMatchObject([
			{ platform: "forum", case_id: caseId, action: "account.restrict-recommended", state: "delivered" },
		]);
		expect(own.map(({ strikes, laws, attempts }) => [strikes, laws, attempts].map(Number))).toEqual([[5, 1, 1]]);
		expect(JSON.stringify(own, (_key, value) => (typeof value === "bigint" ? String(value) : value))).not.toContain(
			"in history",
		);
	}, soon);
	await relaying.stop();
	await rm(folder, { recursive: true, force: true });
}, 60_000);

const small = { threads: 1, memoryMib: 128 };

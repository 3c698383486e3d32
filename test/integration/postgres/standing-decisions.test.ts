// What people decided, carried to later copies by the record: orders, cases, the way back, and earlier members by a sweep. Which decision is
// asked of an item is a unit test's; the detector's processes are e2e's.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { appealCase } from "../../../services/core/cases/appeal-case.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { clusterKeyOf } from "../../../services/core/cases/cluster-key.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import { askStanding } from "../../../services/core/clusters/standing-decision.ts";
import { type CaseId, type ItemId, itemId, type PlatformId, type UserId, uuidv7 } from "../../../services/core/ids.ts";
import { scopeText } from "../../../services/core/policy/breaker.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { copyOf } from "../../../services/core/signals/decided/decided.ts";
import { matchedSignal } from "../../../services/core/signals/matched/matched.ts";
import { followStanding } from "../../../services/detector/follow-standing.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { digest, hashesOf, newMatch } from "../../support/bank-fixtures.ts";
import { decideBy } from "../../support/decide-case.ts";
import { eventually } from "../../support/eventually.ts";
import { newItem } from "../../support/examined-items.ts";
import { createSweepAll } from "../../support/sweep-all.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let standing: Awaited<ReturnType<typeof followStanding>>;
let platformId: PlatformId;
let source: string;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	standing = await followStanding({ standing: stores.standing, logger: silentLogger });
	const forum = { name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] };
	({ id: platformId, source } = await stores.platforms.create(forum));
	const lan = { login: "lan", displayName: "Lan", passwordHash: "x" };
	({ id: userId } = await stores.users.create({ ...lan, roles: ["lead"] }));
}, 30_000);
afterAll(async () => {
	await standing[Symbol.asyncDispose]();
	await record[Symbol.asyncDispose]();
});

/** One word of doubt about a picture, which makes people look. */
const doubt = matchedSignal("hash", "1", newMatch({ standing: "probable" }));
const medoidOf = (thing: string) => digest(`medoid of ${thing}`);

/** A picture of the thing as the detector would hand it over now. */
function picture(
	thing: string,
	{ bytes = randomUUID(), isDoubted = true }: { readonly bytes?: string; readonly isDoubted?: boolean } = {},
): ExaminedItem {
	const id = itemId.parse(uuidv7(Date.now()));
	const medoid = medoidOf(thing);
	const hashes = hashesOf(bytes, medoid);
	const membership = {
		clusterId: clusterIdOf(medoid),
		degree: "confirmed",
		distanceBits: 3,
		medoid,
		type: "pdq",
	} as const;
	const signals = isDoubted ? [doubt] : [];
	const said = askStanding(
		{ same: { type: "sha256", hash: hashes.sha256 }, confirmed: membership, links: [], signals },
		standing,
		signalCatalogue,
	);
	const verdict = decideVerdict(said === null ? signals : [...signals, said], "public", defaultPolicy);
	const copy = copyOf(verdict);
	const clusterId = membership.clusterId;
	const clusterKey = clusterKeyOf({
		itemId: id,
		clusterId,
		copyOf: copy?.caseId ?? null,
		authorCase: null,
		hashes,
		wording: null,
		entries: [],
	});
	return newItem(platformId, source, { id, verdict, hashes, memberships: [membership], copy, clusterKey });
}

async function arrives(...items: readonly ExaminedItem[]): Promise<readonly (CaseId | null)[]> {
	const outcomes = await stores.verdicts.record(items);
	return outcomes.map((outcome) => (outcome.kind === "recorded" ? outcome.caseId : null));
}

async function caseOfFirst(thing: string, bytes?: string): Promise<CaseId> {
	const [id] = await arrives(picture(thing, bytes === undefined ? {} : { bytes }));
	if (id == null) throw new Error("people see it");
	return id;
}

/** By as many people as it takes, others than the first `skipped`. */
async function decided(id: CaseId, decision: Decision, skipped = 0): Promise<void> {
	for (let person = 0; person < 2; person += 1) {
		const who = person + skipped === 0 ? userId : await another();
		if ((await decideBy(stores, who, id, { decision, isLead: true }))?.state === "decided") return;
	}
}
async function another(): Promise<UserId> {
	const mai = { login: `mai-${randomUUID()}`, displayName: "Mai", passwordHash: "x" };
	return (await stores.users.create({ ...mai, roles: ["lead"] })).id;
}

async function takenBack(id: CaseId): Promise<void> {
	const now = new Date();
	const act = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, act, defaultPolicy),
	);
}

/** The followers' copy is level with the record. */
const known = (thing: string, decisions: number) =>
	eventually(() => expect(standing.of(`cluster:${clusterIdOf(medoidOf(thing))}`)).toHaveLength(decisions), {
		withinMs: 10_000,
	});

const ordersOf = (id: ItemId) =>
	record.database.rows(
		sql`SELECT action, version, standing_case AS standing, sweep_id IS NOT NULL AS swept FROM orders WHERE item_id = ${id} ORDER BY version`,
		z.object({ action: z.string(), version: z.int(), standing: z.string().nullable(), swept: z.boolean() }),
	);
const actionsOf = async (id: ItemId) => (await ordersOf(id)).map(({ action }) => action);
const stateOf = async (id: ItemId) =>
	(await record.database.rows(sql`SELECT state FROM items WHERE id = ${id}`, z.object({ state: z.string() })))[0]
		?.state;
const laneCount = async (lane: string) => (await stores.cases.lanes()).find((one) => one.lane === lane)?.count;

it("removes the same bytes into the decided case, withholds what is near in a case of the lane of copies, and takes all back once", async () => {
	const decidedCase = await caseOfFirst("a poster", "poster.jpg");
	await decided(decidedCase, "remove");
	await known("a poster", 1);
	const [same, near, nearer] = [
		picture("a poster", { bytes: "poster.jpg", isDoubted: false }),
		picture("a poster"),
		picture("a poster"),
	];
	const [caseOfSame, caseOfNear, caseOfNearer] = await arrives(same, near, nearer);
	expect(caseOfSame).toBe(decidedCase);
	expect(await ordersOf(same.id)).toEqual([{ action: "remove", version: 1, standing: decidedCase, swept: false }]);
	expect(await stateOf(same.id)).toBe("removed");
	expect(caseOfNear).not.toBe(decidedCase);
	expect(caseOfNearer).toBe(caseOfNear);
	expect(await ordersOf(near.id)).toEqual([{ action: "withhold", version: 1, standing: decidedCase, swept: false }]);
	expect(await laneCount("copies")).toBe(1);
	const [order] = await record.database.rows(
		sql`SELECT id FROM orders WHERE item_id = ${same.id}`,
		z.object({ id: z.string() }),
	);
	expect((await stores.orders.find(order?.id as never))?.message).toMatchObject({
		reason: { occasion: "standing-decision", decidedBy: "machine", tier: "K1" },
	});

	await takenBack(decidedCase);
	expect(await actionsOf(same.id)).toEqual(["remove", "restore"]);
	expect(await actionsOf(near.id)).toEqual(["withhold", "restore"]);
	expect(await actionsOf(nearer.id)).toEqual(["withhold", "restore"]);
	expect((await stores.cases.find(decidedCase))?.snapshot).toMatchObject({
		state: "open",
		items: [{}, { state: "restored" }],
	});
	expect(await laneCount("copies")).toBe(0);
	await known("a poster", 0);
	expect(picture("a poster").copy).toBeNull();
	// What a way back restored nobody decided to leave up: another removal removes it, whatever people left up stays.
	await decided(decidedCase, "remove");
	// Two people: the first one's word hides it until the second has looked.
	const again = ["remove", "restore", "withhold", "remove"];
	expect(await actionsOf(same.id)).toEqual(again);
	expect(await stateOf(same.id)).toBe("removed");
	await takenBack(decidedCase);
	expect(await actionsOf(same.id)).toEqual([...again, "withhold"]);
	expect(await actionsOf(near.id)).toEqual(["withhold", "restore"]);
});

it("one decision confirms all copies that wait, and its own way back leaves the first decision standing", async () => {
	const first = await caseOfFirst("a boat");
	await decided(first, "remove");
	await known("a boat", 1);
	const copies = Array.from({ length: 5 }, () => picture("a boat"));
	const [waiting] = await arrives(...copies);
	if (waiting == null) throw new Error("they wait for people");
	expect(await stores.cases.find(waiting)).toMatchObject({
		...{ copyOf: first, itemCount: 5 },
		cluster: {
			members: 6,
			isMore: false,
			platforms: 1,
			accounts: 1,
			suggested: 0,
			strip: { confirmed: 0, suggested: 0 },
		},
	});
	await decided(waiting, "remove");
	for (const { id } of copies) expect(await actionsOf(id)).toEqual(["withhold", "remove"]);
	await takenBack(waiting);
	for (const { id } of copies) expect(await actionsOf(id)).toEqual(["withhold", "remove", "withhold"]);
	await known("a boat", 1);
});

it("keeps silent about what people let be, until something speaks that they did not know", async () => {
	await decided(await caseOfFirst("a garden"), "restore");
	await known("a garden", 1);
	const silent = picture("a garden");
	expect(standing.wasLetBe(scopeText({ kind: "entry", key: doubt.match.entryId }))).toBe(true);
	expect(await arrives(silent)).toEqual([null]);
	expect(await ordersOf(silent.id)).toEqual([]);
});

it("does nothing on a decision that was taken back meanwhile", async () => {
	const id = await caseOfFirst("a bridge", "bridge.jpg");
	await decided(id, "remove");
	await known("a bridge", 1);
	const [same, near] = [picture("a bridge", { bytes: "bridge.jpg" }), picture("a bridge")];
	await takenBack(id);
	for (const late of [same, near]) {
		await expect(stores.verdicts.record([late])).rejects.toMatchObject({ code: "store-unavailable", retriable: true });
		expect(await ordersOf(late.id)).toEqual([]);
	}
});

it("what a known match withholds as well stays withheld where the decision is taken back", async () => {
	const id = await caseOfFirst("a market", "market.jpg");
	await decided(id, "remove");
	await known("a market", 1);
	const item = picture("a market", { bytes: "market.jpg" });
	const withMatch = { ...item, copy: item.copy === null ? null : ({ ...item.copy, rests: "on-more" } as const) };
	await arrives(withMatch);
	expect(await actionsOf(item.id)).toEqual(["withhold", "remove"]);
	await takenBack(id);
	expect(await actionsOf(item.id)).toEqual(["withhold", "remove", "withhold"]);
});

/** The decision is appealed. */
async function appealed(id: CaseId): Promise<void> {
	const now = new Date();
	const appealId = "01900000-0000-7000-8000-00000000000a" as never;
	await stores.cases.transition(id, { kind: "machine" }, now, (current) =>
		appealCase(current, { appealId, by: "user" }),
	);
}

it("reaches nobody while it is appealed, reaches copies again once it is upheld, and gives them back once it is overturned", async () => {
	const id = await caseOfFirst("a fountain", "fountain.jpg");
	await decided(id, "remove");
	await known("a fountain", 1);
	const [same, near] = [picture("a fountain", { bytes: "fountain.jpg" }), picture("a fountain")];
	await arrives(same, near);
	await appealed(id);
	await known("a fountain", 0);
	expect(picture("a fountain").copy).toBeNull();
	await decided(id, "remove", 1);
	await known("a fountain", 1);
	expect([await actionsOf(same.id), await actionsOf(near.id)]).toEqual([["remove"], ["withhold"]]);
	await appealed(id);
	await decided(id, "restore", 2);
	expect(await actionsOf(same.id)).toEqual(["remove", "restore"]);
	expect(await actionsOf(near.id)).toEqual(["withhold", "restore"]);
	await known("a fountain", 1);
	expect(picture("a fountain").verdict.action).toBe("none");
});

const sweepAll = () => createSweepAll(record.database, stores, standing)();

it("reaches what was let pass before: the same bytes are removed, confirmed members are withheld, once, and go back with it", async () => {
	await sweepAll();
	const passed = [
		picture("a tower", { isDoubted: false, bytes: "tower.jpg" }),
		picture("a tower", { isDoubted: false }),
	];
	expect(await arrives(...passed)).toEqual([null, null]);
	const id = await caseOfFirst("a tower", "tower.jpg");
	await decided(id, "remove");
	await known("a tower", 1);
	await sweepAll();
	await sweepAll();
	const [same, near] = passed.map((one) => one.id) as [ItemId, ItemId];
	expect(await ordersOf(same)).toEqual([{ action: "remove", version: 1, standing: id, swept: true }]);
	expect(await ordersOf(near)).toEqual([{ action: "withhold", version: 1, standing: id, swept: true }]);
	expect(await stores.sweeps.list(1)).toMatchObject([{ state: "done", decisions: 1, tally: { withheld: 2 } }]);
	await takenBack(id);
	await sweepAll();
	expect(await actionsOf(same)).toEqual(["remove", "restore"]);
	expect(await actionsOf(near)).toEqual(["withhold", "restore"]);
	expect([await stateOf(same), await stateOf(near)]).toEqual(["restored", "restored"]);
});

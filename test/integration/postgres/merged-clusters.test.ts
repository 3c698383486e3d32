// Two detectors that meet copies of one thing at once, on a real PostgreSQL: their clusters become one, with its members, its case and what
// people decided. What becomes of each member is a unit test's; detectors that are killed meanwhile are the cluster tests'.
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { claimCase } from "../../../services/core/cases/act-on-case.ts";
import type { Decision } from "../../../services/core/cases/case.ts";
import { clusterKeyOf } from "../../../services/core/cases/cluster-key.ts";
import { undoDecision } from "../../../services/core/cases/undo-decision.ts";
import { clusterIdOf } from "../../../services/core/clusters/cluster-id.ts";
import type { Likeness } from "../../../services/core/clusters/likeness.ts";
import { confirmedIn } from "../../../services/core/clusters/membership.ts";
import { type CaseId, itemId, type UserId, uuidv7 } from "../../../services/core/ids.ts";
import { defaultPolicy } from "../../../services/core/policy/policy.ts";
import type { NearClusters } from "../../../services/core/ports/cluster-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { followClusters } from "../../../services/detector/follow-clusters.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { digest, hashesOf, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { decideBy } from "../../support/decide-case.ts";
import { eventually } from "../../support/eventually.ts";
import { clearVerdict, newItem, newVerdict } from "../../support/examined-items.ts";
import { placeAt } from "../../support/place-pictures.ts";
import { openTestRecord } from "../../support/test-database.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
let userId: UserId;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
	const mai = { login: "mai", displayName: "Mai", passwordHash: "x", roles: ["lead"] } as const;
	({ id: userId } = await stores.users.create(mai));
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const follow = () =>
	followClusters({
		...{ clusters: stores.clusters, lifetimeMs: 90 * 86_400_000, logger: silentLogger },
		clock: { now: () => Date.now() },
	});
type Detector = Awaited<ReturnType<typeof follow>>;

/** As a detector hands it over that has just placed it. */
function placed(detector: Pick<Detector, "place">, hash: Uint8Array, item: Partial<ExaminedItem> = {}): ExaminedItem {
	const id = itemId.parse(uuidv7(Date.now()));
	const hashes = hashesOf(id, hash);
	const { pdq } = hashes;
	if (pdq === null) throw new Error("a picture has pixels");
	const memberships = placeAt(detector, pdq);
	const clusterId = confirmedIn(memberships);
	const clusterKey = clusterKeyOf({
		itemId: id,
		clusterId,
		copyOf: null,
		authorCase: null,
		hashes,
		wording: null,
		entries: [],
	});
	return newItem(platform.id, platform.source, { id, hashes, memberships, clusterKey, verdict: asked, ...item });
}
const asked = newVerdict({ tier: "K3", action: "review", urgency: 60 });
const withheld = newVerdict({ tier: "K2", action: "withhold", urgency: 75 });
/** Knows of nothing but what it places itself: a cluster founded without another detector's knowledge. */
const alone = { place: ({ hash }: Likeness) => [founding(hash)] };
const founding = (medoid: Uint8Array) =>
	({ clusterId: clusterIdOf(medoid), degree: "confirmed", distanceBits: 0, medoid, type: "pdq" }) as const;
const pairOf = (one: Uint8Array, other: Uint8Array, distanceBits = 12): NearClusters => ({
	...{ type: "pdq", medoids: [one, other], distanceBits },
});

/** In the order of the items. */
async function membersOf(items: readonly ExaminedItem[]) {
	const ids = items.map(({ id }) => id);
	return record.database.rows(
		sql`SELECT cluster_id AS "clusterId", distance_bits AS bits FROM cluster_members
			WHERE degree = 'confirmed' AND item_id = ANY (${ids}::uuid[]) ORDER BY array_position(${ids}::uuid[], item_id)`,
		z.object({ clusterId: column.text, bits: column.whole }),
	);
}
const clustersOf = async (items: readonly ExaminedItem[]) =>
	new Set((await membersOf(items)).map(({ clusterId }) => clusterId));
async function arrive(...items: readonly ExaminedItem[]): Promise<readonly CaseId[]> {
	const outcomes = await stores.verdicts.record(items);
	return outcomes.flatMap((outcome) =>
		outcome.kind === "recorded" && outcome.caseId !== null ? [outcome.caseId] : [],
	);
}
/** The first one's cluster is the elder. */
async function inTurn(...items: readonly ExaminedItem[]): Promise<void> {
	for (const item of items) await arrive(item);
}
async function decided(id: CaseId | undefined, decision: Decision): Promise<void> {
	if (id === undefined) throw new Error("there is a case");
	await decideBy(stores, userId, id, { decision });
}
const standingOf = async (medoid: Uint8Array) =>
	record.database.rows(
		sql`SELECT decision, sweep_id IS NULL AS "isDue" FROM standing_decisions WHERE subject = ${`cluster:${clusterIdOf(medoid)}`} AND NOT is_withdrawn ORDER BY decision`,
		z.object({ decision: z.string(), isDue: column.flag }),
	);
const actsOf = async (medoid: Uint8Array) =>
	record.database.rows(
		sql`SELECT body FROM acts_due WHERE body::jsonb ->> 'what' = 'cluster-merged' AND body::jsonb -> 'on' ->> 'id' = ${clusterIdOf(medoid)}`,
		z.object({ body: column.text }),
	);

test("copies that arrive at two detectors at once end in one cluster and one case, each once, by an act", async () => {
	await using one = await follow();
	await using other = await follow();
	const pairs = [0, 1, 2].map((at) => {
		const hash = digest(`met at once ${at}`);
		return [placed(one, hash), placed(other, withBitsFlipped(hash, 12)), placed(other, withBitsFlipped(hash, 3))];
	});
	expect(pairs[0]?.[0]?.memberships[0]?.clusterId).not.toBe(pairs[0]?.[1]?.memberships[0]?.clusterId);
	await Promise.all([
		stores.verdicts.record(pairs.flatMap((items) => items.slice(0, 1))),
		stores.verdicts.record(pairs.flatMap((items) => items.slice(1))),
	]);
	for (const items of pairs) {
		await eventually(async () => expect((await clustersOf(items)).size).toBe(1), { withinMs: 20_000 });
		expect(await membersOf(items)).toHaveLength(3);
		const cases = await record.database.rows(
			sql`SELECT cases.id, item_count AS items FROM case_items JOIN cases ON cases.id = case_id WHERE item_id = ANY (${items.map(({ id }) => id)}::uuid[]) GROUP BY cases.id`,
			z.object({ id: column.text, items: column.whole }),
		);
		expect(cases).toMatchObject([{ items: 3 }]);
	}
	// Whoever comes next joins it, at either.
	for (const detector of [one, other]) {
		const [items = []] = pairs;
		await eventually(
			async () => {
				const later = placed(detector, withBitsFlipped(digest("met at once 0"), 2));
				expect(later.memberships[0]?.clusterId).toBe([...(await clustersOf(items))][0]);
			},
			{ withinMs: 20_000 },
		);
	}
});

test("merging the same two again and at once changes nothing more", async () => {
	const [elder, younger] = [digest("again"), withBitsFlipped(digest("again"), 12)];
	const items = [placed(alone, elder), placed(alone, younger)];
	await arrive(...items.slice(0, 1));
	expect(await stores.clusters.merge(pairOf(elder, younger))).toBe("not-there");
	await arrive(...items.slice(1));
	const pair = pairOf(younger, elder);
	const outcomes = await Promise.all([1, 2, 3].map(() => stores.clusters.merge(pair)));
	expect(outcomes.toSorted()).toEqual(["merged", "nothing-to-do", "nothing-to-do"]);
	expect(await membersOf(items)).toMatchObject([
		{ clusterId: clusterIdOf(elder), bits: 0 },
		{ clusterId: clusterIdOf(elder), bits: 12 },
	]);
	expect(await actsOf(younger)).toHaveLength(1);
});

test("who joins the younger without knowing of the merge is brought on", async () => {
	const [elder, younger] = [digest("late"), withBitsFlipped(digest("late"), 12)];
	await inTurn(placed(alone, elder), placed(alone, younger));
	await stores.clusters.merge(pairOf(elder, younger));
	const late = placed(alone, younger);
	await arrive(late);
	await using _detector = await follow();
	await eventually(async () => expect([...(await clustersOf([late]))]).toEqual([clusterIdOf(elder)]), {
		withinMs: 20_000,
	});
});

test("a chain of merges joins no strangers: what the last elder is not near stands again by itself", async () => {
	const middle = digest("middle");
	const [first, last] = [withBitsFlipped(middle, 18), complementFlipped(middle, 18)];
	const items = [placed(alone, first), placed(alone, middle), placed(alone, last)];
	await inTurn(...items);
	await stores.clusters.merge(pairOf(middle, last, 18));
	await stores.clusters.merge(pairOf(first, middle, 18));
	const [ofFirst, ofMiddle, ofLast] = await membersOf(items);
	expect(ofMiddle?.clusterId).toBe(ofFirst?.clusterId);
	expect(ofLast).toMatchObject({ clusterId: clusterIdOf(last), bits: 0 });
	await using detector = await follow();
	expect(placed(detector, last).memberships[0]?.clusterId).toBe(clusterIdOf(last));
});

test("what people decided of either stands for both, and reaches the members of the other as it reaches earlier copies", async () => {
	const [elder, younger] = [digest("one decided"), withBitsFlipped(digest("one decided"), 12)];
	await arrive(placed(alone, elder));
	const [ofYounger] = await arrive(placed(alone, younger, { verdict: withheld }));
	await decided(ofYounger, "remove");
	await stores.clusters.merge(pairOf(elder, younger));
	expect(await standingOf(elder)).toEqual([{ decision: "remove", isDue: true }]);
	expect(await standingOf(younger)).toEqual([]);
});

test("where people decided differently both stand, so that they are asked of the next, and nothing changes silently", async () => {
	const [elder, younger] = [digest("two decided"), withBitsFlipped(digest("two decided"), 12)];
	const [one, other] = [placed(alone, elder, { verdict: withheld }), placed(alone, younger, { verdict: withheld })];
	const [ofElder] = await arrive(one);
	const [ofYounger] = await arrive(other);
	await decided(ofElder, "restore");
	await decided(ofYounger, "remove");
	await stores.clusters.merge(pairOf(elder, younger));
	expect((await standingOf(elder)).map(({ decision }) => decision)).toEqual(["remove", "restore"]);
	expect(await actionsOf(one)).toEqual(["withhold", "restore"]);
	expect(await actionsOf(other)).toEqual(["withhold", "remove"]);
});

const actionsOf = async ({ id }: ExaminedItem) =>
	(
		await record.database.rows(
			sql`SELECT action FROM orders WHERE item_id = ${id} ORDER BY version`,
			z.object({ action: z.string() }),
		)
	).map(({ action }) => action);

test("a case that somebody holds stays theirs and takes the other in; where both are held each is decided", async () => {
	const clusters = (name: string) => [digest(name), withBitsFlipped(digest(name), 12)] as const;
	const [elder, younger] = clusters("one held");
	const [free] = await arrive(placed(alone, elder));
	const [held] = await arrive(placed(alone, younger));
	await hold(held);
	await stores.clusters.merge(pairOf(elder, younger));
	expect(await stores.cases.find(held as CaseId)).toMatchObject({ state: "claimed", itemCount: 2 });
	expect(await stores.cases.find(free as CaseId)).toMatchObject({ state: "closed", itemCount: 0 });
	const [joined] = await arrive(placed(alone, elder));
	expect(joined).toBe(held);

	const both = clusters("both held");
	const cases = [...(await arrive(placed(alone, both[0]))), ...(await arrive(placed(alone, both[1])))];
	for (const id of cases) await hold(id);
	await stores.clusters.merge(pairOf(...both));
	for (const id of cases) expect(await stores.cases.find(id)).toMatchObject({ state: "claimed", itemCount: 1 });
});

async function hold(id: CaseId | undefined): Promise<void> {
	const now = new Date();
	if (id === undefined) throw new Error("there is a case");
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		claimCase(current, { userId, now, leaseMs: 600_000 }),
	);
}

test("one decision removes the members of both, and its way back restores each once", async () => {
	const [elder, younger] = [digest("undone"), withBitsFlipped(digest("undone"), 12)];
	const items = [elder, younger, younger].map((hash) => placed(alone, hash, { verdict: withheld }));
	await inTurn(...items);
	await stores.clusters.merge(pairOf(elder, younger));
	const { id } = await caseOf(items[0]);
	await decided(id, "remove");
	const now = new Date();
	const act = { userId, isLead: true, now, reason: "a mistake" };
	await stores.cases.transition(id, { kind: "person", userId }, now, (current) =>
		undoDecision(current, act, defaultPolicy),
	);
	for (const item of items) expect(await actionsOf(item)).toEqual(["withhold", "remove", "withhold"]);
	expect(await standingOf(elder)).toEqual([]);
});

async function caseOf(item: ExaminedItem | undefined): Promise<{ readonly id: CaseId }> {
	const [row] = await record.database.rows(
		sql`SELECT case_id AS id FROM case_items WHERE item_id = ${item?.id}`,
		z.object({ id: z.string() }),
	);
	if (row === undefined) throw new Error("it is in a case");
	return row as { readonly id: CaseId };
}

test("a member that only resembled the younger is suggested to the elder where it resembles that", async () => {
	const [elder, younger] = [digest("suggested"), withBitsFlipped(digest("suggested"), 12)];
	const hash = withBitsFlipped(elder, 26);
	const suggested = {
		clusterId: clusterIdOf(younger),
		degree: "suggested",
		distanceBits: 24,
		medoid: younger,
		type: "pdq",
	} as const;
	const like = placed(alone, hash, { verdict: clearVerdict, memberships: [founding(hash), suggested] });
	await inTurn(placed(alone, elder), placed(alone, younger), like);
	await stores.clusters.merge(pairOf(elder, younger));
	const [row] = await record.database.rows(
		sql`SELECT cluster_id AS "clusterId", distance_bits AS bits FROM cluster_members WHERE degree = 'suggested' AND item_id = ${like.id}`,
		z.object({ clusterId: column.text, bits: column.whole }),
	);
	expect(row).toEqual({ clusterId: clusterIdOf(elder), bits: 26 });
});

/** Other bits than {@link withBitsFlipped} flips. */
function complementFlipped(hash: Uint8Array, count: number): Uint8Array {
	return withBitsFlipped(hash.toReversed(), count).toReversed();
}

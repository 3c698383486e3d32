// Clusters on a real PostgreSQL: members come with the verdicts, and whoever starts or runs beside learns the medoids from the record.
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../../../services/adapters/postgres/connection/columns.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import type { PictureHashes } from "../../../services/core/banks/bank.ts";
import { likenessOfText } from "../../../services/core/clusters/likeness.ts";
import { likenessOfVideo } from "../../../services/core/clusters/likeness-of-video.ts";
import { confirmedIn } from "../../../services/core/clusters/membership.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import { type Clusters, followClusters } from "../../../services/detector/follow-clusters.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { digest, hashesOf, withBitsFlipped } from "../../support/bank-fixtures.ts";
import { eventually } from "../../support/eventually.ts";
import { clearVerdict, newItem } from "../../support/examined-items.ts";
import { createGenerator } from "../../support/generated-texts.ts";
import { placeAt, someItem } from "../../support/place-pictures.ts";
import { openTestRecord } from "../../support/test-database.ts";
import { madeStills, scenesOf } from "../../support/video/made-stills.ts";

let record: Awaited<ReturnType<typeof openTestRecord>>;
let stores: Stores;
let platform: Platform;
beforeAll(async () => {
	record = await openTestRecord();
	stores = createStores(record.database);
	platform = await stores.platforms.create({ name: "forum", source: "//forum.example", webhook: null, mediaHosts: [] });
});
afterAll(async () => {
	await record[Symbol.asyncDispose]();
});

const lifetimeMs = 90 * 86_400_000;
const follow = (clock = { now: () => Date.now() }) =>
	followClusters({ clusters: stores.clusters, lifetimeMs, clock, logger: silentLogger });
const picture = (name: string, hash = digest(name)): PictureHashes => {
	const { pdq } = hashesOf(name, hash);
	if (pdq === null) throw new Error("a picture has pixels");
	return pdq;
};
/** In the order of the items, the confirmed first. */
const membersOf = (ids: readonly string[]) =>
	record.database.rows(
		sql`SELECT cluster_id AS "clusterId", degree, distance_bits AS bits FROM cluster_members WHERE item_id = ANY (${ids}::uuid[]) ORDER BY degree, array_position(${ids}::uuid[], item_id)`,
		z.object({ clusterId: column.text, degree: column.text, bits: column.whole }),
	);

test("items join clusters with their verdicts, whether or not anything was found, each once", async () => {
	await using detector = await follow();
	const near = withBitsFlipped(digest("clear"), 8);
	const like = withBitsFlipped(digest("clear"), 28);
	const items = [digest("clear"), near, like].map((hash, at) =>
		newItem(platform.id, platform.source, {
			memberships: placeAt(detector, picture(`clear ${at}`, hash)),
			...(at === 1 ? {} : { verdict: clearVerdict }),
		}),
	);
	await stores.verdicts.record(items);
	await stores.verdicts.record(items);
	const [founder, copy, other, suggested, ...more] = await membersOf(items.map(({ id }) => id));
	expect([founder?.bits, copy?.bits, other?.bits, suggested?.bits]).toEqual([0, 8, 0, 28]);
	expect(copy?.clusterId).toBe(founder?.clusterId);
	expect(other?.clusterId).not.toBe(founder?.clusterId);
	expect(suggested).toMatchObject({ degree: "suggested", clusterId: founder?.clusterId });
	expect(more).toEqual([]);
});

test("another detector learns of a cluster that was founded, and one that starts knows it", async () => {
	await using beside = await follow();
	await using here = await follow();
	const memberships = placeAt(here, picture("shared"));
	await stores.verdicts.record([newItem(platform.id, platform.source, { memberships })]);
	const founded = confirmedIn(memberships);
	// Each attempt is another picture: one that came too early founds a cluster of its own, which the next must not find.
	let attempt = 0;
	await eventually(
		async () => {
			const copy = withBitsFlipped(digest("shared"), 18);
			const turned = {
				...picture(`try ${attempt++}`),
				reframed: [{ transform: "trimmed", hash: copy, quality: 80 } as const],
			};
			expect(confirmedIn(placeAt(beside, turned))).toBe(founded);
		},
		{ withinMs: 20_000 },
	);
	await using later = await follow();
	expect(confirmedIn(placeAt(later, picture("late", withBitsFlipped(digest("shared"), 18))))).toBe(founded);
});

test("two detectors that meet copies of one picture at once write one cluster, and neither waits for the other for ever", async () => {
	await using one = await follow();
	await using other = await follow();
	const batch = (detector: typeof one, turn: number) => {
		const items = Array.from({ length: 40 }, (_, at) =>
			newItem(platform.id, platform.source, {
				verdict: clearVerdict,
				memberships: placeAt(detector, picture(`met ${at % 20}`)),
			}),
		);
		return turn === 0 ? items : items.toReversed();
	};
	const batches = [batch(one, 0), batch(other, 1), batch(one, 1), batch(other, 0)];
	await Promise.all(batches.map((items) => stores.verdicts.record(items)));
	const members = await membersOf(batches.flat().map(({ id }) => id));
	expect(members).toHaveLength(160);
	expect(new Set(members.map(({ clusterId }) => clusterId)).size).toBe(20);
});

test("a cluster that nobody joined within its lifetime is not loaded, and begins anew with the next copy", async () => {
	await using detector = await follow();
	const memberships = placeAt(detector, picture("expired"));
	await stores.verdicts.record([newItem(platform.id, platform.source, { memberships })]);
	const inFuture = { now: () => Date.now() + lifetimeMs + 60_000 };
	await using later = await follow(inFuture);
	const near = placeAt(later, picture("after", withBitsFlipped(digest("expired"), 10)));
	expect(confirmedIn(near)).not.toBe(confirmedIn(memberships));
});

describe("texts", () => {
	const { text, slipped } = createGenerator(4);
	/** As the detector hands a clear one over. */
	const post = (detector: Pick<Clusters, "place">, said: string) => {
		const { itemId: id, authorId } = someItem();
		const likeness = likenessOfText(said);
		if (likeness === null) throw new Error("it says enough");
		const memberships = detector.place(likeness, { itemId: id, authorId }).filter(({ isAlone }) => isAlone !== true);
		const textHashes = memberships.length === 0 ? [] : [{ type: likeness.type, hash: likeness.hash, quality: null }];
		const item = { id, authorId, kind: "post", hashes: null, verdict: clearVerdict, facts: null } as const;
		return newItem(platform.id, platform.source, { ...item, memberships, textHashes });
	};
	const hashesKept = (id: string) =>
		record.database.rows(sql`SELECT type FROM item_hashes WHERE item_id = ${id}`, z.object({ type: column.text }));

	test("leave no row of a cluster while they are alone, and the second brings the first along with its hash", async () => {
		await using detector = await follow();
		const said = text(40);
		const first = post(detector, said);
		await stores.verdicts.record([first]);
		expect(await membersOf([first.id])).toEqual([]);
		expect(await hashesKept(first.id)).toEqual([]);
		const second = post(detector, said.toUpperCase());
		await stores.verdicts.record([second]);
		const members = await membersOf([first.id, second.id]);
		expect(members).toMatchObject([{ bits: 0 }, { bits: 0 }]);
		expect(new Set(members.map(({ clusterId }) => clusterId)).size).toBe(1);
		expect(await hashesKept(first.id)).toEqual([{ type: "text-simhash" }]);
	});
	test("join once each where both come in one batch, and where the first was never recorded", async () => {
		await using detector = await follow();
		const [said, other] = [text(40), text(40)];
		const together = [post(detector, said), post(detector, said), post(detector, said)];
		await stores.verdicts.record(together);
		expect(await membersOf(together.map(({ id }) => id))).toHaveLength(3);
		const lost = post(detector, other);
		const copy = post(detector, other);
		await stores.verdicts.record([copy]);
		expect(await membersOf([lost.id, copy.id])).toHaveLength(1);
	});
	test("are one cluster where two detectors met them, and one that starts knows it", async () => {
		await using here = await follow();
		await using beside = await follow();
		const said = text(60);
		const near = slipped(said);
		const items = [post(here, said), post(here, said), post(beside, near), post(beside, near)];
		await stores.verdicts.record(items);
		await eventually(
			async () => {
				const members = await membersOf(items.map(({ id }) => id));
				expect(members).toHaveLength(4);
				expect(new Set(members.map(({ clusterId }) => clusterId)).size).toBe(1);
			},
			{ withinMs: 20_000 },
		);
		await using later = await follow();
		const [cluster] = await membersOf(items.map(({ id }) => id));
		expect(confirmedIn(post(later, said).memberships)).toBe(cluster?.clusterId);
	});
});

test("a cluster of videos is known with its frames to another detector and to one that starts, and two that are one thing are merged", async () => {
	const placed = (detector: Clusters, flippedBits = 0) => {
		const likeness = likenessOfVideo(madeStills(scenesOf("clip", 10, flippedBits)));
		return likeness === null ? [] : detector.place(likeness, someItem());
	};
	await using beside = await follow();
	await using here = await follow();
	// Each founds one before it knows of the other's.
	const [first, second] = [placed(here), placed(beside, 6)];
	expect(confirmedIn(second)).not.toBe(confirmedIn(first));
	const items = [first, second].map((memberships) => newItem(platform.id, platform.source, { memberships }));
	for (const item of items) await stores.verdicts.record([item]);
	await eventually(
		async () => {
			const clusters = (await membersOf(items.map(({ id }) => id))).map(({ clusterId }) => clusterId);
			expect(clusters).toEqual([confirmedIn(first), confirmedIn(first)]);
		},
		{ withinMs: 20_000 },
	);
	await using started = await follow();
	for (const detector of [here, beside, started])
		await eventually(() => expect(confirmedIn(placed(detector, 3))).toBe(confirmedIn(first)), { withinMs: 20_000 });
});

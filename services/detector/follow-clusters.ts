// The clusters as this detector knows them: their medoids in memory, read from the record at the start, and level within a second or two
// with those that other detectors found. Two that are one thing are merged in the record, by whoever sees it first. Those that nobody
// joined within the lifetime are forgotten.
import { createAlone } from "../core/clusters/alone.ts";
import { type ClusteredType, type ClusterType, clusteredTypes, clusterTypes } from "../core/clusters/cluster-type.ts";
import type { Likeness } from "../core/clusters/likeness.ts";
import { createMedoids } from "../core/clusters/medoids.ts";
import type { Membership } from "../core/clusters/membership.ts";
import { type Arriving, place } from "../core/clusters/place.ts";
import { createVideoMedoids } from "../core/clusters/video-medoids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ClusterStore } from "../core/ports/cluster-store.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";
import { createFindNear } from "./find-near-clusters.ts";

export interface FollowClustersDeps {
	readonly clusters: ClusterStore;
	readonly lifetimeMs: number;
	readonly clock: Clock;
	readonly logger: Logger;
}

export interface Clusters extends AsyncDisposable {
	place(likeness: Likeness, item: Omit<Arriving, "atMs">): readonly Membership[];
}

const turnMs = 1_000;
/** Ten million are gone through within three hours. */
const looksPerTurn = 1_000;

export async function followClusters({ clusters, lifetimeMs, clock, logger }: FollowClustersDeps): Promise<Clusters> {
	const byType = new Map(clusteredTypes.map((type) => [type, createKnown(type)]));
	const known = (type: ClusteredType) => {
		const found = byType.get(type);
		if (found === undefined) throw new Error(`there are no clusters of ${type}`);
		return found;
	};
	const oldestMs = () => clock.now() - lifetimeMs;
	let level = await clusters.load(new Date(oldestMs()), (some) => {
		for (const [type, { medoids }] of byType) medoids.load(some.filter((one) => one.type === type));
	});
	for (const { medoids } of byType.values()) medoids.compact();
	const following = startLoop(async () => {
		try {
			const { medoids: written, time } = await clusters.writtenSince(level);
			for (const one of written) known(one.type).near.take(one, clock.now());
			level = time;
			for (const { medoids, near } of byType.values()) {
				for (const pair of near.due(clock.now())) if ((await clusters.merge(pair)) !== "not-there") near.done(pair);
				medoids.forgetBefore(oldestMs(), looksPerTurn);
			}
		} catch (error) {
			logger.warn({ event: "clusters-behind", err: error });
		}
		return turnMs;
	});
	return {
		place(likeness, item) {
			const { medoids, alone, near } = known(likeness.type);
			const atMs = clock.now();
			const before = medoids.size;
			const memberships = place(likeness, { medoids, alone }, { ...item, atMs });
			// What has one framing is found by its medoid. Of videos the other framings are not kept.
			const isReframed = likeness.framings.length > 1 && likeness.frames === undefined;
			if (medoids.size > before && isReframed) near.founded(likeness, atMs);
			return memberships;
		},
		[Symbol.asyncDispose]: () => following.stop(),
	};
}

function createKnown(type: ClusteredType) {
	const { isOfFrames = false }: ClusterType = clusterTypes[type];
	const medoids = isOfFrames ? createVideoMedoids() : createMedoids();
	return { medoids, alone: createAlone(clusterTypes[type].mostAlone), near: createFindNear(medoids, type) };
}

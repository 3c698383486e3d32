// The clusters as this detector knows them: their medoids in memory, read from the record at the start, and level within a second or two
// with those that other detectors found. Two that are one thing are merged in the record, by whoever sees it first. Those that nobody
// joined within the lifetime are forgotten.
import type { PictureHashes } from "../core/banks/bank.ts";
import { createMedoids } from "../core/clusters/medoids.ts";
import type { Membership } from "../core/clusters/membership.ts";
import { place } from "../core/clusters/place.ts";
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
	place(picture: PictureHashes): readonly Membership[];
}

const turnMs = 1_000;
/** Ten million are gone through within three hours. */
const looksPerTurn = 1_000;

export async function followClusters({ clusters, lifetimeMs, clock, logger }: FollowClustersDeps): Promise<Clusters> {
	const medoids = createMedoids();
	const near = createFindNear(medoids);
	const oldestMs = () => clock.now() - lifetimeMs;
	let level = await clusters.load(new Date(oldestMs()), (some) => medoids.load(some));
	medoids.compact();
	const following = startLoop(async () => {
		try {
			const { medoids: written, time } = await clusters.writtenSince(level);
			for (const one of written) near.take(one, clock.now());
			level = time;
			for (const pair of near.due(clock.now())) if ((await clusters.merge(pair)) !== "not-there") near.done(pair);
			medoids.forgetBefore(oldestMs(), looksPerTurn);
		} catch (error) {
			logger.warn({ event: "clusters-behind", err: error });
		}
		return turnMs;
	});
	return {
		place(picture) {
			const nowMs = clock.now();
			const before = medoids.size;
			const memberships = place(picture, medoids, nowMs);
			if (medoids.size > before) near.founded(picture, nowMs);
			return memberships;
		},
		[Symbol.asyncDispose]: () => following.stop(),
	};
}

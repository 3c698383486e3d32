// The record of clusters, as those who keep their medoids in memory read it. Members are written with the verdicts of their items.
import type { ClusteredType } from "../clusters/cluster-type.ts";

interface RecordedMedoid {
	readonly type: ClusteredType;
	readonly hash: Uint8Array;
	/** Those that the hash names, where it is of videos. */
	readonly frames?: Uint8Array | undefined;
	/** When somebody joined last, to within a day. */
	readonly seenAt: Date;
}

export interface WrittenMedoid extends RecordedMedoid {
	/** Null for a cluster that stands. */
	readonly mergedInto: {
		readonly hash: Uint8Array;
		readonly frames?: Uint8Array | undefined;
		readonly distanceBits: number;
		/** Somebody who did not know of the merge has joined it since. */
		readonly hasMembers: boolean;
	} | null;
}

/** Two clusters that are one thing, by their medoids. */
export interface NearClusters {
	readonly type: ClusteredType;
	readonly medoids: readonly [Uint8Array, Uint8Array];
	/** In the framings that are nearest to each other. */
	readonly distanceBits: number;
}

export interface ClusterStore {
	/**
	 * All that stand and were seen since, in portions. Answers the time from which on {@link ClusterStore.writtenSince} is to be asked: what
	 * was written last may not have been looked at by anybody.
	 */
	load(seenSince: Date, take: (medoids: readonly RecordedMedoid[]) => void): Promise<Date>;
	/** Those that were founded, merged, or seen again after a day, since a time that the record answered before; some are answered twice. */
	writtenSince(time: Date): Promise<{ readonly medoids: readonly WrittenMedoid[]; readonly time: Date }>;
	/**
	 * Merges the younger of two into the elder (core/clusters/merge.ts), with its members, its undecided case and what people decided of it:
	 * one transaction, an act of a machine. Done again it brings only what has come to the younger since. `not-there`: one of them is not
	 * in the record yet.
	 */
	merge(near: NearClusters): Promise<"merged" | "nothing-to-do" | "not-there">;
}

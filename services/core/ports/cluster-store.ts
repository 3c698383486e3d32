// The record of clusters, as those who keep their medoids in memory read it. Members are written with the verdicts of their items.

export interface RecordedMedoid {
	readonly hash: Uint8Array;
	/** When somebody joined last, to within a day. */
	readonly seenAt: Date;
}

export interface ClusterStore {
	/** All that were seen since, in portions. Answers the record's own time at the beginning, for {@link ClusterStore.writtenSince}. */
	load(seenSince: Date, take: (medoids: readonly RecordedMedoid[]) => void): Promise<Date>;
	/** Those that were founded, or seen again after a day, since a time that the record answered before; some are answered twice. */
	writtenSince(time: Date): Promise<{ readonly medoids: readonly RecordedMedoid[]; readonly time: Date }>;
}

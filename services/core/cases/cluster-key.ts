// Decides which undecided case an item joins: copies of one known picture are one case, byte-identical pictures are one case.
// Clustering of near-identical unknown media is not decided here.
import type { ItemId } from "../ids.ts";
import type { MediaHashes } from "../matching/bank.ts";
import type { Signal } from "../policy/signal.ts";

export function clusterKeyOf(item: {
	readonly itemId: ItemId;
	readonly hashes: Pick<MediaHashes, "sha256"> | null;
	readonly signals: readonly Signal[];
}): string {
	const matches = item.signals.flatMap((signal) =>
		signal.kind === "matched" && signal.match.bankKind === "known" && !signal.match.shadow ? [signal.match] : [],
	);
	const [nearest] = matches.toSorted((a, b) => a.distanceBits - b.distanceBits || (a.entryId < b.entryId ? -1 : 1));
	if (nearest !== undefined) return `entry:${nearest.entryId}`;
	if (item.hashes !== null) return `sha256:${Buffer.from(item.hashes.sha256).toString("hex")}`;
	return `item:${item.itemId}`;
}

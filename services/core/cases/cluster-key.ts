// Decides which undecided case an item joins: copies of one known picture are one case, and so are byte-identical pictures. Of texts
// that only resemble a known one each wording is a case of its own: one word may turn the meaning round, and nobody decides on a text
// that they have not read. Clustering of near-identical unknown media is not decided here.

import { isNearText, type Match, type MediaHashes } from "../banks/bank.ts";
import { hashText } from "../hashes/text/text-hash.ts";
import type { ItemId } from "../ids.ts";
import type { Signal } from "../signals/signal.ts";

export function clusterKeyOf(item: {
	readonly itemId: ItemId;
	readonly hashes: Pick<MediaHashes, "sha256"> | null;
	/** Null for media. */
	readonly text: string | null;
	readonly signals: readonly Signal[];
}): string {
	const matches = item.signals.flatMap((signal) =>
		signal.kind === "matched" && signal.match.bankKind === "known" && !signal.match.shadow ? [signal.match] : [],
	);
	const [nearest] = matches.toSorted(byNearness);
	if (nearest !== undefined && !isNearText(nearest)) return `entry:${nearest.entryId}`;
	const wording = item.text === null ? null : hashText(item.text);
	if (nearest !== undefined && wording !== null) return `entry:${nearest.entryId}:${hex(wording)}`;
	if (item.hashes !== null) return `sha256:${hex(item.hashes.sha256)}`;
	return `item:${item.itemId}`;
}

/** The same text comes before one that only resembles it, though that be at no distance. */
function byNearness(a: Match, b: Match): number {
	return (
		Number(isNearText(a)) - Number(isNearText(b)) || a.distanceBits - b.distanceBits || (a.entryId < b.entryId ? -1 : 1)
	);
}

function hex(hash: Uint8Array): string {
	return Buffer.from(hash).toString("hex");
}

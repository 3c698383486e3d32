// Decides which undecided case an item joins: copies of one known picture are one case, and so are the confirmed members of a cluster of
// pictures and byte-identical files. Of texts that only resemble a known one, or each other, each wording is a case of its own: one word may turn the meaning round,
// and nobody decides on a text that they have not read. What people are asked about for its author's sake alone is one case an author, and what they are asked about for
// the sake of a place that it links to one an author and place. Segments of a live stream are one case, whatever each of them shows. Which items are a
// cluster is core/clusters.

import { createHash } from "node:crypto";
import type { MediaHashes } from "../banks/bank.ts";
import { subjectOfCluster, subjectOfSame } from "../clusters/standing-decision.ts";
import { toHex } from "../hashes/hash-hex.ts";
import type { CaseId, ClusterId, ItemId, PlatformId } from "../ids.ts";
import type { Verdict } from "../policy/verdict.ts";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import { type NamedEntry, resemblances } from "../signals/signal-kind.ts";
import type { LiveSegment } from "../wire/item-event.ts";

/**
 * The case that gathers near copies of what a decided case removed, whatever else they are like. Of texts each wording has a case of its own, and of what
 * links to a place whoever posts it (`part`); its key begins with that of all.
 */
export function keyOfCopies(decided: CaseId, part: string | null = null): string {
	return part === null ? `copies:${decided}` : `copies:${decided}:${part}`;
}

/** The case that gathers the confirmed members of a cluster. */
export function keyOfCluster(id: ClusterId): string {
	return subjectOfCluster(id);
}

/** Keys of authors' cases begin with it, and of those in which an author's posts are gathered that link to what people called harmful the part does. */
export const authorPrefix = "author:";

/** The case that gathers what one account wrote, where people are asked about the account and not about what it wrote. */
export function keyOfAuthor(platformId: PlatformId, authorId: string): string {
	return `${authorPrefix}${platformId}:${authorId}`;
}

/** What is decided of such a case says nothing of the same words from others: they are not why people were asked. */
export function isKeyOfAuthor(key: string): boolean {
	return key.startsWith(authorPrefix) || /^copies:[^:]+:author:/.test(key);
}

const streamPrefix = "stream:";

/** The case that gathers what people must see of one live stream of an account. */
export function keyOfStream(
	platformId: PlatformId,
	authorId: string,
	{ streamId }: Pick<LiveSegment, "streamId">,
): string {
	return `${streamPrefix}${platformId}:${createHash("sha256").update(`${authorId}\0${streamId}`).digest("hex")}`;
}

export function isKeyOfStream(key: string): boolean {
	return key.startsWith(streamPrefix);
}

/** The author whose case an item comes to: null where anything speaks of the item itself, or of it something could not be found out. */
export function authorAskedOf(
	{ signals, grounds, isIncomplete }: Pick<Verdict, "signals" | "grounds" | "isIncomplete">,
	author: { readonly platformId: PlatformId; readonly authorId: string },
	catalogue: Pick<SignalCatalogue, "isOfAuthor">,
): string | null {
	const asking = signals.filter((_, at) => grounds[at]?.tier !== "none");
	if (isIncomplete || asking.length === 0 || !asking.every((one) => catalogue.isOfAuthor(one))) return null;
	return keyOfAuthor(author.platformId, author.authorId);
}

export function clusterKeyOf(item: {
	readonly itemId: ItemId;
	/** By {@link authorAskedOf}. */
	readonly authorCase: string | null;
	/** By {@link keyOfStream}; left out, or null, where it is no segment of one. */
	readonly streamCase?: string | null;
	/** The decided case that removed something like it. */
	readonly copyOf: CaseId | null;
	/** In which it is confirmed. */
	readonly clusterId: ClusterId | null;
	readonly hashes: Pick<MediaHashes, "sha256"> | null;
	/** The hash of its words; null for media, and for what has too few. */
	readonly wording: Uint8Array | null;
	/** Those that its signals name. */
	readonly entries: readonly NamedEntry[];
}): string {
	const { wording } = item;
	if (item.copyOf !== null)
		return keyOfCopies(item.copyOf, item.authorCase ?? (wording === null ? null : toHex(wording)));
	if (item.authorCase !== null) return item.authorCase;
	if (item.streamCase != null) return item.streamCase;
	const [nearest] = item.entries.filter(({ gathers }) => gathers).toSorted(byNearness);
	if (nearest !== undefined && nearest.resemblance !== "wording") return `entry:${nearest.id}`;
	if (nearest !== undefined && wording !== null) return `entry:${nearest.id}:${toHex(wording)}`;
	if (item.clusterId !== null && wording !== null) return subjectOfSame({ type: "text", hash: wording });
	if (item.clusterId !== null) return keyOfCluster(item.clusterId);
	if (item.hashes !== null) return subjectOfSame({ type: "sha256", hash: item.hashes.sha256 });
	return `item:${item.itemId}`;
}

/**
 * The same text comes before one that only resembles it, though that be at no distance. Of pictures the other way round: every copy of one
 * resembles the entry made of its pixels, and only some have the bytes of the one made of those, so that where both match the first names
 * the case. Between entries that match alike it is the one that was there first: a list may hold one picture in several sizes.
 */
function byNearness(a: NamedEntry, b: NamedEntry): number {
	return rankOf(a) - rankOf(b) || apartOf(a) - apartOf(b) || (a.id < b.id ? -1 : 1);
}

/** By so many bits the same picture differs from itself in another size. */
const sizeBits = 8;

function apartOf({ resemblance, distanceBits }: NamedEntry): number {
	return resemblance === "picture" && distanceBits <= sizeBits ? 0 : distanceBits;
}

function rankOf({ resemblance }: NamedEntry): number {
	return resemblances.indexOf(resemblance);
}

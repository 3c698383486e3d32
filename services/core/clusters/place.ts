// Decides which cluster an item joins, or that it founds one. Near is near to the medoid, in any turn and framing of a picture: never
// to another member, for a chain of near pairs would join strangers.
import type { ItemId } from "../ids.ts";
import type { Alone } from "./alone.ts";
import { clusterIdOf } from "./cluster-id.ts";
import { clusterTypes, mostBits } from "./cluster-type.ts";
import type { Likeness } from "./likeness.ts";
import type { Medoids } from "./medoids.ts";
import type { Membership } from "./membership.ts";

/** What is known of one type of hash. `alone` is asked of types whose clusters are recorded with their second member. */
export interface Placed {
	readonly medoids: Medoids;
	readonly alone: Alone;
}

export interface Arriving {
	readonly itemId: ItemId;
	readonly authorId: string;
	readonly atMs: number;
}

/** A founder is in the record by then, if it ever comes to be: whoever joins later need not bring it. */
const bringsFounderMs = 30_000;
/** Where so many different people wrote what is like a text and not the same, it is a template, and what is near to it is none of its copies. */
const authorsOfTemplate = 8;

/**
 * The clusters that it is a member of: one as confirmed, and perhaps another as suggested. One that it founds is known from now on, so that
 * a copy that comes before it is recorded finds it.
 */
export function place(likeness: Likeness, { medoids, alone }: Placed, item: Arriving): readonly Membership[] {
	const { type, hash, framings } = likeness;
	const { suggestedBits, mostAlone } = clusterTypes[type];
	const found = medoids.nearest(framings, suggestedBits);
	const near = found === null ? null : membership(likeness, found, found.distanceBits);
	if (mostAlone === 0) {
		const confirmed = near?.degree === "confirmed" ? near : membership(likeness, likeness, 0);
		medoids.add(confirmed.medoid, item.atMs, confirmed.frames);
		return near === null || near === confirmed ? [confirmed] : [confirmed, near];
	}
	const lone = near === null ? alone.nearest(hash, suggestedBits) : alone.nearest(near.medoid, 0);
	if (near === null && (lone === null || lone.itemId === item.itemId)) {
		if (lone === null) alone.add({ hash, itemId: item.itemId, atMs: item.atMs }, item.authorId);
		return [{ ...membership(likeness, likeness, 0), isAlone: true }];
	}
	const joined = near ?? membership(likeness, lone ?? likeness, lone?.distanceBits ?? 0);
	medoids.add(joined.medoid, item.atMs);
	if (lone !== null && lone.atMs < item.atMs - bringsFounderMs) alone.remove(lone.hash);
	const degree = isOfTemplate(joined, { medoids, alone }) ? ("suggested" as const) : joined.degree;
	return [{ ...joined, degree, ...(lone === null ? {} : { founder: lone.itemId }) }];
}

function isOfTemplate({ medoid, distanceBits, type }: Membership, { alone }: Placed): boolean {
	const { confirmedBits } = clusterTypes[type];
	return distanceBits > 0 && alone.authorsAround(medoid, confirmedBits, mostBits) >= authorsOfTemplate;
}

function membership(
	{ type }: Likeness,
	{ hash: medoid, frames }: Pick<Likeness, "hash" | "frames">,
	distanceBits: number,
): Membership {
	const degree = distanceBits <= clusterTypes[type].confirmedBits ? "confirmed" : "suggested";
	const clusterId = clusterIdOf(medoid, type);
	return { clusterId, degree, distanceBits, medoid, type, ...(frames === undefined ? {} : { frames }) };
}

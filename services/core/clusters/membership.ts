// What an item is to a cluster.

import { z } from "zod";
import type { ClusterId, ItemId } from "../ids.ts";
import type { ClusteredType } from "./cluster-type.ts";

/** `confirmed`: it is the cluster's thing, and shares its case. `suggested`: it looks like it; people are shown that, and no more follows. */
export const degree = z.enum(["confirmed", "suggested"]);
export type Degree = z.infer<typeof degree>;

export interface Membership {
	readonly clusterId: ClusterId;
	readonly degree: Degree;
	/** From the medoid; 0 for the medoid itself. */
	readonly distanceBits: number;
	/** The cluster's own hash: whoever records a member records the cluster, too, if nobody has. */
	readonly medoid: Uint8Array;
	/** The medoid's. */
	readonly type: ClusteredType;
	/** Those that the medoid names, where it is of videos. */
	readonly frames?: Uint8Array;
	/** Nothing is like it yet, and nobody has to know of its cluster while nobody has to see the item itself. */
	readonly isAlone?: boolean;
	/** Who was alone in it until now, and may not be in the record as a member. */
	readonly founder?: ItemId;
}

/** The one by which the item is its cluster's thing. */
export function confirmedAmong(memberships: readonly Membership[]): Membership | null {
	return memberships.find(({ degree }) => degree === "confirmed") ?? null;
}

/** The cluster that the item is of; null where it is of none. */
export function confirmedIn(memberships: readonly Membership[]): ClusterId | null {
	return confirmedAmong(memberships)?.clusterId ?? null;
}

// Decides what becomes of a cluster whose medoid is near another's: two detectors that met copies of one thing at once founded one each.
// What comes out is what one detector would have made of all of them: near is near to the medoid of the elder, and a member that is not
// founds a cluster of its own, so that no chain joins strangers.
import { bitsApart } from "../hashes/bits-apart.ts";
import type { ClusterId, ItemId } from "../ids.ts";
import { mostBits } from "./cluster-type.ts";

export interface YoungerMember {
	readonly itemId: ItemId;
	/** Null where none is kept of it. */
	readonly hash: Uint8Array | null;
	/** From the younger's medoid, in the framing that is nearest to it. */
	readonly distanceBits: number;
}

export interface Placement {
	readonly itemId: ItemId;
	readonly medoid: Uint8Array;
	readonly distanceBits: number;
}

export interface Elder {
	readonly medoid: Uint8Array;
	/** How far the younger's medoid is from it, in any framing. */
	readonly apartBits: number;
	/** Within them a member is the cluster's thing. */
	readonly confirmedBits: number;
}

/** How far a hash near the younger is from the elder at most; no further than through the younger, whose framing may be the nearer one. */
export function bitsFrom(
	{ medoid, apartBits }: Pick<Elder, "medoid" | "apartBits">,
	{ hash, distanceBits }: Omit<YoungerMember, "itemId">,
): number {
	const through = distanceBits + apartBits;
	return hash === null ? through : Math.min(through, bitsApart(hash, medoid));
}

/** The cluster that each confirmed member of the younger comes to, in the order in which they came. `standing`: medoids that are there besides. */
export function placeMembers(
	members: readonly YoungerMember[],
	elder: Elder,
	standing: readonly Uint8Array[],
): readonly Placement[] {
	const others = [...standing];
	return members.map((member) => {
		const { itemId, hash } = member;
		const distanceBits = bitsFrom(elder, member);
		// What cannot be told apart from the others stays with them.
		if (hash === null || distanceBits <= elder.confirmedBits)
			return { itemId, medoid: elder.medoid, distanceBits: Math.min(distanceBits, mostBits) };
		const near = others.find((medoid) => bitsApart(hash, medoid) <= elder.confirmedBits);
		if (near === undefined) others.push(hash);
		const medoid = near ?? hash;
		return { itemId, medoid, distanceBits: bitsApart(hash, medoid) };
	});
}

interface Aged {
	readonly id: ClusterId;
	/** By the record's clock, in microseconds since 1970. */
	readonly foundedUs: number;
}

/** Everybody who compares the same two finds the same one: that which was founded first, or has the lower id. */
export function elderFirst<C extends Aged>(one: C, other: C): readonly [C, C] {
	const difference = one.foundedUs - other.foundedUs;
	return difference < 0 || (difference === 0 && one.id < other.id) ? [one, other] : [other, one];
}

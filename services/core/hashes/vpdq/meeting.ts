// How near two videos are, both ways: the distance within which enough frames of each are near some frame of the other, as vPDQ's reference
// has it. How many are enough, and what follows from it, is for whoever asks.

interface Near {
	readonly distanceBits: number;
}

/** By frame of each, the nearest of the other's. */
export interface Meeting<N extends Near = Near> {
	readonly ofItem: Map<number, N>;
	readonly ofOther: Map<number, number>;
}

export function newMeeting<N extends Near>(): Meeting<N> {
	return { ofItem: new Map(), ofOther: new Map() };
}

/** Keeps, of what each of the two frames is near to, the nearest; the first of several. */
export function meet<N extends Near>(
	{ ofItem, ofOther }: Meeting<N>,
	frames: { readonly ofItem: number; readonly ofOther: number },
	near: N,
): void {
	const isNearer = (than: number | undefined) => than === undefined || near.distanceBits < than;
	if (isNearer(ofItem.get(frames.ofItem)?.distanceBits)) ofItem.set(frames.ofItem, near);
	if (isNearer(ofOther.get(frames.ofOther))) ofOther.set(frames.ofOther, near.distanceBits);
}

/** How many of so many frames, 0–1. */
interface Wanted {
	readonly frames: number;
	readonly share: number;
}

/** The least distance within which so great a share of both is found; at least one frame is. Null where there is none. */
export function bitsBothWays({ ofItem, ofOther }: Meeting, item: Wanted, other: Wanted): number | null {
	const itemBits = bitsAtShare(
		[...ofItem.values()].map(({ distanceBits }) => distanceBits),
		item,
	);
	const otherBits = bitsAtShare([...ofOther.values()], other);
	return itemBits === null || otherBits === null ? null : Math.max(itemBits, otherBits);
}

function bitsAtShare(distances: readonly number[], { frames, share }: Wanted): number | null {
	// A share of 80 % of five is four, whatever floating point makes of it.
	const wanted = Math.max(1, Math.ceil(share * frames - 1e-9));
	return distances.toSorted((a, b) => a - b)[wanted - 1] ?? null;
}

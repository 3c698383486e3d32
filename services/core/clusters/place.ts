// Decides which cluster a picture joins, or that it founds one. Near is near to the medoid, in any turn and framing of the picture: never
// to another member, for a chain of near pairs would join strangers.
import type { PictureHashes } from "../banks/bank.ts";
import { clusterIdOf } from "./cluster-id.ts";
import type { Medoids } from "./medoids.ts";
import { confirmedBits, type Degree, type Membership, suggestedBits } from "./membership.ts";

/** Below it a hash says too little to tell a picture from others: flat ones are all near to one another (Davis and Rosen, "PDQ & TMK + PDQF", 2019). */
const fewestQuality = 50;

/**
 * The clusters that it is a member of: one as confirmed, and perhaps another as suggested. None where its hash says too little. One that
 * it founds is among the medoids from now on, so that a copy that comes before it is recorded finds it.
 */
export function place(picture: PictureHashes, medoids: Medoids, nowMs: number): readonly Membership[] {
	const framings = framingsOf(picture);
	if (framings.length === 0) return [];
	const { hash } = picture;
	const found = medoids.nearest(framings, suggestedBits);
	const near = found === null ? null : membership(found.hash, found.distanceBits);
	const confirmed = near?.degree === "confirmed" ? near : membership(hash, 0);
	medoids.add(confirmed.medoid, nowMs);
	return near === null || near === confirmed ? [confirmed] : [confirmed, near];
}

/** Its hashes in all turns and framings that say enough; none where it says too little itself. */
export function framingsOf({ hash, quality, dihedral, reframed = [] }: PictureHashes): readonly Uint8Array[] {
	if (quality < fewestQuality) return [];
	return [hash, ...dihedral, ...reframed.filter((one) => one.quality >= fewestQuality).map((one) => one.hash)];
}

function membership(medoid: Uint8Array, distanceBits: number): Membership {
	const degree: Degree = distanceBits <= confirmedBits ? "confirmed" : "suggested";
	return { clusterId: clusterIdOf(medoid), degree, distanceBits, medoid };
}

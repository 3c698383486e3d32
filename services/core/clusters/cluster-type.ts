// How near is near in a cluster, by the type of its medoid's hash.
import type { NearHashType } from "../hashes/hash-type.ts";

export interface ClusterType {
	/** What is strongly alike is one thing. */
	readonly confirmedBits: number;
	/** As far as an item is suggested to a cluster. */
	readonly suggestedBits: number;
	/** So many that nothing is like are known in memory alone, until a second one comes. With 0 each founds a cluster in the record at once. */
	readonly mostAlone: number;
	/** How strong what is near is, by the name that the policy has for it (`nearTiers`). */
	readonly resembles: "picture" | "text" | "video";
	/** Its medoid is a list of frames, and its hash the name of them, which tells nothing of what is near. */
	readonly isOfFrames?: boolean;
}

/**
 * Pictures have what banks have unless told otherwise, and as far as the index looks. For texts it is a word or a slip in thirty words, which
 * lies nowhere near other texts; they are a hundred times as many and nearly all alone, and are looked for no further than one thing reaches
 * (infra/decisions/0173). Videos are as near as their frames, and are looked for no further either (0360). Posts that are a link and nothing else are one thing by the very same link (0261).
 */
export const clusterTypes = {
	pdq: { confirmedBits: 20, suggestedBits: 31, mostAlone: 0, resembles: "picture" },
	"text-simhash": { confirmedBits: 20, suggestedBits: 20, mostAlone: 500_000, resembles: "text" },
	vpdq: { confirmedBits: 20, suggestedBits: 20, mostAlone: 0, resembles: "video", isOfFrames: true },
	link: { confirmedBits: 0, suggestedBits: 0, mostAlone: 100_000, resembles: "text" },
} as const satisfies Readonly<Record<NearHashType | "vpdq" | "link", ClusterType>>;

/** By what items are clustered. */
export type ClusteredType = keyof typeof clusterTypes;

// The keys are those of the table.
export const clusteredTypes = Object.keys(clusterTypes) as readonly ClusteredType[];

/** As far as a member may be from its medoid, whatever it is of. */
export const mostBits = 31;

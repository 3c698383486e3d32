// One reference is one thing said, by reporters and authorities alike: sent again as it was, it is what it was; with another content it is
// refused, since nobody would know that half of what was said is kept. Within one sending and between sendings.
import { createHash } from "node:crypto";
import { canonicalJson } from "../acts/canonical-json.ts";

/** SHA-256 of all that it says, in hex. */
export function digestOfSaid(said: object): string {
	return createHash("sha256").update(canonicalJson(said)).digest("hex");
}

export interface Referred {
	readonly reference: string;
	readonly digest: string;
}

export type Sorted<T> =
	/** `fresh`: of each reference that is not known yet, the first. */
	| { readonly kind: "same"; readonly fresh: readonly T[] }
	/** `index`: the first that says otherwise under a reference that is taken. */
	| { readonly kind: "contradicted"; readonly index: number };

/** `known`: digests by reference; null for what was received before digests were kept, which nothing contradicts. */
export function sortReferred<T extends Referred>(
	known: ReadonlyMap<string, string | null>,
	said: readonly T[],
): Sorted<T> {
	const taken = new Map(known);
	const fresh: T[] = [];
	for (const [index, one] of said.entries()) {
		const { reference, digest } = one;
		const before = taken.get(reference);
		if (before === undefined) {
			taken.set(reference, digest);
			fresh.push(one);
		} else if (before !== null && before !== digest) return { kind: "contradicted", index };
	}
	return { kind: "same", fresh };
}

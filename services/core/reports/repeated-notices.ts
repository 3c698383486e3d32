// One reference is one report: sent again as it was, it is that report; with another content it is refused, since nobody would know that
// half of what was said is kept. Within a request and between requests alike.
import { createHash } from "node:crypto";
import { canonicalJson } from "../acts/canonical-json.ts";
import type { ReportNotice } from "./notice.ts";

/** SHA-256 of all that it says, in hex. */
export function digestOfNotice(notice: ReportNotice): string {
	return createHash("sha256").update(canonicalJson(notice)).digest("hex");
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
export function sortNotices<T extends Referred>(
	known: ReadonlyMap<string, string | null>,
	notices: readonly T[],
): Sorted<T> {
	const taken = new Map(known);
	const fresh: T[] = [];
	for (const [index, notice] of notices.entries()) {
		const { reference, digest } = notice;
		const before = taken.get(reference);
		if (before === undefined) {
			taken.set(reference, digest);
			fresh.push(notice);
		} else if (before !== null && before !== digest) return { kind: "contradicted", index };
	}
	return { kind: "same", fresh };
}

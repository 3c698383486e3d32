// Revisions as their history tells them: each with what it changed; and what is said of one that it does not have.
import { BreakwaterError } from "../errors.ts";
import { comparePolicies, type PolicyChange } from "./compare-policies.ts";
import type { PolicySet } from "./policy-set.ts";

/** Newest first. Of the oldest nothing is known to have changed: leave it off, or it is the first there was. */
export function withChanges<R extends { readonly set: PolicySet }>(
	newestFirst: readonly R[],
): readonly (R & { readonly changes: readonly PolicyChange[] })[] {
	return newestFirst.map((one, at) => {
		const before = newestFirst[at + 1];
		return { ...one, changes: before === undefined ? [] : comparePolicies(before.set, one.set) };
	});
}

export function unknownRevision(revision: number): BreakwaterError {
	return new BreakwaterError("not-found", { reasons: [{ code: "no-such-revision", revision }] });
}

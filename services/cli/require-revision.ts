import type { PolicyRevision } from "../core/ports/policy-store.ts";
import type { Parts } from "../parts/parts.ts";
import { unknownId } from "./unknown-id.ts";

/** A revision of the policy, in force or older. */
export async function requireRevision(
	{ policy }: Pick<Parts["stores"], "policy">,
	revision: number,
): Promise<PolicyRevision> {
	const found = await policy.find(revision);
	if (found === null) throw unknownId({ what: "revision of the policy", list: "policy history" }, String(revision));
	return found;
}

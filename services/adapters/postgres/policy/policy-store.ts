// The policy's revisions, which two people change.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { comparePolicies, mayWithholdMore } from "../../../core/policy/compare-policies.ts";
import { builtInSet, initialRevision, initialSet } from "../../../core/policy/policy.ts";
import { type PolicySet, policySet } from "../../../core/policy/policy-set.ts";
import type { PolicyRevision, PolicyStore } from "../../../core/ports/policy-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { createRevisionStore } from "../revisions/revision-store.ts";

const builtIn = Array.from({ length: initialRevision }, (_, at): PolicyRevision => {
	const revision = initialRevision - at;
	return { revision, set: builtInSet(revision) ?? initialSet, accepted: null };
});

export function createPolicyStore(database: Database): PolicyStore {
	return createRevisionStore<PolicySet>(database, {
		...{ subject: "policy", staleCode: "policy-stale", builtIn },
		parse: (settings) => policySet.parse(settings),
		isSame: (before, after) => comparePolicies(before, after).length === 0,
		check: requirePlatforms,
		told({ what, proposal: { id, revertsTo, set }, inForce }, by) {
			const details = { proposalId: id, revertsTo };
			if (what === "accepted") return { ...by, what: "policy-accepted", on: "policy", details };
			if (what === "rejected" || inForce === null) return { ...by, what: "policy-rejected", on: "policy", details };
			const widens = mayWithholdMore(comparePolicies(inForce, set));
			return { ...by, what: "policy-proposed", on: "policy", details: { ...details, mayWithholdMore: widens } };
		},
	});
}

/** An override for a platform that is not there would hold nowhere, and look as if it did. */
async function requirePlatforms(tx: Connection, { overrides }: PolicySet): Promise<void> {
	const named = overrides.flatMap(({ platform }) => platform ?? []);
	const known = await tx.rows(
		sql`SELECT id FROM platforms WHERE id = ANY (${named}::uuid[])`,
		z.object({ id: column.text }),
	);
	const unknown = overrides.findIndex(({ platform }) => platform !== null && !known.some(({ id }) => id === platform));
	if (unknown >= 0)
		throw new BreakwaterError("rule-broken", {
			reasons: [{ code: "field-refused", field: `overrides.${unknown}.platform`, rule: "no-such-platform" }],
		});
}

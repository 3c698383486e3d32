// Acts on the policy. What each revision says, and what a proposal would change, is kept with them; here stands who did it and why. The
// act's revision is that of the policy: the one proposed against, or the one that came into force.
import { z } from "zod";
import { policyProposalId, questionId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

const proposal = z.object({ proposalId: policyProposalId, revertsTo: z.int().nullable() });

export const policyActs = {
	"policy-proposed": { on: "policy", details: proposal.extend({ mayWithholdMore: z.boolean() }) },
	"policy-accepted": { on: "policy", details: proposal },
	"policy-rejected": { on: "policy", details: proposal },
	/** What a revision, or a proposal, would have made of verdicts of the past. */
	"policy-asked": {
		on: "policy",
		details: z.object({
			...{ questionId, asked: z.int().nullable(), proposalId: policyProposalId.nullable() },
			...{ examined: z.int(), moved: z.int() },
		}),
	},
} as const satisfies Readonly<Record<string, ActKind>>;

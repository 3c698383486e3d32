// Acts on the laws that clocks run by. What each revision says is kept with them; the act's revision is the one proposed against, or the one that
// came into force.
import { z } from "zod";
import { policyProposalId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

const proposal = z.object({ proposalId: policyProposalId, revertsTo: z.int().nullable() });

export const lawActs = {
	"laws-proposed": { on: "laws", details: proposal },
	"laws-accepted": { on: "laws", details: proposal },
	"laws-rejected": { on: "laws", details: proposal },
} as const satisfies Readonly<Record<string, ActKind>>;

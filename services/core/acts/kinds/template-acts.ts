// Acts on the words of answers. What each revision says is kept with them; the act's revision is the one proposed against, or the one that came
// into force.
import { z } from "zod";
import { policyProposalId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

const proposal = z.object({ proposalId: policyProposalId, revertsTo: z.int().nullable() });

export const templateActs = {
	"templates-proposed": { on: "templates", details: proposal },
	"templates-accepted": { on: "templates", details: proposal },
	"templates-rejected": { on: "templates", details: proposal },
} as const satisfies Readonly<Record<string, ActKind>>;

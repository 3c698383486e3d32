// Models in the review API: which one speaks, what the one in its shadow said, and proposals that wait for a person's yes.
import { z } from "zod";
import { caseId, proposalId } from "../ids.ts";
import { tuningEvidence } from "../scoring/tuning.ts";
import { timestamp } from "./review-case.ts";

// GET /api/models
export const modelsAnswer = z.object({
	/** The revision of the settings; 0 where nobody has decided anything. */
	revision: z.int(),
	live: z.string(),
	shadow: z.object({ model: z.string(), share: z.number() }).nullable(),
	/** Models by `id@version`. */
	tallies: z.array(z.object({ live: z.string(), shadow: z.string(), compared: z.int(), disagreed: z.int() })),
	/** Newest first: where one of the two would have asked people and the other not. */
	disagreements: z.array(
		z.object({
			caseId: caseId.nullable(),
			live: z.string(),
			shadow: z.string(),
			liveProbability: z.number(),
			shadowProbability: z.number(),
			at: timestamp,
			/** What people decided on the case, where they did. */
			decision: z.enum(["remove", "restore"]).nullable(),
		}),
	),
	/** Open ones, newest first. */
	proposals: z.array(
		z.object({
			id: proposalId,
			model: z.string(),
			version: z.string(),
			category: z.string(),
			/** The platform that it is for, by name; null: all that have none of their own. */
			platform: z.string().nullable(),
			threshold: z.number(),
			/** What holds now; null where neither settings nor policy set one. */
			presentThreshold: z.number().nullable(),
			evidence: tuningEvidence,
			proposedAt: timestamp,
		}),
	),
});
export type ModelsAnswer = z.infer<typeof modelsAnswer>;
export type WireProposal = ModelsAnswer["proposals"][number];

// POST /api/model-proposals/:id/{accept,reject}
export const proposalParams = z.object({ id: proposalId });
export const proposalAnswer = z.object({ revision: z.int() });

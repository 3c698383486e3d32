// The policy in the review API: the revision in force, those of before, and proposals that wait for another person.
import { z } from "zod";
import { platformId, policyProposalId } from "../ids.ts";
import { policyEffects } from "../policy/compare-policies.ts";
import { policyChange, policySet } from "../policy/policy-set.ts";
import { settingName } from "../policy/settings.ts";
import { verdictActions } from "../policy/verdict.ts";
import { proposalStates } from "../ports/revision-store.ts";
import { country } from "./country.ts";
import { surface } from "./item-event.ts";
import { timestamp } from "./review-case.ts";
import { said } from "./storable.ts";

const leafValue = z.union([z.string(), z.number()]);
/** Within what the record can count, and one more. */
const largestRevision = 2_000_000_000;
const revision = z.int().min(1).max(largestRevision);
const revisionInAddress = z.coerce.number().int().min(1).max(largestRevision);
const why = said(500);

const wirePolicyChange = z.object({
	platform: platformId.nullable(),
	surface: surface.nullable(),
	country: country.nullable().exactOptional(),
	setting: settingName,
	key: z.string().nullable(),
	before: leafValue.nullable(),
	after: leafValue.nullable(),
	effect: z.enum(policyEffects).nullable(),
});

export const wirePolicyRevision = z.object({
	revision,
	set: policySet,
	/** Null of a built-in one. */
	accepted: z
		.object({
			at: timestamp,
			by: z.string(),
			proposedBy: z.string(),
			why: z.string(),
			/** The revision whose settings it took up again. */
			revertsTo: revision.nullable(),
		})
		.nullable(),
	/** Against the revision before it; of the first there are none. */
	changes: z.array(wirePolicyChange),
});
export type WirePolicyRevision = z.infer<typeof wirePolicyRevision>;

export const wirePolicyProposal = z.object({
	id: policyProposalId,
	base: revision,
	set: policySet,
	revertsTo: revision.nullable(),
	why: z.string(),
	proposedBy: z.string(),
	/** The one who asks made it: another person must accept it. */
	isMine: z.boolean(),
	/** Another revision has come into force since it was made: it cannot be accepted any more. */
	isStale: z.boolean(),
	proposedAt: timestamp,
	state: z.enum(proposalStates),
	/** Against the revision that it was made against. */
	changes: z.array(wirePolicyChange),
	/** Whether something may be withheld that is not withheld now. */
	mayWithholdMore: z.boolean(),
});
export type WirePolicyProposal = z.infer<typeof wirePolicyProposal>;

// GET /api/policy
export const policyAnswer = z.object({
	inForce: wirePolicyRevision,
	/** Open ones, newest first. */
	proposals: z.array(wirePolicyProposal),
	/** Those there are, to say overrides by name. */
	platforms: z.array(z.object({ id: platformId, name: z.string() })),
});
export type PolicyAnswer = z.infer<typeof policyAnswer>;

// GET /api/policy/revisions · GET /api/policy/revisions/:revision
export const policyHistoryQuery = z.object({
	before: revisionInAddress.optional(),
	limit: z.coerce.number().int().min(1).max(200).default(20),
});
export const policyHistoryAnswer = z.object({ revisions: z.array(wirePolicyRevision) });
export type PolicyHistoryAnswer = z.infer<typeof policyHistoryAnswer>;
export const policyRevisionParams = z.object({ revision: revisionInAddress });

// POST /api/policy/proposals
export const newPolicyProposalRequest = z.object({
	/** The revision that was looked at; refused where it is no longer in force. Null: whichever is. */
	base: revision.nullable().default(null),
	why,
	what: z.discriminatedUnion("kind", [
		/** Only what differs. */
		z.strictObject({ kind: z.literal("change"), change: policyChange }),
		/** All of it: what is not named is gone. */
		z.strictObject({ kind: z.literal("whole"), set: z.unknown() }),
		/** As an older revision had it. */
		z.strictObject({ kind: z.literal("revert"), to: revision }),
	]),
});
export type NewPolicyProposalRequest = z.input<typeof newPolicyProposalRequest>;

// POST /api/policy/proposals/:id/{accept,reject} · GET /api/policy/proposals/:id/outlook
export const policyProposalParams = z.object({ id: policyProposalId });
export const acceptPolicyRequest = z.object({ why: why.nullable().default(null) });
export const rejectPolicyRequest = z.object({ why });

export const policyOutlookAnswer = z.object({
	/** Items judged last that were judged again under both policies. */
	items: z.int(),
	moved: z.array(z.object({ from: z.enum(verdictActions), to: z.enum(verdictActions), items: z.int() })),
	reordered: z.int(),
});
export type PolicyOutlookAnswer = z.infer<typeof policyOutlookAnswer>;

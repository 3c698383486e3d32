// Policy is data with revisions: what the tiers do, from which probability a model speaks up, how many people a removal takes.
// It holds no deadline of any law: those arrive with their sources as jurisdiction profiles.
import { z } from "zod";
import { tier } from "./verdict.ts";

const nearTier = z.enum(["K2", "K3"]);
const perTier = <T extends z.ZodType>(value: T) => z.record(tier, value);

export const policy = z.object({
	revision: z.int().min(1),
	/** Probability (0–1) from which a model's category sends an item to review. */
	modelThresholds: z.record(z.string(), z.number().min(0).max(1)),
	/** Words alone never have anything withheld. */
	actions: perTier(z.enum(["withhold", "review", "none"])).refine(({ T }) => T !== "withhold"),
	/** Base urgency by tier, 0–100; the surface adds to it. */
	urgency: perTier(z.number().min(0).max(100)),
	/** Added where the text model speaks up beside stronger evidence. */
	textUrgency: z.number().min(0).max(100),
	surfaceUrgency: z.object({ public: z.number(), group: z.number(), direct: z.number() }),
	/** People who must agree before content is removed for good. */
	removalPeople: perTier(z.int().min(1).max(2)),
	/** For so long whoever decided a case may take it back alone; after that a lead reopens it. */
	undoWithinMs: z.int().min(0),
	/** People who must agree before what was withheld on the word of a bank trusted here is shown again. */
	restorePeople: perTier(z.int().min(1).max(2)),
	/**
	 * The strongest tier that a near match may reach: of a picture as it is, turned or mirrored; of one found only in another framing
	 * (transforms of core/banks/bank.ts); of a text.
	 */
	nearTiers: z.object({ picture: nearTier, reframed: nearTier, text: nearTier }),
	/** PDQ quality below which a perceptual match is not trusted. */
	minimumQuality: z.int().min(0).max(100),
});
export type Policy = z.infer<typeof policy>;

/** The same in every revision so far. Quality 50: PDQ's own recommendation. */
const base = {
	actions: { K1: "withhold", K2: "withhold", K3: "review", M: "review", T: "review", none: "none" },
	urgency: { K1: 80, K2: 75, K3: 60, M: 40, T: 30, none: 20 },
	surfaceUrgency: { public: 15, group: 8, direct: 0 },
	removalPeople: { K1: 1, K2: 1, K3: 2, M: 2, T: 2, none: 2 },
	undoWithinMs: 15 * 60_000,
	restorePeople: { K1: 2, K2: 2, K3: 1, M: 1, T: 1, none: 1 },
	minimumQuality: 50,
} as const satisfies Partial<Policy>;

/** Under revision 1 a near match was always one of a picture as it is, turned or mirrored. */
const first: Policy = {
	...base,
	revision: 1,
	modelThresholds: { adult: 0.8, offensive: 0.99 },
	textUrgency: 5,
	nearTiers: { picture: "K2", reframed: "K2", text: "K2" },
};

/**
 * A machine withholds what is known; everything else is for people. Texts that are nearly the same ask people
 * (infra/decisions/0040-near-texts.md); other framings count as the picture (0041-other-framings.md).
 */
export const defaultPolicy: Policy = {
	...base,
	revision: 2,
	modelThresholds: { adult: 0.8, offensive: 0.99 },
	textUrgency: 5,
	nearTiers: { picture: "K2", reframed: "K2", text: "K3" },
};

/** Kept for ever, so that an old verdict can be read under the revision that it names. */
const revisions: ReadonlyMap<number, Policy> = new Map([first, defaultPolicy].map((one) => [one.revision, one]));

/** Null where nobody here knows what that revision said. */
export function policyOfRevision(revision: number): Policy | null {
	return revisions.get(revision) ?? null;
}

// A verdict is the policy's conclusion over all signals of one item: a tier, an action, and the reasons for both.
import { z } from "zod";
import type { EntryId } from "../ids.ts";
import type { Signal } from "../signals/signal.ts";

/** Strength of the evidence, strongest first; `none` where no detector found anything. */
export const tiers = ["K1", "K2", "K3", "M", "T", "none"] as const;
export const tier = z.enum(tiers);
export type Tier = z.infer<typeof tier>;

export function strongerTier(a: Tier, b: Tier): Tier {
	return tiers.indexOf(a) <= tiers.indexOf(b) ? a : b;
}

export const verdictActions = ["withhold", "review", "none"] as const;
export const verdictAction = z.enum(verdictActions);
export type VerdictAction = z.infer<typeof verdictAction>;

/** What kept a signal from counting, beside the codes of its own kind: another signal of the item, or an open breaker. */
const contextReasons = ["exempted", "exemption-in-quarantine", "diverted"] as const;
export type ContextReason = (typeof contextReasons)[number];

/** Why one signal counted, or did not. Written with the verdict and never worked out anew. */
export const ground = z
	.object({
		/** What the signal comes to by itself. */
		alone: tier,
		/** What it came to beside the item's other signals; `none` where it did not count. */
		tier,
		counted: z.boolean(),
		/** Enough by itself to have the item withheld. */
		isEnough: z.boolean(),
		category: z.string().nullable(),
		/** Codes of why it did not count, or not for more: of the signal's kind, and {@link contextReasons}. */
		reasons: z.array(z.string()).readonly(),
		/** Figures of the policy that it was held against, by name. */
		limits: z.record(z.string(), z.number()).readonly(),
		/** Scopes of breakers that a withhold on it rests on (scopeText). */
		restsOn: z.array(z.string()).readonly(),
		/** Points that it adds to the urgency of what reaches people; left out where none. */
		raise: z.number().exactOptional(),
	})
	.readonly();
export type Ground = z.infer<typeof ground>;

/** What one bank or rule in shadow, counted alone, would have made of an item that it matches. */
export interface ShadowOutcome {
	/** The bank or the rule, as scopeText has it. */
	readonly on: string;
	/** Null where the item went the same way without it. */
	readonly action: VerdictAction | null;
}

export interface Verdict {
	readonly tier: Tier;
	readonly action: VerdictAction;
	/** 0–100, higher first; the order of the people's queue. */
	readonly urgency: number;
	/** Why people must look although no tier was reached: a signal was unavailable. */
	readonly isIncomplete: boolean;
	readonly policyRevision: number;
	readonly signals: readonly Signal[];
	/** What each signal came to, in their order: the tier it reached, whether it counted, and why not. */
	readonly grounds: readonly Ground[];
	/** The entries each of which is enough by itself to have the item withheld. */
	readonly withheldOn: readonly EntryId[];
	/** Category of the strongest signal, or null. */
	readonly category: string | null;
	/** What the verdict would have been with the banks and rules in shadow counted; null where it would have been the same. */
	readonly shadow: { readonly tier: Tier; readonly action: VerdictAction } | null;
	/** The same, of each of these by itself. */
	readonly shadowOutcomes: readonly ShadowOutcome[];
	/** The open breakers for which people decide what would have been withheld at once; empty otherwise. */
	readonly divertedBy: readonly string[];
}

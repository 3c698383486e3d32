// Decides tier and action from an item's grounds under a policy (the tiers K1 to T). It never removes and never reports: those are
// people's acts. What a signal says is its kind's own (signals/); how signals weigh against each other is in grounds.ts.
import { type SignalCatalogue, signalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import type { Surface } from "../wire/item-event.ts";
import { type Weighed, weigh } from "./grounds.ts";
import type { Policy } from "./policy.ts";
import { type Ground, type ShadowOutcome, type Tier, tiers, type Verdict, type VerdictAction } from "./verdict.ts";

export function decideVerdict(
	signals: readonly Signal[],
	surface: Surface,
	policy: Policy,
	catalogue: SignalCatalogue = signalCatalogue,
): Verdict {
	const weighed = weigh(signals, policy, catalogue);
	const { grounds } = weighed;
	const { tier, category } = strongestOf(grounds);
	const isIncomplete = signals.some((signal) => catalogue.failureOf(signal) !== null);
	const action = actionFor(tier, isIncomplete, policy);
	const withheldOn = signals.flatMap((signal, index) =>
		grounds[index]?.isEnough === true ? (catalogue.entryOf(signal)?.id ?? []) : [],
	);
	return {
		tier,
		category,
		action,
		isIncomplete,
		signals,
		grounds,
		urgency: urgencyOf(grounds, surface, policy),
		policyRevision: policy.revision,
		withheldOn: [...new Set(withheldOn)],
		divertedBy: [],
		...shadowsOf(weighed, policy, { tier, action, isIncomplete }),
	};
}

/** Whether what is known already decides: a model need not be asked of what is withheld, or let be, whatever it says. */
export function isDecidedWithoutModels(
	signals: readonly Signal[],
	policy: Policy,
	catalogue: SignalCatalogue = signalCatalogue,
): boolean {
	const { grounds, isExempt } = weigh(signals, policy, catalogue);
	return isExempt || grounds.some(({ isEnough }) => isEnough);
}

/** Those of the signals that no other one overrules, whatever may still come: what they decide alone stays decided. */
export function certainOf(
	signals: readonly Signal[],
	policy: Policy,
	catalogue: SignalCatalogue = signalCatalogue,
): readonly Signal[] {
	return signals.filter((signal) => catalogue.find(signal, policy).bearing === "stands");
}

/** What the banks and rules in shadow would have made of it, all together and each by itself; null where nothing would have changed. */
function shadowsOf(
	{ onTrial, without }: Weighed,
	policy: Policy,
	actual: Pick<Verdict, "tier" | "action" | "isIncomplete">,
): Pick<Verdict, "shadow" | "shadowOutcomes"> {
	if (onTrial.length === 0) return { shadow: null, shadowOutcomes: [] };
	const outcome = (grounds: readonly Ground[]) => {
		const { tier } = strongestOf(grounds);
		return { tier, action: actionFor(tier, actual.isIncomplete, policy) };
	};
	const all = outcome(without(onTrial));
	const outcomes = onTrial.map((on): ShadowOutcome => {
		const { action } = outcome(without([on]));
		return { on, action: action === actual.action ? null : action };
	});
	const isSame = all.tier === actual.tier && all.action === actual.action;
	return { shadow: isSame ? null : all, shadowOutcomes: outcomes };
}

/** The first of the strongest. */
function strongestOf(grounds: readonly Ground[]): Pick<Ground, "tier" | "category"> {
	const nothing: Pick<Ground, "tier" | "category"> = { tier: "none", category: null };
	return grounds.reduce((best, next) => (rank(next.tier) < rank(best.tier) ? next : best), nothing);
}

function actionFor(tier: Tier, isIncomplete: boolean, policy: Policy): VerdictAction {
	const action = policy.actions[tier];
	return action === "none" && isIncomplete ? "review" : action;
}

/** Words raise the urgency of what something stronger has found, and rules that say so that of anything. */
function urgencyOf(grounds: readonly Ground[], surface: Surface, policy: Policy): number {
	const { tier } = strongestOf(grounds);
	const raise = tier !== "T" && grounds.some((one) => one.tier === "T") ? policy.textUrgency : 0;
	const byRules = grounds.reduce((sum, one) => sum + (one.raise ?? 0), 0);
	return Math.min(100, policy.urgency[tier] + policy.surfaceUrgency[surface] + raise + byRules);
}

function rank(tier: Tier): number {
	return tiers.indexOf(tier);
}

// Decides tier and action from all signals under a policy (the tiers K1 to T). It never removes and never reports: those are
// people's acts. An exemption wins over everything but an exact match of a trusted bank.
import { assertNever } from "../assert-never.ts";
import { isSameContent, type Match } from "../banks/bank.ts";
import { type Exemption, exemptionOf, type MatchPart, nearKindOf, partOf } from "../banks/exemption.ts";
import type { BankId, EntryId } from "../ids.ts";
import type { ScoredSignal, Signal } from "../signals/signal.ts";
import type { Surface } from "../wire/item-event.ts";
import type { Policy } from "./policy.ts";
import { type ShadowOutcome, type Tier, tiers, type Verdict, type VerdictAction } from "./verdict.ts";

interface Finding {
	readonly tier: Tier;
	readonly category: string | null;
}

const nothing: Finding = { tier: "none", category: null };

export function decideVerdict(signals: readonly Signal[], surface: Surface, policy: Policy): Verdict {
	const strongest = strongestFinding(signals, policy);
	const isIncomplete = signals.some((signal) => signal.kind === "unavailable");
	const action = actionFor(strongest.tier, isIncomplete, policy);
	return {
		...strongest,
		action,
		urgency: urgencyOf(strongest.tier, surface, policy, hasTextFinding(signals, policy)),
		isIncomplete,
		policyRevision: policy.revision,
		signals,
		withheldOn: withholdingEntries(signals, policy),
		divertedBy: [],
		shadow: withoutShadow(signals, policy, { tier: strongest.tier, action, isIncomplete }),
		shadowOutcomes: shadowOutcomes(signals, policy, { action, isIncomplete }),
	};
}

/** What the banks in shadow would have made of it; null where they would have changed nothing. */
function withoutShadow(
	signals: readonly Signal[],
	policy: Policy,
	actual: Pick<Verdict, "tier" | "action" | "isIncomplete">,
): Verdict["shadow"] {
	const banks = banksInShadow(signals);
	if (banks.length === 0) return null;
	const { tier } = strongestFinding(takenOutOfShadow(signals, banks), policy);
	const action = actionFor(tier, actual.isIncomplete, policy);
	return tier === actual.tier && action === actual.action ? null : { tier, action };
}

function shadowOutcomes(
	signals: readonly Signal[],
	policy: Policy,
	actual: Pick<Verdict, "action" | "isIncomplete">,
): readonly ShadowOutcome[] {
	return banksInShadow(signals).map((bankId) => {
		const { tier } = strongestFinding(takenOutOfShadow(signals, [bankId]), policy);
		const action = actionFor(tier, actual.isIncomplete, policy);
		return { bankId, action: action === actual.action ? null : action };
	});
}

function banksInShadow(signals: readonly Signal[]): readonly BankId[] {
	const ids = signals.flatMap((one) => (one.kind === "matched" && one.match.shadow ? [one.match.bankId] : []));
	return [...new Set(ids)];
}

function takenOutOfShadow(signals: readonly Signal[], banks: readonly BankId[]): readonly Signal[] {
	return signals.map((one) =>
		one.kind === "matched" && banks.includes(one.match.bankId)
			? { ...one, match: { ...one.match, shadow: false } }
			: one,
	);
}

function strongestFinding(signals: readonly Signal[], policy: Policy): Finding {
	return findingsOf(signals, policy)
		.map(({ finding }) => finding)
		.reduce((best, next) => (rank(next.tier) < rank(best.tier) ? next : best), nothing);
}

/** The signals each of which is enough by itself to have the item withheld. */
export function withholdingSignals(signals: readonly Signal[], policy: Policy): readonly Signal[] {
	return findingsOf(signals, policy)
		.filter(({ finding }) => policy.actions[finding.tier] === "withhold")
		.map(({ signal }) => signal);
}

function withholdingEntries(signals: readonly Signal[], policy: Policy): readonly EntryId[] {
	const ids = withholdingSignals(signals, policy).flatMap((one) => (one.kind === "matched" ? [one.match.entryId] : []));
	return [...new Set(ids)];
}

interface FoundSignal {
	readonly signal: Signal;
	readonly finding: Finding;
}

function findingsOf(signals: readonly Signal[], policy: Policy): readonly FoundSignal[] {
	const exemption = exemptionOf(matchesOf(signals), policy);
	return signals.flatMap((signal): readonly FoundSignal[] => {
		const finding = findingOf(signal, policy);
		switch (partOfSignal(signal, exemption, policy)) {
			case "exempted":
				return [];
			case "asks-people":
				return [{ signal, finding: rank(finding.tier) < rank("K3") ? { ...finding, tier: "K3" } : finding }];
			default:
				return [{ signal, finding }];
		}
	});
}

function matchesOf(signals: readonly Signal[]): readonly Match[] {
	return signals.flatMap((signal) => (signal.kind === "matched" ? [signal.match] : []));
}

/** What is not a match gives way to an exemption like a match that nobody has verified. */
function partOfSignal(signal: Signal, exemption: Exemption, policy: Policy): MatchPart {
	if (signal.kind === "matched") return partOf(signal.match, exemption, policy);
	if (exemption === "none") return "counts";
	return exemption === "exempt" ? "exempted" : "asks-people";
}

/** The tier of one match alone; null where it says nothing (shadow banks, exemptions). An entry in quarantine asks people, always. */
export function tierOfMatch(match: Match, policy: Policy): Tier | null {
	if (match.shadow || match.bankKind === "exempt") return null;
	const tier = tierByDistance(match, policy);
	return tier !== null && match.isQuarantined ? "K3" : tier;
}

function tierByDistance(match: Match, policy: Policy): "K1" | "K2" | "K3" | null {
	if (isSameContent(match)) return match.standing === "confirmed" ? "K1" : "K3";
	const kind = nearKindOf(match);
	const isTight = match.distanceBits <= match.tightRadiusBits;
	const isTrusted =
		kind === "text" ||
		((match.queryQuality ?? 0) >= policy.minimumQuality && (match.entryQuality ?? 100) >= policy.minimumQuality);
	// A picture with little structure is near to many others: only its closest resemblance is worth a person's look.
	if (!isTrusted) return isTight ? "K3" : null;
	return match.standing === "confirmed" && isTight ? policy.nearTiers[kind] : "K3";
}

/** True where a picture is known as harmless, so that only an exact match of a trusted bank counts against it. */
export function isExempted(signals: readonly Signal[], policy: Policy): boolean {
	return exemptionOf(matchesOf(signals), policy) === "exempt";
}

function findingOf(signal: Signal, policy: Policy): Finding {
	switch (signal.kind) {
		case "matched":
			return { tier: tierOfMatch(signal.match, policy) ?? "none", category: signal.match.category };
		case "scored":
			return isOverThreshold(signal, policy)
				? { tier: signal.detector === "text" ? "T" : "M", category: signal.category }
				: nothing;
		case "clear":
		case "unavailable":
			return nothing;
		default:
			return assertNever(signal);
	}
}

/** Whether people are asked about this score; never where neither people nor the policy have set a threshold. */
export function isOverThreshold(score: Pick<ScoredSignal, "category" | "probability" | "threshold">, policy: Policy) {
	const threshold = score.threshold ?? policy.modelThresholds[score.category];
	return threshold !== undefined && score.probability >= threshold;
}

function actionFor(tier: Tier, isIncomplete: boolean, policy: Policy): VerdictAction {
	const action = policy.actions[tier];
	return action === "none" && isIncomplete ? "review" : action;
}

/** Words raise the urgency of what something stronger has found. */
function urgencyOf(tier: Tier, surface: Surface, policy: Policy, hasText: boolean): number {
	const raise = hasText && tier !== "T" ? policy.textUrgency : 0;
	return Math.min(100, policy.urgency[tier] + policy.surfaceUrgency[surface] + raise);
}

function hasTextFinding(signals: readonly Signal[], policy: Policy): boolean {
	return findingsOf(signals, policy).some(({ finding }) => finding.tier === "T");
}

function rank(tier: Tier): number {
	return tiers.indexOf(tier);
}

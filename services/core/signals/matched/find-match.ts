// What one match comes to by itself under a policy: a tier, or an exemption; and the codes of why it is not more.
import { assertNever } from "../../assert-never.ts";
import { isSameContent, type Match } from "../../banks/bank.ts";
import { exemptionOf, nearKindOf, outranksExemptions } from "../../banks/exemption.ts";
import { isOfLinks, isOfTerms } from "../../hashes/hash-type.ts";
import { shownMsOf } from "../../items/segments.ts";
import { offPlatformCategory } from "../../policy/categories.ts";
import type { Policy } from "../../policy/policy.ts";
import { strongerTier, type Tier } from "../../policy/verdict.ts";
import { type Bearing, type Finding, finding } from "../signal-kind.ts";

export const matchedReasonCodes = [
	"in-shadow",
	"entry-probable",
	"entry-disputed",
	"entry-in-quarantine",
	"beyond-tight-radius",
	"low-quality",
	"near-asks-people",
	"shown-briefly",
	"in-harmless-stills",
	"in-harmless-members",
	"link-asks-people",
	"prefix-only",
	"term-asks-people",
	"term-light",
	"names-a-place",
	"known-harmless",
	"too-weak-to-exempt",
	"exempts-its-stills",
	"exempts-its-member",
] as const;
type Code = (typeof matchedReasonCodes)[number];

export function findMatch(match: Match, policy: Policy): Finding {
	if (match.shadow) {
		const found = findMatch({ ...match, shadow: false }, policy);
		return finding({
			tier: "none",
			reasons: ["in-shadow"],
			inShadow: { on: { kind: "bank", key: match.bankId }, finding: found },
		});
	}
	return match.bankKind === "exempt" ? findExemption(match, policy) : findKnown(match, policy);
}

function findExemption(match: Match, policy: Policy): Finding {
	const { category } = match;
	const found = (reason: Code, bearing: Bearing) => finding({ tier: "none", category, reasons: [reason], bearing });
	const exemption = exemptionOf([match], policy);
	switch (exemption) {
		case "exempt":
			return found("known-harmless", "exempts");
		case "quarantined":
			return found("entry-in-quarantine", "doubts");
		case "none":
			return found(exemptsPart(match) ?? "too-weak-to-exempt", "none");
		default:
			return assertNever(exemption);
	}
}

/** What exempts a part of the item says nothing of the rest; null where it is of the whole. */
function exemptsPart({ within, shown }: Match): Code | null {
	if (within !== undefined) return "exempts-its-member";
	return shown === undefined ? null : "exempts-its-stills";
}

/** An entry in quarantine asks people, always. */
function findKnown(match: Match, policy: Policy): Finding {
	const { tier, reasons, limits = {} } = weightOf(match, policy);
	const isHeldBack = tier !== "none" && match.isQuarantined;
	return finding({
		tier: isHeldBack && strongerTier(tier, "K3") === tier ? "K3" : tier,
		category: match.category,
		reasons: isHeldBack ? [...reasons, "entry-in-quarantine" satisfies Code] : reasons,
		limits,
		bearing: outranksExemptions(match) ? "stands" : "none",
	});
}

interface Weight {
	readonly tier: Tier;
	readonly reasons: readonly Code[];
	readonly limits?: Finding["limits"];
}

function weightOf(match: Match, policy: Policy): Weight {
	if (match.within?.length === 0) return { tier: "none", reasons: ["in-harmless-members"] };
	if (namesPlaceElsewhere(match)) return { tier: "none", reasons: ["names-a-place"] };
	if (isOfLinks(match.hashType)) return findLink(match);
	if (isOfTerms(match.hashType)) return findTerm(match);
	return isSameContent(match) ? findExact(match) : findNear(match, policy);
}

/** A link or a term of a list of places off the platform: what is said there is nobody's worry by itself. */
export function namesPlaceElsewhere({ hashType, category, bankKind, shadow }: Match): boolean {
	const isWithin = isOfLinks(hashType) || isOfTerms(hashType);
	return isWithin && category === offPlatformCategory && bankKind === "known" && !shadow;
}

/** Many link to one place, for many reasons: it is worth a look, never more. */
function findLink(match: Match): Weight {
	const isOnlyPrefix = match.hashType === "link-prefix" && match.isWholeHash !== true;
	const onlyPrefix: readonly Code[] = isOnlyPrefix ? ["prefix-only"] : [];
	return { tier: "T", reasons: ["link-asks-people", ...onlyPrefix, ...doubtsOf(match)] };
}

/** Where a list does not say, of 0 to 5; what a term weighs less where the text has no marks, which may be another word; and what is light. */
const usualWeight = 3;
const lessWithoutMarks = 2;
const leastWeight = 2;

/** Words alone are worth a look at most; what is light by itself is recorded, for rules. */
function findTerm(match: Match): Weight {
	const weight = (match.severity ?? usualWeight) - (match.transform === "withoutMarks" ? lessWithoutMarks : 0);
	if (weight < leastWeight) return { tier: "none", reasons: ["term-light"] };
	return { tier: "T", reasons: ["term-asks-people", ...doubtsOf(match)] };
}

function findExact(match: Match): Weight {
	const reasons = doubtsOf(match);
	return { tier: reasons.length === 0 ? "K1" : "K3", reasons };
}

function findNear(match: Match, policy: Policy): Weight {
	const kind = nearKindOf(match);
	const { minimumQuality } = policy;
	const isTight = match.distanceBits <= match.tightRadiusBits;
	const isPoor =
		kind !== "text" && ((match.queryQuality ?? 0) < minimumQuality || (match.entryQuality ?? 100) < minimumQuality);
	const distant: readonly Code[] = isTight ? [] : ["beyond-tight-radius"];
	const limits = { ...(kind === "text" ? {} : { minimumQuality }), ...briefLimit(match, policy) };
	// A picture with little structure is near to many others: only its closest resemblance is worth a person's look.
	if (isPoor)
		return { tier: isTight ? "K3" : "none", reasons: ["low-quality", ...distant, ...doubtsOf(match)], limits };
	const reasons = [...distant, ...doubtsOf(match)];
	if (reasons.length > 0) return { tier: "K3", reasons, limits };
	const tier = policy.nearTiers[kind];
	if (tier === "K3") return { tier, reasons: ["near-asks-people"], limits };
	return findShown(match, policy) ?? { tier, reasons: [], limits };
}

/** An animation begins anew when it is over, and has been looked at for so long when people go on. */
const watchedMs = 10_000;

/** A known picture in a video says as much as one by itself only where it is on show for long; null where it does. */
function findShown({ shown, turnMs = watchedMs }: Match, policy: Policy): Weight | null {
	if (shown === undefined) return null;
	if (shown.length === 0) return { tier: "none", reasons: ["in-harmless-stills"] };
	const turns = Math.max(1, watchedMs / turnMs);
	const isBrief = shownMsOf(shown) * turns < policy.shortestShownMs;
	return isBrief ? { tier: "K3", reasons: ["shown-briefly"], limits: briefLimit({ shown }, policy) } : null;
}

function briefLimit({ shown }: Pick<Match, "shown">, { shortestShownMs }: Policy): Finding["limits"] {
	return shown === undefined ? {} : { shortestShownMs };
}

function doubtsOf({ standing }: Match): readonly Code[] {
	return standing === "confirmed" ? [] : [`entry-${standing}`];
}

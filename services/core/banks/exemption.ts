// What known harmless pictures do to what else an item matches: the one rule, for the detector's verdicts and for look-ups of single
// hashes. Which tier a match that counts then reaches is policy's to say.
import { isOfSounds, isWithinTexts } from "../hashes/hash-type.ts";
import type { Policy } from "../policy/policy.ts";
import { isNearText, isReframing, isSameContent, type Match } from "./bank.ts";

/** How strong a near match may be, of each kind of resemblance. */
type NearTiers = Pick<Policy, "nearTiers">;

/**
 * `exempt`: the item is known to be harmless. `quarantined`: an entry under quarantine says so, which lets nothing pass unseen and lets
 * nothing be withheld either.
 */
export type Exemption = "none" | "quarantined" | "exempt";

export function exemptionOf(matches: readonly Match[], policy: NearTiers): Exemption {
	const exemptions = matches.filter((match) => exempts(match, policy));
	if (exemptions.length === 0) return "none";
	return exemptions.some(({ isQuarantined }) => !isQuarantined) ? "exempt" : "quarantined";
}

/**
 * What a match is good for beside the others. `counts`: as strong as it is; `asks-people`: no more than that, an exemption under
 * quarantine stands against it; `exempted`: nothing, an exemption wins; `exempts`: it is one; `too-weak`: it would be one, were it nearer
 * or surer; `shadow`: its bank changes nothing yet.
 */
export type MatchPart = "counts" | "asks-people" | "exempted" | "exempts" | "too-weak" | "shadow";

export function partOf(match: Match, exemption: Exemption, policy: NearTiers): MatchPart {
	if (match.shadow) return "shadow";
	if (match.bankKind === "exempt") return exempts(match, policy) ? "exempts" : "too-weak";
	if (exemption === "none" || outranksExemptions(match)) return "counts";
	return exemption === "exempt" ? "exempted" : "asks-people";
}

/** An exact hash of a trusted bank, and sure: the one thing that no exemption overrules. */
export function outranksExemptions(match: Match): boolean {
	return match.bankKind === "known" && match.trusted && isSameContent(match) && match.standing === "confirmed";
}

/**
 * Exemptions are themselves near-matches of known harmless pictures; a shadow one changes nothing. What is too weak to have anything
 * withheld is too weak to let anything pass, and so is a link or a term: whoever adds a harmless one changes nothing of the rest. A still
 * of a video, a frame of an animation, a page and a member of a container are a part of it, and say nothing of the others.
 */
function exempts(match: Match, policy: NearTiers): boolean {
	return (
		match.bankKind === "exempt" &&
		!match.shadow &&
		!isWithinTexts(match.hashType) &&
		match.standing === "confirmed" &&
		match.distanceBits <= match.tightRadiusBits &&
		match.shown === undefined &&
		match.within === undefined &&
		(isSameContent(match) || policy.nearTiers[nearKindOf(match)] === "K2")
	);
}

/** Which of the policy's strengths of near matches holds for this one. */
export function nearKindOf(match: Match): keyof Policy["nearTiers"] {
	if (isNearText(match)) return "text";
	if (isOfSounds(match.hashType)) return "sound";
	return isReframing(match.transform) ? "reframed" : "picture";
}

// Decides what becomes of an earlier item that entries of today match: its verdict is worked out as for an item that arrives, from what was
// said of it then and from what banks answer now. What people have let be is not hidden by a machine: it asks them again.

import type { Match } from "../banks/bank.ts";
import { nearestMatches } from "../banks/nearest-matches.ts";
import { type Asked, answerOf, type FoundEntry } from "../banks/who-answers.ts";
import type { Membership } from "../clusters/membership.ts";
import { declarationOf, type HashType } from "../hashes/hash-type.ts";
import type { EntryId, ItemId, PlatformId } from "../ids.ts";
import type { ItemKind, ItemState } from "../items/item.ts";
import type { ItemHash } from "../items/item-hashes.ts";
import { strongerTier, type Tier, type Verdict } from "../policy/verdict.ts";
import { copyOf, decidedAmong } from "../signals/decided/decided.ts";
import { matchesOf } from "../signals/matched/matched.ts";
import { spokenBy } from "../signals/rule/rule-signal.ts";
import type { Signal } from "../signals/signal.ts";
import type { Country } from "../wire/country.ts";
import type { LiveSegment, Surface } from "../wire/item-event.ts";
import type { SweptEffect } from "./sweep.ts";

/** An item as it is in the record, with all of its hashes. */
export interface PastItem {
	readonly id: ItemId;
	readonly kind: ItemKind;
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly authorId: string;
	/** The segment of a live stream that it is; null where it is none. */
	readonly live: LiveSegment | null;
	readonly country: Country | null;
	readonly state: ItemState;
	readonly version: number;
	readonly tier: Tier;
	readonly signals: readonly Signal[];
	readonly hashes: readonly ItemHash[];
	/** In which it is confirmed. */
	readonly cluster: Pick<Membership, "clusterId" | "distanceBits" | "type"> | null;
	/** What it links to, as core/outbreaks/post-links.ts has it. */
	readonly links: readonly string[];
	/** The cluster key of the undecided case that it is in. */
	readonly openCluster: string | null;
	/** Whether people have decided a case that it is in. */
	readonly isDecided: boolean;
	/** What detectors say of it now, where they were asked once more and something of it is held. */
	readonly again?: readonly Signal[] | null;
}

/** The widest radius that any bank may have. */
const widestRadiusBits = 31;

/** How far a hash of the type may be from an entry that answers, in any bank. */
export function reachOf(type: HashType): number {
	if (declarationOf(type).comparison === "exact") return 0;
	return declarationOf(type).radii?.wideRadiusBits ?? widestRadiusBits;
}

/** What answers for the item now: of the entries in reach of each of its hashes those that answer, by the one rule. */
export function answersFor(found: readonly (ItemHash & { readonly found: readonly FoundEntry[] })[], asked: Asked) {
	const matches = found.flatMap(({ found, quality: queryQuality }) =>
		found.flatMap((one) => answerOf({ ...one, transform: "none", queryQuality }, asked) ?? []),
	);
	return nearestMatches(matches);
}

/** The signals of then that still say something: all but those of the banks, of people and of the rule, who are asked anew for the item as it came. */
export function signalsKept(
	{ signals }: Pick<PastItem, "signals">,
	now: readonly Match[],
	rule: string | null = null,
): readonly Signal[] {
	const answered = new Set(now.map(({ entryId }) => entryId));
	return signals.filter((signal) => {
		if (rule !== null && spokenBy(signal)?.rule === rule) return false;
		if (signal.kind === "clear" || signal.kind === "decided") return false;
		const [match] = matchesOf([signal]);
		// Other framings of a picture were looked up, and are not kept: what they matched stays as it was.
		return match === undefined || (match.transform !== "none" && !answered.has(match.entryId));
	});
}

/** Whatever it is judged by, an earlier item's verdict changes nothing any more where the platform has it hidden or gone. */
export function isSettled({ state }: Pick<PastItem, "state">): boolean {
	return state !== "live" && state !== "restored";
}

/** With what detectors say now, of then only what they do not say: what rules made of it when it came. */
export function signalsAgain({ signals }: Pick<PastItem, "signals">, again: readonly Signal[]): readonly Signal[] {
	return [...again, ...signals.filter(({ kind }) => kind === "rule")];
}

/** What a sweep is about. */
export interface News {
	readonly entries: ReadonlySet<EntryId>;
	/** The rule whose new revision it asks; null of other sweeps. */
	readonly rule: string | null;
}

/** `news`: null where somebody reported the item, and whatever it comes to now is asked. */
export function effectOf(item: PastItem, verdict: Verdict, news: News | null): SweptEffect {
	if (verdict.action === "none" || (news !== null && !isNews(item, verdict, news))) return "none";
	switch (item.state) {
		case "live":
		case "limited":
			if (verdict.action === "withhold" && !item.isDecided && restsOnNews(verdict, news)) return "withhold";
			return item.openCluster === null || isStronger(verdict.tier, item.tier) ? "review" : "none";
		case "restored":
			return item.openCluster === null ? "review" : "none";
		case "withheld":
		case "removed":
		case "gone":
			return "none";
	}
}

/** Entries that changed have it withheld, or what people decided since. */
function restsOnNews(verdict: Verdict, news: News | null): boolean {
	const copy = copyOf(verdict);
	return (
		(copy !== null && copy.rests !== "on-nothing") || verdict.withheldOn.some((id) => news?.entries.has(id) ?? true)
	);
}

/** People removed something like it since, something of what changed answers for it that did not then, or it comes to more than then. */
function isNews(item: PastItem, verdict: Verdict, { entries: changed, rule }: News): boolean {
	if (rule !== null && asksBy(verdict.signals, rule) && !asksBy(item.signals, rule)) return true;
	const copy = copyOf(verdict);
	if (copy !== null && decidedAmong(item.signals)?.caseId !== copy.caseId) return true;
	const then = new Set(matchesOf(item.signals).map(({ entryId }) => entryId));
	const named = matchesOf(verdict.signals).filter(({ entryId }) => changed.has(entryId));
	return named.some(({ entryId }) => !then.has(entryId)) || (named.length > 0 && isStronger(verdict.tier, item.tier));
}

/** Whether the rule holds, and has people asked for it; one that only raises what others found brings nothing to light. */
function asksBy(signals: readonly Signal[], rule: string): boolean {
	return signals.some((signal) => {
		const said = spokenBy(signal);
		return said?.rule === rule && said.outcome === "held" && (said.does.review === true || said.does.withhold === true);
	});
}

function isStronger(tier: Tier, than: Tier): boolean {
	return tier !== than && strongerTier(tier, than) === tier;
}

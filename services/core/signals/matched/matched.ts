// An entry of a bank within the bank's distance of the item.
import { z } from "zod";
import { isNearText, isSameContent, type Match, match } from "../../banks/bank.ts";
import { hasDistance, isOfSounds, isWithinTexts } from "../../hashes/hash-type.ts";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import type { Signal } from "../signal.ts";
import { signalFields } from "../signal.ts";
import type { NamedEntry, Resemblance, SignalKind, StoredSignal } from "../signal-kind.ts";
import { findMatch, matchedReasonCodes } from "./find-match.ts";

const schema = z.object({ ...signalFields("matched"), match }).readonly();
export type MatchedSignal = z.infer<typeof schema>;

export function matchedSignal(detector: string, version: string, match: Match): MatchedSignal {
	return { kind: "matched", detector, version, match };
}

/** The matches among signals, for who has to do with nothing else. */
export function matchesOf(signals: readonly Signal[]): readonly Match[] {
	return signals.flatMap((one) => (one.kind === "matched" ? [schema.parse(one).match] : []));
}

/** Version 1 knew neither quarantine nor the labels of an entry's sources. */
function addLabels({ match, ...stored }: StoredSignal): StoredSignal {
	return {
		match: { isQuarantined: false, categories: [], severity: null, ...z.looseObject({}).parse(match) },
		...stored,
	};
}

function entryOf({ match }: MatchedSignal): NamedEntry {
	const { entryId: id, bankId, bankName, bankKind, distanceBits, shadow, isQuarantined } = match;
	// What links to one place, or has one term, need not be one thing.
	const gathers = bankKind === "known" && !shadow && !isWithinTexts(match.hashType);
	return { id, bankId, bankName, distanceBits, isQuarantined, gathers, resemblance: resemblanceOf(match) };
}

function resemblanceOf(match: Match): Resemblance {
	if (isWithinTexts(match.hashType)) return "weak";
	if (isNearText(match)) return "wording";
	// Many have one song under what they show.
	if (isOfSounds(match.hashType)) return "weak";
	if (!hasDistance(match.hashType)) return "same";
	return match.distanceBits <= match.tightRadiusBits ? "picture" : "weak";
}

/** Banks on trial tell rules nothing: a rule is no way around a trial. */
const facts: SignalFacts<MatchedSignal> = {
	group: "known",
	declared: {
		count: { type: "int", evidence: "known", since: 1, says: "entries of banks of known content that it matches" },
		isSame: { type: "bool", evidence: "known", since: 1, says: "one of them has the same bytes or words" },
		isConfirmed: { type: "bool", evidence: "known", since: 1, says: "one of them is confirmed" },
		banks: { type: "list<string>", evidence: "known", since: 1, says: "names of their banks" },
		categories: { type: "list<string>", evidence: "known", since: 1, says: "categories of their banks" },
		isHarmless: {
			type: "bool",
			evidence: "place",
			since: 1,
			says: "it matches an entry of a bank of harmless content",
		},
	},
	read(signals) {
		const counted = signals.map(({ match }) => match).filter(({ shadow }) => !shadow);
		const known = counted.filter(({ bankKind }) => bankKind === "known");
		return {
			count: known.length,
			isSame: known.some(isSameContent),
			isConfirmed: known.some(({ standing }) => standing === "confirmed"),
			banks: listOf(known.map(({ bankName }) => bankName)),
			categories: listOf(known.map(({ category }) => category)),
			isHarmless: known.length < counted.length,
		};
	},
};

export const matched = {
	schema,
	upgrades: [addLabels],
	reasons: matchedReasonCodes,
	find: ({ match }, policy) => findMatch(match, policy),
	scopesOf: ({ match }) => [
		{ kind: "entry", key: match.entryId },
		{ kind: "bank", key: match.bankId },
	],
	entryOf,
	segmentsOf: ({ match }) => match.shown ?? [],
	withinOf: ({ match }) => match.within ?? [],
	failureOf: () => null,
	facts,
} satisfies SignalKind<MatchedSignal>;

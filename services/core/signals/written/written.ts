// What was said of words that a machine read in a picture, or that are typed in a document: what banks know of them, or a model makes of them,
// as of a post's. Those in pictures ask people and no more, since they may have been misread; and harmless words make nothing around them harmless.
import { z } from "zod";
import { memberPaths } from "../../items/members.ts";
import type { Policy } from "../../policy/policy.ts";
import { strongerTier } from "../../policy/verdict.ts";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import { type MatchedSignal, matched, matchesOf } from "../matched/matched.ts";
import { type ScoredSignal, scored } from "../scored/scored.ts";
import type { Signal } from "../signal.ts";
import { signalFields } from "../signal.ts";
import type { Finding, NamedEntry, SignalKind } from "../signal-kind.ts";

const schema = z
	.object({
		...signalFields("written"),
		says: z.union([matched.schema, scored.schema]),
		/** The members of a container that have the words. */
		within: memberPaths.optional(),
		/** They are letters of a document. Left out where a machine read them in a picture. */
		isTyped: z.literal(true).optional(),
	})
	.readonly();
export type WrittenSignal = z.infer<typeof schema>;

/** What reads the words of documents, and how. */
export const typedVersion = "typed-1";

export type WrittenPlace = Pick<WrittenSignal, "within" | "isTyped">;

/** A signal of the text channel, as one of the file in which the words are; `version` of what read them. */
export function writtenSignal(
	says: MatchedSignal | ScoredSignal,
	version: string,
	{ within, isTyped }: WrittenPlace = {},
): WrittenSignal {
	const place = { ...(within && { within }), ...(isTyped && { isTyped }) };
	return { kind: "written", detector: "words", version, says: withoutPlaces(says), ...place };
}

/** Where in the text it was is of no use without that: people are shown an excerpt (excerpts.ts). */
function withoutPlaces(says: MatchedSignal | ScoredSignal): WrittenSignal["says"] {
	if (says.kind !== "matched") return says;
	const { match: found, ...said } = says;
	const { places: _places, ...match } = found;
	return { match, ...said };
}

/** What banks said of the words in the pictures and documents of these signals. */
export function writtenMatches(signals: readonly Signal[]): ReturnType<typeof matchesOf> {
	return signals.flatMap((one) => (one.kind === "written" ? matchesOf([schema.parse(one).says]) : []));
}

export const readReasonCodes = ["read-by-machine", "words-exempt-nothing"] as const;

function find({ says, isTyped }: WrittenSignal, policy: Policy): Finding {
	const found = says.kind === "matched" ? matched.find(says, policy) : scored.find(says, policy);
	const { inShadow } = found;
	const lowered = (one: Finding) => withoutExemption(isTyped === true ? one : asRead(one));
	return lowered(
		inShadow === null ? found : { ...found, inShadow: { ...inShadow, finding: lowered(inShadow.finding) } },
	);
}

function asRead({ tier, reasons, bearing, ...found }: Finding): Finding {
	const isStrong = tier !== "none" && tier !== "K3" && strongerTier(tier, "K3") === tier;
	return {
		tier: isStrong ? "K3" : tier,
		reasons: isStrong ? [...reasons, "read-by-machine" satisfies (typeof readReasonCodes)[number]] : reasons,
		bearing: bearing === "stands" ? "none" : bearing,
		...found,
	};
}

function withoutExemption({ bearing, reasons, ...found }: Finding): Finding {
	if (bearing !== "exempts" && bearing !== "doubts") return { bearing, reasons, ...found };
	const code: (typeof readReasonCodes)[number] = "words-exempt-nothing";
	return { bearing: "none", reasons: [...reasons, code], ...found };
}

/** Pictures and documents with the same words need not be one thing. */
function entryOf({ says }: WrittenSignal): NamedEntry | null {
	const entry = says.kind === "matched" ? matched.entryOf(says) : null;
	return entry === null ? null : { ...entry, gathers: false, resemblance: "weak" };
}

const facts: SignalFacts<WrittenSignal> = {
	group: "written",
	declared: {
		count: {
			type: "int",
			evidence: "model",
			since: 4,
			says: "entries of banks that words in the picture or document match",
		},
		banks: { type: "list<string>", evidence: "model", since: 4, says: "names of their banks" },
		categories: { type: "list<string>", evidence: "model", since: 4, says: "categories of their banks" },
	},
	read(signals) {
		const matches = writtenMatches(signals).filter(({ shadow, bankKind }) => !shadow && bankKind === "known");
		return {
			count: matches.length,
			banks: listOf(matches.map(({ bankName }) => bankName)),
			categories: listOf(matches.map(({ category }) => category)),
		};
	},
};

export const written = {
	schema,
	upgrades: [],
	reasons: [...matched.reasons, ...scored.reasons, ...readReasonCodes],
	find,
	scopesOf: ({ says }) => (says.kind === "matched" ? matched.scopesOf(says) : scored.scopesOf(says)),
	entryOf,
	segmentsOf: () => [],
	withinOf: ({ within = [] }): readonly string[] => within,
	failureOf: () => null,
	facts,
} satisfies SignalKind<WrittenSignal>;

// What a detector did not look at: no law lets it on that surface of that platform, as the policy says, or it is in a language that the
// detector does not know. It is neither `clear`, for nobody looked, nor `unavailable`: no person looks in its place.
import { z } from "zod";
import { type ExaminingKind, examiningKind } from "../../policy/legal-basis.ts";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import { signalFields } from "../signal.ts";
import { finding, type SignalKind } from "../signal-kind.ts";

export const unexaminedReasonCodes = ["no-legal-basis", "other-language"] as const;
const unexaminedReason = z.enum(unexaminedReasonCodes);
type UnexaminedReason = z.infer<typeof unexaminedReason>;

/** `of`: the kind of signal that there would have been. */
const schema = z.object({ ...signalFields("unexamined"), of: examiningKind, reason: unexaminedReason }).readonly();
export type UnexaminedSignal = z.infer<typeof schema>;

export function unexaminedSignal(
	detector: string,
	of: ExaminingKind,
	reason: UnexaminedReason = "no-legal-basis",
): UnexaminedSignal {
	return { kind: "unexamined", detector, version: "1", of, reason };
}

/** What no law lets look at the item of these signals, each once. */
export function unexaminedIn(signals: readonly { readonly kind: string }[]): readonly ExaminingKind[] {
	const all = signals.flatMap((one) => (one.kind === "unexamined" ? [schema.parse(one)] : []));
	const found = all.flatMap(({ of, reason }) => (reason === "no-legal-basis" ? [of] : []));
	return [...new Set(found)].toSorted();
}

export function isUnexamined(signals: readonly { readonly kind: string }[], of: ExaminingKind): boolean {
	return unexaminedIn(signals).includes(of);
}

const facts: SignalFacts<UnexaminedSignal> = {
	group: "unexamined",
	declared: {
		detectors: {
			type: "list<string>",
			evidence: "place",
			since: 1,
			says: "detectors that did not look: no law lets them, or they do not know the language",
		},
	},
	read: (signals) => ({ detectors: listOf(signals.map(({ detector }) => detector)) }),
};

export const unexamined = {
	schema,
	upgrades: [],
	reasons: unexaminedReasonCodes,
	find: ({ reason }) => finding({ tier: "none", reasons: [reason] }),
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	failureOf: () => null,
	facts,
} satisfies SignalKind<UnexaminedSignal>;

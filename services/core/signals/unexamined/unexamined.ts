// What a detector may not look at: no law lets it on that surface of that platform, as the policy says. It is neither `clear`, for nobody
// looked, nor `unavailable`: no person looks in its place.
import { z } from "zod";
import { type ExaminingKind, examiningKind } from "../../policy/legal-basis.ts";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import { signalFields } from "../signal.ts";
import { finding, type SignalKind } from "../signal-kind.ts";

const unexaminedReason = z.enum(["no-legal-basis"]);

/** `of`: the kind of signal that there would have been. */
const schema = z.object({ ...signalFields("unexamined"), of: examiningKind, reason: unexaminedReason }).readonly();
export type UnexaminedSignal = z.infer<typeof schema>;

export function unexaminedSignal(detector: string, of: ExaminingKind): UnexaminedSignal {
	return { kind: "unexamined", detector, version: "1", of, reason: "no-legal-basis" };
}

/** What may not look at the item of these signals, each once. */
export function unexaminedIn(signals: readonly { readonly kind: string }[]): readonly ExaminingKind[] {
	const found = signals.flatMap((one) => (one.kind === "unexamined" ? [schema.parse(one).of] : []));
	return [...new Set(found)].toSorted();
}

export function isUnexamined(signals: readonly { readonly kind: string }[], of: ExaminingKind): boolean {
	return unexaminedIn(signals).includes(of);
}

const facts: SignalFacts<UnexaminedSignal> = {
	group: "unexamined",
	declared: {
		detectors: { type: "list<string>", evidence: "place", since: 1, says: "detectors that no law lets look" },
	},
	read: (signals) => ({ detectors: listOf(signals.map(({ detector }) => detector)) }),
};

export const unexaminedReasonCodes = ["no-legal-basis"] as const;

export const unexamined = {
	schema,
	upgrades: [],
	reasons: unexaminedReasonCodes,
	find: () => finding({ tier: "none", reasons: ["no-legal-basis"] }),
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	failureOf: () => null,
	facts,
} satisfies SignalKind<UnexaminedSignal>;

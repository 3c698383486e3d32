// What could not be computed. It is never the same as `clear`: the item goes to people.
import { z } from "zod";
import { memberPaths } from "../../items/members.ts";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import { signalFields } from "../signal.ts";
import { finding, type SignalKind } from "../signal-kind.ts";
import { type UnavailableReason, unavailableReason } from "./reasons.ts";

const schema = z
	.object({
		...signalFields("unavailable"),
		reason: unavailableReason,
		/** The members of a container of which it is said; the first few. Left out of the item itself. */
		within: memberPaths.optional(),
	})
	.readonly();
export type UnavailableSignal = z.infer<typeof schema>;

export function unavailableSignal(
	detector: string,
	version: string,
	reason: UnavailableReason,
	within?: readonly string[],
): UnavailableSignal {
	return { kind: "unavailable", detector, version, reason, ...(within && { within }) };
}

const facts: SignalFacts<UnavailableSignal> = {
	group: "unavailable",
	declared: {
		detectors: { type: "list<string>", evidence: "place", since: 1, says: "detectors that could not look" },
		reasons: { type: "list<string>", evidence: "place", since: 1, says: "codes of why, such as undecodable" },
	},
	read: (signals) => ({
		detectors: listOf(signals.map(({ detector }) => detector)),
		reasons: listOf(signals.map(({ reason }) => reason)),
	}),
};

export const unavailableReasonCodes = ["not-computed"] as const;

export const unavailable = {
	schema,
	upgrades: [],
	reasons: unavailableReasonCodes,
	find: () => finding({ tier: "none", reasons: ["not-computed"] }),
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	withinOf: ({ within = [] }): readonly string[] => within,
	failureOf: ({ reason }) => reason,
	facts,
} satisfies SignalKind<UnavailableSignal>;

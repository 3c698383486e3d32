// A detector that looked and found nothing.
import { z } from "zod";
import { listOf, type SignalFacts } from "../../rules/fact.ts";
import { signalFields } from "../signal.ts";
import { finding, type SignalKind } from "../signal-kind.ts";

const schema = z.object(signalFields("clear")).readonly();
export type ClearSignal = z.infer<typeof schema>;

export function clearSignal(detector: string, version: string): ClearSignal {
	return { kind: "clear", detector, version };
}

const facts: SignalFacts<ClearSignal> = {
	group: "clear",
	declared: {
		detectors: { type: "list<string>", evidence: "place", since: 1, says: "detectors that looked and found nothing" },
	},
	read: (signals) => ({ detectors: listOf(signals.map(({ detector }) => detector)) }),
};

export const clearReasonCodes = ["found-nothing"] as const;

export const clear = {
	schema,
	upgrades: [],
	reasons: clearReasonCodes,
	find: () => finding({ tier: "none", reasons: ["found-nothing"] }),
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	failureOf: () => null,
	facts,
} satisfies SignalKind<ClearSignal>;

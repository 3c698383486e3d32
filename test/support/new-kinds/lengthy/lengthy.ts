// A kind of signal made up for a test: how many words a text has. Long ones ask people. All that it needs lies in this folder.
import { z } from "zod";
import type { SignalFacts } from "../../../../services/core/rules/fact.ts";
import { signalFields } from "../../../../services/core/signals/signal.ts";
import { finding, type SignalKind, type StoredSignal } from "../../../../services/core/signals/signal-kind.ts";

const longFromWords = 12;

const schema = z.object({ ...signalFields("lengthy"), words: z.int() }).readonly();
export type LengthySignal = z.infer<typeof schema>;

export function lengthySignal(text: string): LengthySignal {
	return { kind: "lengthy", detector: "words", version: "1", words: text.split(/\s+/).length };
}

const facts: SignalFacts<LengthySignal> = {
	group: "lengthy",
	declared: { words: { type: "int", evidence: "content", since: 1, says: "words of the text" } },
	read: (signals) => ({ words: Math.max(0, ...signals.map(({ words }) => words)) }),
};

export const lengthy = {
	schema,
	/** Version 1 called them `count`. */
	upgrades: [({ count, ...stored }: StoredSignal) => ({ ...stored, words: count })],
	reasons: ["short"],
	find({ words }) {
		const limits = { words: longFromWords };
		return words < longFromWords
			? finding({ tier: "none", reasons: ["short"], limits })
			: finding({ tier: "T", category: "long-windedness", limits });
	},
	scopesOf: () => [],
	entryOf: () => null,
	segmentsOf: () => [],
	failureOf: () => null,
	facts,
} satisfies SignalKind<LengthySignal>;

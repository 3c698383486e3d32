// Asks the record whether people have answered what rules ask about an account (core/rules/answered.ts), at the moment that they ask it: what was decided a moment ago counts, and
// what was taken back does not. Most items are asked about by no such rule, and cost nothing here.
import { keyOfAuthor } from "../core/cases/cluster-key.ts";
import type { PlatformId } from "../core/ids.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import { type LetBe, mayBeAnswered, withAnswer } from "../core/rules/answered.ts";
import { asRuleSignal } from "../core/signals/rule/rule-signal.ts";
import type { Signal } from "../core/signals/signal.ts";
import { createMicroBatch } from "../runtime/micro-batch.ts";

interface AskedOf {
	readonly platformId: PlatformId;
	readonly authorId: string;
	/** As the policy has it; 0: no answer is heard. */
	readonly days: number;
	readonly arrivedAtMs: number;
}

export type HearAnswers = (said: readonly Signal[], of: AskedOf) => Promise<readonly Signal[]>;

export function createHearAnswers(cases: Pick<CaseStore, "letBeOf">): HearAnswers {
	const letBeOf = createMicroBatch<string, readonly LetBe[]>({
		maxSize: 200,
		maxWaitMs: 5,
		concurrency: 2,
		run: async (keys) => {
			const found = await cases.letBeOf(keys);
			return keys.map((key) => found.get(key) ?? []);
		},
	});
	return async (said, { platformId, authorId, ...when }) => {
		const rules = said.map(asRuleSignal);
		if (when.days === 0 || !rules.some((one) => one !== null && mayBeAnswered(one))) return said;
		const letBe = await letBeOf(keyOfAuthor(platformId, authorId));
		return said.map((signal, at) => {
			const rule = rules[at] ?? null;
			return rule === null ? signal : withAnswer(rule, letBe, when);
		});
	};
}

// Asks what another policy would have made of verdicts of the past, page by page.

import { addAnswers, answersUnder, type PastVerdict } from "../core/policy/past-question.ts";
import { createPolicies } from "../core/policy/policy.ts";
import type { PolicySet } from "../core/policy/policy-set.ts";
import type { BacktestStore } from "../core/ports/backtest-store.ts";
import type { PolicyQuestion, QuestionStore } from "../core/ports/question-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import { decisionsOf } from "./backtest-rule.ts";
import { throughPages } from "./through-pages.ts";

export interface AskPolicyDeps {
	readonly questions: Pick<QuestionStore, "page" | "note" | "end">;
	readonly backtests: Pick<BacktestStore, "decisions">;
	readonly signalCatalogue: SignalCatalogue;
	/** Verdicts read and judged at once; tests take few. */
	readonly pageSize?: number;
}

interface Asked {
	readonly set: PolicySet;
	/** It ends after the page at hand. */
	readonly signal: AbortSignal;
	readonly onPage: (examined: number) => void;
}

const usualPage = 2_000;

/** Answers it as it then is: `running` where it was told to stop. Rejects where somebody else works on it. */
export function askPolicy(deps: AskPolicyDeps, begun: PolicyQuestion, asked: Asked): Promise<PolicyQuestion> {
	const { questions, backtests, signalCatalogue, pageSize = usualPage } = deps;
	// Verdicts made here are counted and thrown away: which revision they name is no matter.
	const policies = createPolicies(asked.set, 1);
	return throughPages<PastVerdict, PolicyQuestion>(begun, {
		page: (after) => questions.page(begun, after, pageSize),
		async work(at, page) {
			const answers = answersUnder(policies, page, signalCatalogue);
			const moved = answers.flatMap(({ past, to }) => (past.action === to ? [] : past));
			return { ...at, tally: addAnswers(at.tally, answers, await decisionsOf(backtests, moved)) };
		},
		async note(before, after) {
			const isNoted = await questions.note(before, after);
			if (isNoted) asked.onPage(after.tally.examined);
			return isNoted;
		},
		end: ({ id }) => questions.end(id),
		signal: asked.signal,
	});
}

import { caseId, uuidv7 } from "../../services/core/ids.ts";
import { type RuleSignal, ruleSignal } from "../../services/core/signals/rule/rule-signal.ts";

/** What a live rule says of an item whose account people let be. */
export function answeredSignal(rule: string, revision: number): RuleSignal {
	const now = Date.now();
	const [at, until] = [now - 60_000, now + 60_000].map((ms) => new Date(ms).toISOString());
	return ruleSignal({
		...{ rule, revision, stage: "live", outcome: "held", category: null, does: { review: true }, known: null },
		...{ isOnModelAlone: false, isOfAuthor: true, tallies: {} },
		answered: { caseId: caseId.parse(uuidv7(now)), at: at ?? "", until: until ?? "" },
	});
}

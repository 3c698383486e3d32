// What the console asks of rules.
import type { RuleBody } from "../../core/rules/rule.ts";
import {
	type AdvanceRuleRequest,
	type BacktestAnswer,
	type BeginBacktestRequest,
	backtestAnswer,
	type CheckRuleAnswer,
	checkRuleAnswer,
	type DraftRuleAnswer,
	type DraftRuleRequest,
	draftRuleAnswer,
	type LiftMeasuresAnswer,
	liftMeasuresAnswer,
	type RuleAnswer,
	type RuleFactsAnswer,
	type RulesAnswer,
	ruleAnswer,
	ruleFactsAnswer,
	rulesAnswer,
	type SnoozeRuleRequest,
	type WireBacktest,
	type WireRule,
	type WireSnooze,
	wireBacktest,
	wireRule,
	wireSnooze,
} from "../../core/wire/rules-api.ts";
import type { Requests } from "./requests.ts";

export interface RuleCalls {
	rules(): Promise<RulesAnswer>;
	rule(name: string): Promise<RuleAnswer>;
	ruleFacts(): Promise<RuleFactsAnswer>;
	checkRule(body: RuleBody): Promise<CheckRuleAnswer>;
	draftRule(request: DraftRuleRequest): Promise<DraftRuleAnswer>;
	ruleBacktest(name: string): Promise<BacktestAnswer>;
	beginBacktest(name: string, request: BeginBacktestRequest): Promise<WireBacktest>;
	advanceRule(name: string, request: AdvanceRuleRequest): Promise<WireRule>;
	approveRule(name: string, why: string): Promise<WireRule>;
	takeRuleBack(name: string, why: string): Promise<WireRule>;
	liftMeasures(name: string, why: string): Promise<LiftMeasuresAnswer>;
	snoozeRule(name: string, request: SnoozeRuleRequest): Promise<WireSnooze>;
	endSnooze(id: string, why: string): Promise<WireSnooze>;
}

export function ruleCalls({ json }: Pick<Requests, "json">): RuleCalls {
	const of = (name: string, act = "") => `/api/rules/${encodeURIComponent(name)}${act}`;
	return {
		rules: () => json("GET", "/api/rules", rulesAnswer),
		rule: (name) => json("GET", of(name), ruleAnswer),
		ruleFacts: () => json("GET", "/api/rule-facts", ruleFactsAnswer),
		checkRule: (body) => json("POST", "/api/rule-checks", checkRuleAnswer, { body: { body } }),
		draftRule: (request) => json("POST", "/api/rules", draftRuleAnswer, { body: request }),
		ruleBacktest: (name) => json("GET", of(name, "/backtest"), backtestAnswer),
		beginBacktest: (name, request) => json("POST", of(name, "/backtests"), wireBacktest, { body: request }),
		advanceRule: (name, request) => json("POST", of(name, "/advance"), wireRule, { body: request }),
		approveRule: (name, why) => json("POST", of(name, "/approve"), wireRule, { body: { why } }),
		takeRuleBack: (name, why) => json("POST", of(name, "/back"), wireRule, { body: { why } }),
		liftMeasures: (name, why) => json("POST", of(name, "/lift"), liftMeasuresAnswer, { body: { why } }),
		snoozeRule: (name, request) => json("POST", of(name, "/snoozes"), wireSnooze, { body: request }),
		endSnooze: (id, why) => json("POST", `/api/rule-snoozes/${id}/end`, wireSnooze, { body: { why } }),
	};
}

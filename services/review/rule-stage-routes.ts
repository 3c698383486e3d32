// A rule's way to being asked for real, and back: backtests, stages, the second person.
import { BreakwaterError } from "../core/errors.ts";
import type { BacktestStore } from "../core/ports/backtest-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { FactStore } from "../core/ports/fact-store.ts";
import type { MeasureStore } from "../core/ports/measure-store.ts";
import type { RuleRevision, RuleStore } from "../core/ports/rule-store.ts";
import type { CompiledRule, RuleCompiler } from "../core/rules/compile-rule.ts";
import { shadowDays } from "../core/rules/life.ts";
import {
	advanceRuleRequest,
	approveRuleRequest,
	backRuleRequest,
	backtestAnswer,
	beginBacktestRequest,
	liftMeasuresAnswer,
	liftMeasuresRequest,
	ruleParams,
	wireBacktest,
	wireRule,
} from "../core/wire/rules-api.ts";
import { beginBacktest } from "../parts/begin-backtest.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { requireRevisions } from "./rule-routes.ts";
import type { BacktestRuns } from "./run-backtests.ts";
import { showBacktest, showRule } from "./show-rule.ts";

export interface RuleStageRouteDeps {
	readonly guard: Guard;
	readonly rules: RuleStore;
	readonly facts: Pick<FactStore, "count">;
	readonly backtests: BacktestStore;
	readonly measures: Pick<MeasureStore, "lift">;
	readonly ruleCompiler: RuleCompiler;
	readonly clock: Clock;
}

interface Deps extends RuleStageRouteDeps {
	readonly runs: BacktestRuns;
}

const tags = ["rules"];
const dayMs = 86_400_000;

export function registerRuleStageRoutes(server: HttpServer, deps: Deps): void {
	addBacktests(server, deps);
	addAdvance(server, deps);
	addDeciding(server, deps);
}

function compiledOf(ruleCompiler: RuleCompiler, { body }: RuleRevision): CompiledRule {
	const compiled = ruleCompiler.compile(body);
	if (compiled.kind === "compiled") return compiled.rule;
	throw new BreakwaterError("not-decidable", { reasons: [{ code: "rule-unreadable" }] });
}

async function requireRevision(
	rules: Pick<RuleStore, "revisions">,
	name: string,
	revision: number,
): Promise<RuleRevision> {
	const found = (await requireRevisions(rules, name)).find((one) => one.revision === revision);
	if (found !== undefined) return found;
	throw new BreakwaterError("not-found", { reasons: [{ code: "no-such-revision", revision }] });
}

function addBacktests(server: HttpServer, deps: Deps): void {
	const { guard, rules, facts, backtests, ruleCompiler, clock, runs } = deps;
	server.route({
		method: "POST",
		url: "/api/rules/:name/backtests",
		schema: {
			tags,
			summary: "Hold a rule against what past verdicts recorded; it goes on by itself, and is read as it is so far",
			params: ruleParams,
			body: beginBacktestRequest,
			response: { 202: wireBacktest, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request, reply) => {
			const { name } = request.params;
			const { revision, from } = request.body;
			const nowMs = clock.now();
			const to = new Date(nowMs);
			const range = from === undefined ? null : { from: new Date(from), to };
			if (range !== null && range.from >= to)
				throw new BreakwaterError("rule-broken", {
					reasons: [{ code: "field-refused", field: "from", rule: "lies-ahead" }],
				});
			const rule = compiledOf(ruleCompiler, await requireRevision(rules, name, revision));
			const startedBy = guard.sessionOf(request).user.login;
			const asked = { name, revision, range, startedBy, nowMs };
			const begun = await beginBacktest(backtests, asked, await rules.asked());
			runs.run(begun, rule);
			return reply.status(202).send(showBacktest(begun.backtest, [], await facts.count(begun.backtest.range)));
		},
	});
	server.route({
		method: "GET",
		url: "/api/rules/:name/backtest",
		schema: {
			tags,
			summary: "What the newest backtest of a rule came to, or has come to so far",
			params: ruleParams,
			response: { 200: backtestAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { name } = request.params;
			await requireRevisions(rules, name);
			const [newest] = await backtests.list(name, 1);
			if (newest === undefined) return { backtest: null };
			const isRunning = newest.state === "running";
			const [cases, total] = await Promise.all([
				backtests.cases(newest.tally.cases),
				isRunning ? facts.count(newest.range) : null,
			]);
			return { backtest: showBacktest(newest, cases, total) };
		},
	});
}

function addAdvance(server: HttpServer, { guard, rules, ruleCompiler, clock }: Deps): void {
	server.route({
		method: "POST",
		url: "/api/rules/:name/advance",
		schema: {
			tags,
			summary: "Take a rule on to its next stage; canary, a larger share of it, and live wait for another person",
			params: ruleParams,
			body: advanceRuleRequest,
			response: { 200: wireRule, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { name } = request.params;
			const { revision, to, share, days = shadowDays, why } = request.body;
			const { id: by, login } = guard.sessionOf(request).user;
			// Written under an older version, it may read what there is no more.
			compiledOf(ruleCompiler, await requireRevision(rules, name, revision));
			const endsAt = to === "shadow" ? new Date(clock.now() + days * dayMs) : null;
			return showRule(await rules.advance({ name, revision, to, share, endsAt, by, why }), login);
		},
	});
}

function addDeciding(server: HttpServer, { guard, rules, measures }: Deps): void {
	server.route({
		method: "POST",
		url: "/api/rules/:name/approve",
		schema: {
			tags,
			summary: "Agree to the stage that another person asked for; every detector follows within a second",
			params: ruleParams,
			body: approveRuleRequest,
			response: { 200: wireRule, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { id: by, login } = guard.sessionOf(request).user;
			return showRule(await rules.approve(request.params.name, by, request.body.why), login);
		},
	});
	server.route({
		method: "POST",
		url: "/api/rules/:name/back",
		schema: {
			tags,
			summary: "Take a rule one step back, alone and at once: to what was live before, to shadow, or out of it",
			params: ruleParams,
			body: backRuleRequest,
			response: { 200: wireRule, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { id: userId, login } = guard.sessionOf(request).user;
			const { name } = request.params;
			return showRule(await rules.back(name, { kind: "person", userId }, request.body.why), login);
		},
	});
	server.route({
		method: "POST",
		url: "/api/rules/:name/lift",
		schema: {
			tags,
			summary: "Lift all that machines did on a rule's word, short of hiding, and that nobody has decided about",
			description:
				"Neither the kill switch nor a step back does that: what a rule caused stays until its case is decided.",
			params: ruleParams,
			body: liftMeasuresRequest,
			response: { 200: liftMeasuresAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request) => {
			const { id: by } = guard.sessionOf(request).user;
			return { lifted: await measures.lift(request.params.name, { by, why: request.body.why }) };
		},
	});
}

// Rules of operators: reading, checking and writing them. The stages of their lives are in rule-stage-routes.ts, and the kill switch is a
// breaker (breaker-routes.ts).
import { BreakwaterError } from "../core/errors.ts";
import type { BreakerStore } from "../core/ports/breaker-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { MeasureStore } from "../core/ports/measure-store.ts";
import type { RuleRevision, RuleStore } from "../core/ports/rule-store.ts";
import type { SnoozeStore } from "../core/ports/snooze-store.ts";
import type { RuleCompiler } from "../core/rules/compile-rule.ts";
import { allowedCalls } from "../core/rules/rule-cost.ts";
import { mostSnoozes } from "../core/rules/snooze.ts";
import { spellings } from "../core/rules/spell-counts.ts";
import {
	checkRuleAnswer,
	checkRuleRequest,
	draftRuleAnswer,
	draftRuleRequest,
	ruleAnswer,
	ruleFactsAnswer,
	ruleParams,
	rulesAnswer,
} from "../core/wire/rules-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showChecked, showRule, showSnooze } from "./show-rule.ts";

export interface RuleRouteDeps {
	readonly guard: Guard;
	readonly rules: RuleStore;
	readonly breakers: Pick<BreakerStore, "listOpen">;
	readonly ruleCompiler: RuleCompiler;
	readonly snoozes: SnoozeStore;
	readonly measures: Pick<MeasureStore, "inForce">;
	readonly clock: Clock;
}

const tags = ["rules"];

export function registerRuleRoutes(server: HttpServer, deps: RuleRouteDeps): void {
	addReading(server, deps);
	addWriting(server, deps);
}

/** The rule's revisions, newest first. */
export async function requireRevisions(
	rules: Pick<RuleStore, "revisions">,
	name: string,
): Promise<readonly RuleRevision[]> {
	const found = await rules.revisions(name);
	if (found.length === 0) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "rule" }] });
	return found;
}

/** So many of one rule that those that last are never left out. */
const snoozesShown = mostSnoozes + 50;

function addReading(server: HttpServer, deps: RuleRouteDeps): void {
	const { guard, rules, breakers, ruleCompiler, snoozes, measures, clock } = deps;
	const stoppedRules = async () => (await breakers.listOpen()).flatMap(({ kind, key }) => (kind === "rule" ? key : []));
	server.route({
		method: "GET",
		url: "/api/rules",
		schema: {
			tags,
			summary: "The rules, and in which stage of its life each is",
			response: { 200: rulesAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			const [all, stopped] = await Promise.all([rules.list(), stoppedRules()]);
			return { rules: all.map((one) => showRule(one, login)), stopped };
		},
	});
	server.route({
		method: "GET",
		url: "/api/rules/:name",
		schema: {
			tags,
			summary: "One rule with all its revisions, and what it would have changed in shadow",
			params: ruleParams,
			response: { 200: ruleAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => {
			const { name } = request.params;
			const { login } = guard.sessionOf(request).user;
			const [revisions, stopped, shadow, answered, snoozed, inForce] = await Promise.all([
				requireRevisions(rules, name),
				stoppedRules(),
				rules.shadowDays(name),
				rules.answered(name),
				snoozes.list({ rule: name, limit: snoozesShown }),
				measures.inForce(name),
			]);
			return {
				revisions: revisions.map((one) => showRule(one, login)),
				isStopped: stopped.includes(name),
				inForce,
				answered: answered.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })),
				snoozes: snoozed.map((one) => showSnooze(one, clock.now())),
				shadow: [...shadow],
			};
		},
	});
	server.route({
		method: "GET",
		url: "/api/rule-facts",
		schema: {
			tags,
			summary: "What a rule may read of an item, and what it may call",
			response: { 200: ruleFactsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async () => ({
			facts: Object.entries(ruleCompiler.facts.groups).flatMap(([group, declared]) =>
				Object.entries(declared).map(([name, { type, evidence, says }]) => {
					const spelling = spellings.get(`${group}.${name}`);
					return { name: `${group}.${name}`, type, evidence, says, ...(spelling === undefined ? {} : { spelling }) };
				}),
			),
			calls: [...allowedCalls],
		}),
	});
}

function addWriting(server: HttpServer, { guard, rules, ruleCompiler }: RuleRouteDeps): void {
	server.route({
		method: "POST",
		url: "/api/rule-checks",
		schema: {
			tags,
			summary: "What is wrong with a rule, at its line and column, and what it may cost; nothing is kept",
			body: checkRuleRequest,
			response: { 200: checkRuleAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:read"),
		handler: async (request) => showChecked(ruleCompiler.compile(request.body.body)),
	});
	server.route({
		method: "POST",
		url: "/api/rules",
		schema: {
			tags,
			summary: "Keep a rule, or a new revision of one; detectors do not ask it yet",
			description: "One that is wrong is kept as a draft, with what is wrong with it in the answer.",
			body: draftRuleRequest,
			response: { 201: draftRuleAnswer, ...problemResponses },
		},
		onRequest: guard.needs("policy:decide"),
		handler: async (request, reply) => {
			const { id: userId, login } = guard.sessionOf(request).user;
			const { body, why } = request.body;
			const compiled = ruleCompiler.compile(body);
			const isChecked = compiled.kind === "compiled";
			const made = await rules.draft(body, { isChecked, by: { kind: "person", userId }, why });
			return reply.status(201).send({ rule: showRule(made, login), ...showChecked(compiled) });
		},
	});
}

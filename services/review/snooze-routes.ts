// A rule is not heard about an account, or a cluster, until a date; by one person, and ended by one: it does less meanwhile.
import { BreakwaterError } from "../core/errors.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { SnoozeStore } from "../core/ports/snooze-store.ts";
import type { Snoozed } from "../core/rules/snooze.ts";
import {
	endSnoozeRequest,
	ruleParams,
	type SnoozeRuleRequest,
	snoozeParams,
	snoozeRuleRequest,
	wireSnooze,
} from "../core/wire/rules-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showSnooze } from "./show-rule.ts";

interface SnoozeRouteDeps {
	readonly guard: Guard;
	readonly snoozes: SnoozeStore;
	readonly platforms: Pick<PlatformStore, "list">;
	readonly clock: Clock;
}

const tags = ["rules"];

export function registerSnoozeRoutes(server: HttpServer, { guard, snoozes, platforms, clock }: SnoozeRouteDeps): void {
	const onRequest = guard.needs("policy:decide");
	server.route({
		method: "POST",
		url: "/api/rules/:name/snoozes",
		schema: {
			tags,
			summary: "Hear nothing of a rule about an account or a cluster until a date; what it would have said is recorded",
			description: "One that lasts for the same is ended by it. It ends by itself, at the latest after a year.",
			params: ruleParams,
			body: snoozeRuleRequest,
			response: { 201: wireSnooze, ...problemResponses },
		},
		onRequest,
		handler: async (request, reply) => {
			const { id: userId } = guard.sessionOf(request).user;
			const { until, why } = request.body;
			const of = await snoozedOf(request.body.of, platforms);
			const asked = {
				rule: request.params.name,
				of,
				until: new Date(until),
				by: { kind: "person", userId } as const,
				why,
			};
			const begun = await snoozes.begin(asked, new Date(clock.now()));
			return reply.status(201).send(showSnooze(begun, clock.now()));
		},
	});
	server.route({
		method: "POST",
		url: "/api/rule-snoozes/:id/end",
		schema: {
			tags,
			summary: "Hear a rule again before its snooze ends by itself",
			params: snoozeParams,
			body: endSnoozeRequest,
			response: { 200: wireSnooze, ...problemResponses },
		},
		onRequest,
		handler: async (request) => {
			const { id: userId } = guard.sessionOf(request).user;
			const ended = await snoozes.end(request.params.id, { kind: "person", userId }, request.body.why);
			return showSnooze(ended, clock.now());
		},
	});
}

async function snoozedOf(of: SnoozeRuleRequest["of"], platforms: Pick<PlatformStore, "list">): Promise<Snoozed> {
	if (of.kind === "cluster") return of;
	const found = (await platforms.list()).find(({ name }) => name === of.platform);
	if (found === undefined)
		throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "platform" }] });
	return { kind: "account", platformId: found.id, accountId: of.accountId };
}

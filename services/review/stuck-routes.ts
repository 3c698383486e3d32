// What is stuck, and what people do about it: the same verbs for dead letters, jobs and orders. Each act is kept with who and why.

import { BreakwaterError } from "../core/errors.ts";
import type { DeadLetterFilter, DeadLetterStore } from "../core/ports/dead-letter-store.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { OrderStore } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import { replayDeadLetters } from "../core/stuck/replay-dead-letters.ts";
import type { ActedBy, StuckFilter } from "../core/stuck/stuck.ts";
import { countAnswer, deadLetterQuery, deadLettersAnswer, parkedLetter } from "../core/wire/review-api.ts";
import {
	discardRequest,
	jobsAnswer,
	outstandingAnswer,
	replayRequest,
	stuckParams,
	stuckQuery,
} from "../core/wire/stuck-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showLetter, showOrder } from "./show-stuck.ts";

export interface StuckRouteDeps {
	readonly guard: Guard;
	readonly deadLetters: DeadLetterStore;
	readonly outbox: Pick<OutboxStore, "list" | "hasten" | "discard">;
	readonly orders: Pick<OrderStore, "listOutstanding" | "replay" | "discard">;
	readonly stream: Pick<ItemStream, "publish">;
}

const tags = ["status"];

export function registerStuckRoutes(server: HttpServer, deps: StuckRouteDeps): void {
	const { deadLetters, outbox, orders } = deps;
	addDeadLetterRoutes(server, deps);
	addListRoutes(server, deps);
	addVerbs(server, deps.guard, "dead-letters", {
		replay: [
			"Put records back into their topic; one that is already settled changes nothing",
			(filter, by) => replayDeadLetters(deps, filter, by),
		],
		discard: ["Give records up", (filter, by) => deadLetters.resolve(filter, "discarded", by)],
	});
	addVerbs(server, deps.guard, "jobs", {
		replay: ["Hand jobs to the queue again at once; one that it has is not doubled", outbox.hasten],
		discard: [
			"Jobs that will not be done; an order that one would have delivered is discarded with it",
			outbox.discard,
		],
	});
	addVerbs(server, deps.guard, "orders", {
		replay: ["Send undelivered orders again, under the same ids", orders.replay],
		discard: ["Undelivered orders that will not be sent any more", orders.discard],
	});
}

type Verb = readonly [summary: string, act: (filter: StuckFilter, by: ActedBy) => Promise<number>];

function addVerbs(
	server: HttpServer,
	guard: Guard,
	path: string,
	verbs: { readonly replay: Verb; readonly discard: Verb },
): void {
	for (const [name, body] of [
		["replay", replayRequest],
		["discard", discardRequest],
	] as const) {
		const [summary, act] = verbs[name];
		server.route({
			method: "POST",
			url: `/api/${path}/${name}`,
			schema: { tags, summary, body, response: { 200: countAnswer, ...problemResponses } },
			onRequest: guard.needs("dead-letter:replay"),
			handler: async (request) => {
				const { why, ...chosen } = request.body;
				const { login } = guard.sessionOf(request).user;
				return { count: await act(toFilter(chosen), { by: login, why }) };
			},
		});
	}
}

function addDeadLetterRoutes(server: HttpServer, { guard, deadLetters }: StuckRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/dead-letters",
		schema: {
			tags,
			summary: "Records that could not be processed: reason and place, never their content",
			querystring: deadLetterQuery,
			response: { 200: deadLettersAnswer, ...problemResponses },
		},
		onRequest: guard.needs("dead-letter:read"),
		handler: async (request) => {
			const { state, limit, ...chosen } = request.query;
			const filter: DeadLetterFilter = { state, limit, ...toFilter(chosen) };
			const [counts, letters] = await Promise.all([deadLetters.counts(), deadLetters.list(filter)]);
			return { counts: counts.map((one) => ({ ...one })), letters: letters.map(showLetter) };
		},
	});
	server.route({
		method: "GET",
		url: "/api/dead-letters/:id",
		schema: {
			tags,
			summary: "One of them",
			params: stuckParams,
			response: { 200: parkedLetter, ...problemResponses },
		},
		onRequest: guard.needs("dead-letter:read"),
		handler: async (request) => {
			const [letter] = await deadLetters.list({ ids: [request.params.id], limit: 1 });
			if (letter === undefined) throw new BreakwaterError("not-found");
			return showLetter(letter);
		},
	});
}

function addListRoutes(server: HttpServer, { guard, outbox, orders }: StuckRouteDeps): void {
	const onRequest = guard.needs("dead-letter:read");
	server.route({
		method: "GET",
		url: "/api/jobs",
		schema: {
			tags,
			summary: "What was decided and recorded, and is not carried out yet; the oldest first",
			querystring: stuckQuery,
			response: { 200: jobsAnswer, ...problemResponses },
		},
		onRequest,
		handler: async (request) => {
			const { limit, ...chosen } = request.query;
			const jobs = await outbox.list({ ...toFilter(chosen), limit });
			return {
				jobs: jobs.map(({ jobId: id, name, createdAt, enqueuedAt, lastReason: reason, ...of }) => ({
					...{ id, name, recordedAt: createdAt.toISOString(), enqueuedAt: enqueuedAt?.toISOString() ?? null },
					...{ platformName: of.platformName, attempts: of.attempts, reason, caseId: of.caseId },
				})),
			};
		},
	});
	server.route({
		method: "GET",
		url: "/api/orders",
		schema: {
			tags,
			summary: "Orders that were sent and that no platform has acknowledged, the oldest first",
			querystring: stuckQuery,
			response: { 200: outstandingAnswer, ...problemResponses },
		},
		onRequest,
		handler: async (request) => {
			const { limit, ...chosen } = request.query;
			const found = await orders.listOutstanding({ ...toFilter(chosen), limit });
			return { orders: found.map(showOrder) };
		},
	});
}

function toFilter({
	since,
	until,
	...rest
}: Omit<StuckFilter, "since" | "until"> & {
	readonly since?: string | undefined;
	readonly until?: string | undefined;
}): StuckFilter {
	return {
		...rest,
		since: since === undefined ? undefined : new Date(since),
		until: until === undefined ? undefined : new Date(until),
	};
}

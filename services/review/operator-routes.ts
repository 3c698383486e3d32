// What operators look at and mend: how things stand, records that were parked, orders that no platform took. Never content.
import type { BankStore } from "../core/ports/bank-store.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { DeadLetter, DeadLetterFilter, DeadLetterStore } from "../core/ports/dead-letter-store.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { OrderStore, PendingOrder } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import { isAllowed, type User } from "../core/review/user.ts";
import {
	countAnswer,
	deadLetterQuery,
	deadLettersAnswer,
	type NowAnswer,
	nowAnswer,
	replayOrdersRequest,
	resolveDeadLettersRequest,
} from "../core/wire/review-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { showLanes } from "./case-routes.ts";
import type { Guard } from "./guard.ts";

export interface OperatorRouteDeps {
	readonly guard: Guard;
	readonly cases: Pick<CaseStore, "lanes">;
	readonly deadLetters: DeadLetterStore;
	readonly orders: Pick<OrderStore, "listUndelivered" | "replay">;
	readonly outbox: Pick<OutboxStore, "backlog">;
	readonly banks: Pick<BankStore, "list">;
	readonly platforms: Pick<PlatformStore, "list">;
	readonly stream: Pick<ItemStream, "publish">;
	readonly clock: Clock;
}

const tags = ["status"];
const maxUndelivered = 200;

export function registerOperatorRoutes(server: HttpServer, deps: OperatorRouteDeps): void {
	const { guard } = deps;
	server.route({
		method: "GET",
		url: "/api/now",
		schema: {
			tags,
			summary: "How things stand; null stands for what this person may not see",
			response: { 200: nowAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: (request) => showNow(deps, guard.sessionOf(request).user),
	});
	server.route({
		method: "POST",
		url: "/api/orders/replay",
		schema: {
			tags,
			summary: "Send undelivered orders again, under the same ids",
			body: replayOrdersRequest,
			response: { 200: countAnswer, ...problemResponses },
		},
		onRequest: guard.needs("dead-letter:replay"),
		handler: async (request) => ({ count: await deps.orders.replay(request.body.ids) }),
	});
	addDeadLetterRoutes(server, deps);
}

function addDeadLetterRoutes(server: HttpServer, deps: OperatorRouteDeps): void {
	const { guard, deadLetters } = deps;
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
			const { state, reason, limit } = request.query;
			const filter: DeadLetterFilter = { state, limit, ...(reason === undefined ? {} : { reason }) };
			const [counts, letters] = await Promise.all([deadLetters.counts(), deadLetters.list(filter)]);
			return { counts: counts.map((one) => ({ ...one })), letters: letters.map(showLetter) };
		},
	});
	for (const [name, summary, resolve] of [
		["replay", "Put records back into their topic; one that is already settled changes nothing", replay],
		["discard", "Give records up, with a reason", discard],
	] as const) {
		server.route({
			method: "POST",
			url: `/api/dead-letters/${name}`,
			schema: {
				tags,
				summary,
				body: resolveDeadLettersRequest,
				response: { 200: countAnswer, ...problemResponses },
			},
			onRequest: guard.needs("dead-letter:replay"),
			handler: async (request) => {
				const { ids, why } = request.body;
				const letters = await deadLetters.list({ state: "parked", ids, limit: ids.length });
				return { count: await resolve(deps, letters, guard.sessionOf(request).user, why) };
			},
		});
	}
}

/** Published first: should we fall between the two, the record comes twice, which changes nothing, and is not lost. */
async function replay(
	{ stream, deadLetters }: OperatorRouteDeps,
	letters: readonly DeadLetter[],
	{ login }: User,
	why: string,
): Promise<number> {
	let count = 0;
	for (const { id, topic, key, value, headers } of letters) {
		await stream.publish(topic, [{ key: key ?? "", value, headers }]);
		count += await deadLetters.resolve([id], "replayed", login, why);
	}
	return count;
}

function discard(
	{ deadLetters }: OperatorRouteDeps,
	letters: readonly DeadLetter[],
	{ login }: User,
	why: string,
): Promise<number> {
	const ids = letters.map(({ id }) => id);
	return deadLetters.resolve(ids, "discarded", login, why);
}

async function showNow(deps: OperatorRouteDeps, user: User): Promise<NowAnswer> {
	const mayReadLetters = isAllowed(user, "dead-letter:read");
	const [lanes, outbox, undelivered, platforms, deadLetters, banks] = await Promise.all([
		showLanes(deps.cases),
		deps.outbox.backlog(),
		mayReadLetters ? deps.orders.listUndelivered(maxUndelivered) : null,
		mayReadLetters ? deps.platforms.list() : [],
		mayReadLetters ? deps.deadLetters.counts() : null,
		isAllowed(user, "bank:read") ? deps.banks.list() : null,
	]);
	const names = new Map(platforms.map(({ id, name }) => [id, name]));
	return {
		now: new Date(deps.clock.now()).toISOString(),
		lanes,
		outbox: { count: outbox.count, oldestAt: outbox.oldestAt?.toISOString() ?? null },
		undeliveredOrders: undelivered?.map((order) => showOrder(order, names.get(order.platformId) ?? "")) ?? null,
		deadLetters: deadLetters?.map((one) => ({ ...one })) ?? null,
		banks:
			banks?.map(({ id, name, kind, category, trusted, enabled, shadow, entryCount, updatedAt }) => ({
				...{ id, name, kind, category, trusted, enabled, shadow, entryCount },
				updatedAt: updatedAt.toISOString(),
			})) ?? null,
	};
}

function showOrder({ message, caseId, attempts }: PendingOrder, platformName: string) {
	const { orderId: id, action, version, issuedAt } = message;
	return { id, caseId, platformName, action, version, attempts, issuedAt };
}

function showLetter(letter: DeadLetter) {
	const { id, reason, detail, topic, partition, offset, attempts, state, resolvedBy, resolution } = letter;
	return {
		...{ id, reason, detail, topic, partition, offset, attempts, state, resolvedBy, resolution },
		valueBytes: letter.value.length,
		parkedAt: letter.parkedAt.toISOString(),
		resolvedAt: letter.resolvedAt?.toISOString() ?? null,
	};
}

// How things stand, for everybody as far as they may see it. What is stuck can be mended in stuck-routes.ts. Never content.

import { isAllowed, type User } from "../core/people/user.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { DeadLetterStore } from "../core/ports/dead-letter-store.ts";
import type { OrderStore } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import { type NowAnswer, nowAnswer } from "../core/wire/review-api.ts";
import { platformsBehindAnswer } from "../core/wire/stuck-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { showLanes } from "./case-routes.ts";
import type { Guard } from "./guard.ts";
import { showOrder } from "./show-stuck.ts";

export interface OperatorRouteDeps {
	readonly guard: Guard;
	readonly cases: Pick<CaseStore, "lanes">;
	readonly deadLetters: Pick<DeadLetterStore, "counts">;
	readonly orders: Pick<OrderStore, "listOutstanding" | "platformsBehind">;
	readonly outbox: Pick<OutboxStore, "backlog">;
	readonly banks: Pick<BankStore, "list">;
	readonly clock: Clock;
}

const tags = ["status"];
const maxOutstanding = 200;

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
		method: "GET",
		url: "/api/platforms/behind",
		schema: {
			tags,
			summary: "Platforms that do not take their orders",
			response: { 200: platformsBehindAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async () => {
			const behind = await deps.orders.platformsBehind();
			return { platforms: behind.map((one) => ({ ...one, since: one.since.toISOString() })) };
		},
	});
}

async function showNow(deps: OperatorRouteDeps, user: User): Promise<NowAnswer> {
	const mayReadLetters = isAllowed(user, "dead-letter:read");
	const [lanes, outbox, outstanding, deadLetters, banks] = await Promise.all([
		showLanes(deps.cases),
		deps.outbox.backlog(),
		mayReadLetters ? deps.orders.listOutstanding({ limit: maxOutstanding }) : null,
		mayReadLetters ? deps.deadLetters.counts() : null,
		isAllowed(user, "bank:read") ? deps.banks.list() : null,
	]);
	return {
		now: new Date(deps.clock.now()).toISOString(),
		lanes,
		outbox: { count: outbox.count, oldestAt: outbox.oldestAt?.toISOString() ?? null },
		outstandingOrders: outstanding?.map(showOrder) ?? null,
		deadLetters: deadLetters?.map((one) => ({ ...one })) ?? null,
		banks:
			banks?.map(({ id, name, kind, category, trusted, enabled, shadow, entryCount, updatedAt }) => ({
				...{ id, name, kind, category, trusted, enabled, shadow, entryCount },
				updatedAt: updatedAt.toISOString(),
			})) ?? null,
	};
}

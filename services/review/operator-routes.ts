// How things stand, for everybody as far as they may see it. What is stuck can be mended in stuck-routes.ts. Never content.

import { isAllowed, type User } from "../core/people/user.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { CaseStore } from "../core/ports/case-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { DeadLetterStore } from "../core/ports/dead-letter-store.ts";
import type { OrderStore } from "../core/ports/order-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { VerdictStore } from "../core/ports/verdict-store.ts";
import { type NowAnswer, nowAnswer, watchedParts } from "../core/wire/review-api.ts";
import { platformsBehindAnswer } from "../core/wire/stuck-api.ts";
import { createBriefCache } from "../runtime/brief-cache.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Health } from "../runtime/lifecycle.ts";
import { showLanes } from "./case-routes.ts";
import type { Guard } from "./guard.ts";

export interface OperatorRouteDeps {
	readonly guard: Guard;
	readonly cases: Pick<CaseStore, "lanes">;
	readonly deadLetters: Pick<DeadLetterStore, "counts">;
	readonly orders: Pick<OrderStore, "platformsBehind">;
	readonly outbox: Pick<OutboxStore, "backlog">;
	readonly banks: Pick<BankStore, "list">;
	readonly verdicts: Pick<VerdictStore, "lastRecordedAt">;
	readonly health: () => Promise<Health>;
	readonly clock: Clock;
}

/** Each look asks every part, and pages look often. */
const healthForMs = 2_000;

const tags = ["status"];

export function registerOperatorRoutes(server: HttpServer, deps: OperatorRouteDeps): void {
	const { guard, clock } = deps;
	const healthOf = createBriefCache<"review", Health>({
		...{ forMs: healthForMs, maxEntries: 1, now: clock.now },
		load: deps.health,
	});
	const health = () => healthOf("review");
	server.route({
		method: "GET",
		url: "/api/now",
		schema: {
			tags,
			summary: "How things stand; null stands for what this person may not see",
			response: { 200: nowAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: (request) => showNow({ ...deps, health }, guard.sessionOf(request).user),
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

/** The relay takes over what is recorded within a second, where it can. */
const longestHandoverMs = 30_000;

async function showNow(deps: OperatorRouteDeps, user: User): Promise<NowAnswer> {
	const mayReadLetters = isAllowed(user, "dead-letter:read");
	const [lanes, outbox, behind, deadLetters, banks, lastExaminedAt, health] = await Promise.all([
		showLanes(deps.cases),
		deps.outbox.backlog(),
		mayReadLetters ? deps.orders.platformsBehind() : null,
		mayReadLetters ? deps.deadLetters.counts() : null,
		isAllowed(user, "bank:read") ? deps.banks.list() : null,
		deps.verdicts.lastRecordedAt(),
		deps.health(),
	]);
	const nowMs = deps.clock.now();
	const waitedMs = nowMs - (outbox.oldestUntakenAt?.getTime() ?? nowMs);
	return {
		now: new Date(nowMs).toISOString(),
		lastExaminedAt: lastExaminedAt?.toISOString() ?? null,
		away: [
			...watchedParts.filter((part) => (health.parts[part] ?? "ok") !== "ok"),
			...(waitedMs > longestHandoverMs ? (["takedown"] as const) : []),
		],
		lanes,
		outbox: { count: outbox.count, oldestAt: outbox.oldestAt?.toISOString() ?? null },
		outstandingOrders: behind?.reduce((sum, { retried, givenUp }) => sum + retried + givenUp, 0) ?? null,
		deadLetters: deadLetters?.map((one) => ({ ...one })) ?? null,
		banks:
			banks?.map(({ id, name, kind, category, trusted, enabled, shadow, entryCount, updatedAt }) => ({
				...{ id, name, kind, category, trusted, enabled, shadow, entryCount },
				updatedAt: updatedAt.toISOString(),
			})) ?? null,
	};
}

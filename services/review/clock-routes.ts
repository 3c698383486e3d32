// Deadlines that run: the board of what is due, each one's history, and what happened elsewhere that one must be told.
import { type ToldEventFault, tellEvent } from "../core/clocks/told-event.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { ClockId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ClockStore, KeptClock } from "../core/ports/clock-store.ts";
import { clockAnswer, clockParams, clocksAnswer, clocksQuery, tellClockRequest } from "../core/wire/clock-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";
import { showClock, showClockWhole } from "./show-clock.ts";

export interface ClockRouteDeps {
	readonly guard: Guard;
	readonly clocks: Pick<ClockStore, "list" | "find" | "tell">;
	readonly clock: Clock;
}

const tags = ["deadlines"];
const hourMs = 3_600_000;

export function registerClockRoutes(server: HttpServer, { guard, clocks, clock }: ClockRouteDeps): void {
	const now = () => new Date(clock.now());
	const require = async (id: ClockId): Promise<KeptClock> => {
		const found = await clocks.find(id);
		if (found === null) throw new BreakwaterError("not-found");
		return found;
	};
	server.route({
		method: "GET",
		url: "/api/clocks",
		schema: {
			tags,
			summary: "Deadlines that run, the nearest first; those without a figure last",
			querystring: clocksQuery,
			response: { 200: clocksAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:read"),
		handler: async ({ query: { withinHours, limit } }) => {
			const at = now();
			const runningUntil = withinHours === undefined ? null : new Date(at.getTime() + withinHours * hourMs);
			const found = await clocks.list({ runningUntil, limit });
			return { clocks: found.map((one) => showClock(one, at)) };
		},
	});
	server.route({
		method: "GET",
		url: "/api/clocks/:id",
		schema: {
			tags,
			summary: "One deadline: its source, what it was told, which warnings and breaches were noted, and when",
			params: clockParams,
			response: { 200: clockAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:read"),
		handler: async ({ params: { id } }) => showClockWhole(await require(id), now()),
	});
	server.route({
		method: "POST",
		url: "/api/clocks/:id/events",
		schema: {
			tags,
			summary: "Tell a deadline what happened elsewhere, and how that is known",
			params: clockParams,
			body: tellClockRequest,
			response: { 200: clockAnswer, ...problemResponses },
		},
		onRequest: guard.needs("case:decide"),
		handler: async (request) => {
			const { event, at, reason } = request.body;
			const told = now();
			const happenedAt = at === undefined ? told : new Date(at);
			const { id, clock: running } = await require(request.params.id);
			const telling = tellEvent(running.profile, { kind: event, at: happenedAt }, told);
			if (!telling.ok) throw new BreakwaterError("rule-broken", { detail: describeFault(telling.fault) });
			const doer = { kind: "person", userId: guard.sessionOf(request).user.id } as const;
			const kept = await clocks.tell(id, telling.event, { doer, reason, at: told });
			return showClockWhole(kept, told);
		},
	});
}

function describeFault(fault: ToldEventFault): string {
	return fault.kind === "ahead" ? "at: lies in the future" : `event: this deadline hears ${fault.hears.join(", ")}`;
}

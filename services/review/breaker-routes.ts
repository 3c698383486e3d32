// Breakers: reading them, the kill switch, and closing again. Each change is kept with who made it and why.
import type { BreakerStore } from "../core/ports/breaker-store.ts";
import { breakerChange, breakerRequest, breakersAnswer } from "../core/wire/breakers-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface BreakerRouteDeps {
	readonly guard: Guard;
	readonly breakers: BreakerStore;
}

const tags = ["status"];
const historyShown = 20;

export function registerBreakerRoutes(server: HttpServer, { guard, breakers }: BreakerRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/breakers",
		schema: {
			tags,
			summary: "Breakers on automatic withholds that are open, and the last changes",
			response: { 200: breakersAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async () => {
			const [open, history] = await Promise.all([breakers.listOpen(), breakers.history(historyShown)]);
			return {
				open: open.map((one) => ({ ...one, openedAt: one.openedAt.toISOString() })),
				history: history.map((one) => ({ ...one, at: one.at.toISOString() })),
			};
		},
	});
	server.route({
		method: "POST",
		url: "/api/breakers/open",
		schema: {
			tags,
			summary: "Leave to people what this would withhold; every detector knows within a second",
			body: breakerRequest,
			response: { 200: breakerChange, ...problemResponses },
		},
		onRequest: guard.needs("breaker:switch"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			return { isChanged: await breakers.open({ ...request.body, by: login }) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/breakers/close",
		schema: {
			tags,
			summary: "Let the machine withhold again",
			body: breakerRequest,
			response: { 200: breakerChange, ...problemResponses },
		},
		onRequest: guard.needs("breaker:switch"),
		handler: async (request) => {
			const { reason, ...scope } = request.body;
			const { login } = guard.sessionOf(request).user;
			return { isChanged: await breakers.close(scope, login, reason) };
		},
	});
}

// Nobody outside is told of a case while a law forbids it: begun and ended by who may hold back.
import { isSilenceAhead } from "../core/answers/silence-end.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { SilenceStore } from "../core/ports/silence-store.ts";
import { caseParams } from "../core/wire/review-api.ts";
import { beginSilenceRequest, endSilenceRequest, silenceBegun, silenceEnded } from "../core/wire/review-telling.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface SilenceRouteDeps {
	readonly guard: Guard;
	readonly silences: Pick<SilenceStore, "begin" | "end">;
	readonly clock: Clock;
}

const tags = ["telling"];

export function registerSilenceRoutes(server: HttpServer, { guard, silences, clock }: SilenceRouteDeps): void {
	const onRequest = guard.needs("telling:hold");
	server.route({
		method: "POST",
		url: "/api/cases/:id/silences",
		schema: {
			tags,
			summary: "Hold back what those outside are told of a case; what was told before stays told",
			params: caseParams,
			body: beginSilenceRequest,
			response: { 201: silenceBegun, ...problemResponses },
		},
		onRequest,
		handler: async (request, reply) => {
			const { reason, until } = request.body;
			const now = new Date(clock.now());
			const ends = until === null ? null : new Date(until);
			if (!isSilenceAhead(ends, now))
				throw new BreakwaterError("rule-broken", {
					reasons: [{ code: "field-refused", field: "until", rule: "lies-behind" }],
				});
			const { user } = guard.sessionOf(request);
			const id = await silences.begin({ caseId: request.params.id, reason, until: ends }, user.id, now);
			if (id === null) throw new BreakwaterError("not-found");
			return reply.status(201).send({ id });
		},
	});
	server.route({
		method: "POST",
		url: "/api/silences/:id/end",
		schema: {
			tags,
			summary: "Tell again: whoever was not told meanwhile is told now, unless another silence of the case lasts",
			params: silenceBegun,
			body: endSilenceRequest,
			response: { 200: silenceEnded, ...problemResponses },
		},
		onRequest,
		handler: async (request) => {
			const { id: userId } = guard.sessionOf(request).user;
			const by = { userId, why: request.body.reason };
			const told = await silences.end(request.params.id, by, new Date(clock.now()));
			if (told === null) throw new BreakwaterError("not-found");
			return told;
		},
	});
}

// Sweeps of earlier items: how far they are, and pausing, resuming, agreeing to or canceling one.
import { z } from "zod";
import { sweepId } from "../core/ids.ts";
import type { SweepStore } from "../core/ports/sweep-store.ts";
import { isEnded } from "../core/sweeps/sweep.ts";
import { sweepChange, sweepRequest, sweepsAnswer } from "../core/wire/sweeps-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface SweepRouteDeps {
	readonly guard: Guard;
	readonly sweeps: Pick<SweepStore, "list" | "coverage" | "act">;
}

const tags = ["status"];
const looked = 50;
const endedShown = 5;

export function registerSweepRoutes(server: HttpServer, { guard, sweeps }: SweepRouteDeps): void {
	server.route({
		method: "GET",
		url: "/api/sweeps",
		schema: {
			tags,
			summary: "Sweeps of earlier items that have not ended, and the last that found something",
			response: { 200: sweepsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async () => {
			const [all, { throughSequence, bankSequence }] = await Promise.all([sweeps.list(looked), sweeps.coverage()]);
			const ended = all.filter(({ state, tally }) => isEnded(state) && tally.due.length > 0).slice(0, endedShown);
			const shown = all.filter((one) => !isEnded(one.state) || ended.includes(one));
			return {
				...{ throughSequence, bankSequence },
				sweeps: shown.map(({ startedAt, endedAt, tally, ...one }) => ({
					...one,
					startedAt: startedAt.toISOString(),
					endedAt: endedAt?.toISOString() ?? null,
					tally: { ...tally, due: [...tally.due], oldestAt: tally.oldestAt?.toISOString() ?? null },
				})),
			};
		},
	});
	server.route({
		method: "POST",
		url: "/api/sweeps/:id/act",
		schema: {
			tags,
			summary: "Pause, resume or cancel a sweep, or agree to what it found as a second person",
			params: z.object({ id: sweepId }),
			body: sweepRequest,
			response: { 200: sweepChange, ...problemResponses },
		},
		onRequest: guard.needs("bank:change"),
		handler: async (request) => {
			const { act, reason } = request.body;
			const by = guard.sessionOf(request).user.login;
			const { state, isPaused } = await sweeps.act(request.params.id, act, { by, reason });
			return { state, isPaused };
		},
	});
}

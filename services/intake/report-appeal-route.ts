// Where an organisation appeals against what was decided of a report of its own. Other people than those who decided look at it, and what they
// decide is told like any answer.
import type { RateLimitOptions } from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";
import { appealUntil } from "../core/appeals/appeal.ts";
import type { Jurisdiction } from "../core/clocks/profile.ts";
import { BreakwaterError } from "../core/errors.ts";
import type { AppealStore } from "../core/ports/appeal-store.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { Reporter, ReporterStore } from "../core/ports/reporter-store.ts";
import { reportAppealAnswer, reportAppealBody, reportStatusParams } from "../core/wire/reporting-api.ts";
import type { Events } from "../runtime/events.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { refusedAs } from "./refused-appeal.ts";

export interface ReportAppealDeps {
	readonly reporters: Pick<ReporterStore, "find">;
	readonly appeals: Pick<AppealStore, "appealReport">;
	readonly laws: readonly Jurisdiction[];
	readonly clock: Clock;
	readonly events: Pick<Events, "appealReceived">;
}

export interface ReporterGuards {
	readonly onRequest: ((request: FastifyRequest) => Promise<void>)[];
	readonly config: { readonly rateLimit: RateLimitOptions };
}

interface ForReporters {
	/** Anew for each route: the rate limit adds itself to it. */
	readonly guarded: () => ReporterGuards;
	readonly reporterOf: (request: FastifyRequest) => Reporter;
}

export function registerReportAppealRoute(
	server: HttpServer,
	{ reporters, appeals, laws, clock, events }: ReportAppealDeps,
	{ guarded, reporterOf }: ForReporters,
): void {
	server.route({
		...guarded(),
		method: "POST",
		url: "/v1/reports/:id/appeal",
		schema: {
			tags: ["reports"],
			summary: "Appeal against what was decided of a report of yours",
			description:
				"Where something that it names was left where it is (Art. 20 of the Digital Services Act). Other people than those who decided look at it; what they decide is told like any answer, by webhook and in the report's status. Each decision once.",
			security: [{ reporterKey: [] }],
			params: reportStatusParams,
			body: reportAppealBody,
			response: { 201: reportAppealAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const found = await reporters.find(reporterOf(request).id, request.params.id);
			if (found === null) throw new BreakwaterError("not-found");
			const until = (decidedAt: Date) => appealUntil(decidedAt, laws);
			const { text } = request.body;
			const answer = await appeals.appealReport(found.id, {
				...{ channel: "key", text, at: new Date(clock.now()), until },
			});
			if (answer.kind === "refused") throw new BreakwaterError(refusedAs[answer.why]);
			events.appealReceived({ by: "reporter", channel: "key" });
			return reply.status(201).send({ receivedAt: answer.appeal.receivedAt.toISOString() });
		},
	});
}

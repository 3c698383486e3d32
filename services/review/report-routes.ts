// What the public reported, for those who answer it. Every view is an act, like a view of material.
import { BreakwaterError } from "../core/errors.ts";
import type { ReportDesk, ReportSummary } from "../core/ports/report-store.ts";
import {
	reportAnswer,
	reportMessageRequest,
	reportParams,
	reportsAnswer,
	reportsQuery,
} from "../core/wire/report-api.ts";
import { type HttpServer, noContent, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface ReportRouteDeps {
	readonly guard: Guard;
	readonly reportDesk: ReportDesk;
}

const tags = ["reports"];

export function registerReportRoutes(server: HttpServer, { guard, reportDesk }: ReportRouteDeps): void {
	const onRequest = guard.needs("report:answer");
	server.route({
		method: "GET",
		url: "/api/reports",
		schema: {
			tags,
			summary: "Reports of the public; those where a child is in danger first, then the oldest",
			querystring: reportsQuery,
			response: { 200: reportsAnswer, ...problemResponses },
		},
		onRequest,
		handler: async ({ query: { shelf, limit } }) => ({
			reports: (await reportDesk.list(shelf, limit)).map(showSummary),
		}),
	});
	server.route({
		method: "GET",
		url: "/api/reports/:id",
		schema: {
			tags,
			summary: "One report, and what was written about it; looking is kept as an act",
			params: reportParams,
			response: { 200: reportAnswer, ...problemResponses },
		},
		onRequest,
		handler: async (request) => {
			const report = await reportDesk.open(request.params.id, guard.sessionOf(request).user.id);
			if (report === null) throw new BreakwaterError("not-found");
			return {
				...report,
				...showSummary(report),
				withdrawnAt: report.withdrawnAt?.toISOString() ?? null,
				addresses: [...report.addresses],
				messages: report.messages.map((message) => ({ ...message, sentAt: message.sentAt.toISOString() })),
			};
		},
	});
	server.route({
		method: "POST",
		url: "/api/reports/:id/messages",
		schema: {
			tags,
			summary: "Write to the reporter; as an answer it ends the work on the report",
			params: reportParams,
			body: reportMessageRequest,
			response: { ...noContent, ...problemResponses },
		},
		onRequest,
		handler: async (request, reply) => {
			await reportDesk.write(request.params.id, guard.sessionOf(request).user.id, request.body);
			return reply.status(204).send();
		},
	});
}

function showSummary(report: ReportSummary) {
	return { ...report, receivedAt: report.receivedAt.toISOString(), alike: { ...report.alike } };
}

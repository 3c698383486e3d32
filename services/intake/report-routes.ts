// What organisations report by a key of their own, and what became of it. It goes into the record at once, not onto the stream: once it is
// answered it is durable, and a reference that is sent again is the same report.
import type { FastifyRequest } from "fastify";
import { BreakwaterError } from "../core/errors.ts";
import type { Appeal, AppealStore } from "../core/ports/appeal-store.ts";
import type { Reporter, ReporterStore, Submission } from "../core/ports/reporter-store.ts";
import { lacksContact, type ReportNotice } from "../core/reports/notice.ts";
import { stageOf } from "../core/reports/report.ts";
import { receivedAnswer, reportStatus, reportStatusParams, reportsBody } from "../core/wire/reporting-api.ts";
import type { Events } from "../runtime/events.ts";
import type { CheckReporterKey } from "../runtime/http/check-key.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { type ReportAppealDeps, type ReporterGuards, registerReportAppealRoute } from "./report-appeal-route.ts";

export interface ReportRouteDeps extends ReportAppealDeps {
	readonly reporters: Pick<ReporterStore, "submit" | "find">;
	readonly appeals: Pick<AppealStore, "appealReport" | "ofReport">;
	readonly checkReporterKey: CheckReporterKey;
	readonly events: Pick<Events, "appealReceived" | "reportReceived">;
	/** How often one reporter may ask this process. */
	readonly maxRequestsPerSecond: number;
}

const tags = ["reports"];
const security = [{ reporterKey: [] }];
const maxBodyBytes = 1_048_576;

/** Needs the plugin of rate limits. */
export function registerReportRoutes(server: HttpServer, deps: ReportRouteDeps): void {
	const reporters = new WeakMap<FastifyRequest, Reporter>();
	const reporterOf = (request: FastifyRequest): Reporter => {
		const reporter = reporters.get(request);
		if (reporter === undefined) throw new BreakwaterError("unauthenticated");
		return reporter;
	};
	const guarded = (): ReporterGuards => ({
		onRequest: [
			async (request: FastifyRequest) => {
				reporters.set(request, await deps.checkReporterKey(request.headers.authorization));
			},
		],
		config: {
			rateLimit: {
				max: deps.maxRequestsPerSecond,
				timeWindow: 1_000,
				keyGenerator: (request: FastifyRequest) => reporterOf(request).id,
				errorResponseBuilder: () => new BreakwaterError("rate-limited"),
			},
		},
	});
	registerReportAppealRoute(server, deps, { guarded, reporterOf });
	server.route({
		...guarded(),
		method: "POST",
		url: "/v1/reports",
		bodyLimit: maxBodyBytes,
		schema: {
			tags,
			summary: "Report something, or many things at once",
			description:
				"Notices with the parts of Art. 16(2) of the Digital Services Act: all of a request are taken or none is. Answers 202 once every one is durable; a webhook is told, too. A reference is one report: the same notice again, in this request or a later one, is answered with the report that it is, so send it again until it is answered; another notice under a reference that is taken is answered 409. A key of a platform's report button is answered 422 where a notice lacks a contact that its subject needs. Never send the material itself, or a way to it that is not public.",
			security,
			body: reportsBody,
			response: { 202: receivedAnswer, ...problemResponses },
		},
		handler: async (request, reply) => {
			const reporter = reporterOf(request);
			const { reports: notices } = request.body;
			checkNotices(notices, reporter);
			const reports = reportsOf(await deps.reporters.submit(reporter, notices));
			reports.forEach(({ isNew }, index) => {
				const isDangerNow = notices[index]?.isDangerNow === true;
				if (isNew) deps.events.reportReceived({ source: reporter.kind, isDangerNow });
			});
			return reply
				.status(202)
				.send({ reports: reports.map((one) => ({ ...one, receivedAt: one.receivedAt.toISOString() })) });
		},
	});
	server.route({
		...guarded(),
		method: "GET",
		url: "/v1/reports/:id",
		schema: {
			tags,
			summary: "What became of a report of yours",
			security,
			params: reportStatusParams,
			response: { 200: reportStatus, ...problemResponses },
		},
		handler: async (request) => {
			const found = await deps.reporters.find(reporterOf(request).id, request.params.id);
			if (found === null) throw new BreakwaterError("not-found");
			return showStatus(found, await deps.appeals.ofReport(found.id));
		},
	});
}

function showStatus(
	{ id, reference, receivedAt, progress, answer, messages }: NonNullable<Awaited<ReturnType<ReporterStore["find"]>>>,
	{ mayAppeal, newest }: Awaited<ReturnType<AppealStore["ofReport"]>>,
) {
	return {
		...{ id, reference, receivedAt: receivedAt.toISOString(), stage: stageOf(progress), outcome: answer },
		automatedDecision: false as const,
		messages: messages.map(({ sentAt, text }) => ({ sentAt: sentAt.toISOString(), text })),
		mayAppeal,
		appeal: newest === null ? null : showAppeal(newest),
	};
}

function showAppeal({ receivedAt, settled }: Appeal) {
	return {
		receivedAt: receivedAt.toISOString(),
		...{ outcome: settled?.outcome ?? null, settledAt: settled?.at.toISOString() ?? null },
	};
}

function checkNotices(notices: readonly ReportNotice[], { kind }: Reporter): void {
	const index = notices.findIndex((notice) => lacksContact(notice, kind));
	if (index >= 0)
		throw new BreakwaterError("contact-missing", {
			detail: `body.reports.${index}.contact: a platform's user gives name and e-mail for what this is about`,
		});
}

function reportsOf(submission: Submission) {
	if (submission.kind === "received") return submission.reports;
	throw new BreakwaterError("reference-taken", {
		detail: `body.reports.${submission.index}.reference: another notice of yours has it`,
	});
}

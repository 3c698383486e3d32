import type { AppealChannel, Appellant } from "../core/appeals/appeal.ts";
import type { Asked } from "../core/authorities/asked.ts";
import type { RequestId } from "../core/ids.ts";
import type { ReportSource } from "../core/reports/report.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

/** The log and the metrics say of reports only that they came: nothing of what they say, or of who says it. */
export function portalEvents(logger: Logger, metrics: Metrics) {
	const received = metrics.counter("breakwater_reports_received_total", "Reports that are in the record.", [
		"source",
		"danger",
	]);
	const refused = metrics.counter("breakwater_reports_refused_total", "Reports that were not taken, by why.", ["why"]);
	const gathered = metrics.counter("breakwater_reports_gathered_total", "Reports that were brought into cases.", []);
	const told = metrics.counter("breakwater_reporters_told_total", "Messages to reporters' webhooks.", [
		"status",
		"outcome",
	]);
	const asked = metrics.counter("breakwater_authority_requests_total", "Requests of authorities in the record.", [
		"asks",
		"urgent",
	]);
	const logins = metrics.counter("breakwater_authority_logins_total", "Attempts to log in for an authority.", [
		"outcome",
	]);
	const appealed = metrics.counter("breakwater_appeals_total", "Appeals in the record, by whom and how they came.", [
		"by",
		"channel",
	]);
	return {
		appealReceived(event: { readonly by: Appellant; readonly channel: AppealChannel }): void {
			appealed.inc(event);
			logger.info({ event: "appeal-received", ...event });
		},
		authorityLoginTried(event: { readonly outcome: "ok" | "refused" | "limited" }): void {
			logins.inc(event);
			logger.info({ event: "authority-login-tried", ...event });
		},
		authorityAsked(event: { readonly requestId: RequestId; readonly asks: Asked; readonly isUrgent: boolean }): void {
			asked.inc({ asks: event.asks, urgent: String(event.isUrgent) });
			logger.info({ event: "authority-asked", ...event });
		},
		reporterTold(event: { readonly status: string; readonly outcome: "delivered" | "undelivered" }): void {
			told.inc(event);
			if (event.outcome === "undelivered") logger.warn({ event: "reporter-not-told", status: event.status });
		},
		reportsGathered(event: { readonly reports: number; readonly opened: number; readonly joined: number }): void {
			gathered.inc(event.reports);
			logger.info({ event: "reports-gathered", ...event });
		},
		reportReceived(event: { readonly source: ReportSource; readonly isDangerNow: boolean }): void {
			received.inc({ source: event.source, danger: String(event.isDangerNow) });
			logger.info({ event: "report-received", ...event });
		},
		reportRefused(event: { readonly why: "form" | "limited" | "malformed" | "unavailable" }): void {
			refused.inc({ why: event.why });
		},
	};
}

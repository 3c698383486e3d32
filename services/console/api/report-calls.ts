// What the console asks of reports.
import type { ReportId } from "../../core/ids.ts";
import type { ReportShelf } from "../../core/ports/report-store.ts";
import {
	type ReportAnswer,
	type ReportMessageRequest,
	type ReportsAnswer,
	reportAnswer,
	reportsAnswer,
} from "../../core/wire/report-api.ts";
import type { Requests } from "./requests.ts";

export interface ReportCalls {
	reports(shelf: ReportShelf): Promise<ReportsAnswer>;
	report(id: ReportId): Promise<ReportAnswer>;
	writeToReporter(id: ReportId, message: ReportMessageRequest): Promise<void>;
}

export function reportCalls({ json, plain }: Pick<Requests, "json" | "plain">): ReportCalls {
	return {
		reports: (shelf) => json("GET", `/api/reports?${new URLSearchParams({ shelf })}`, reportsAnswer),
		report: (id) => json("GET", `/api/reports/${id}`, reportAnswer),
		writeToReporter: (id, message) => plain("POST", `/api/reports/${id}/messages`, { body: message }),
	};
}

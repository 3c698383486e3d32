// Reports as the portal hands them to the record, for tests of what becomes of them.
import { randomBytes } from "node:crypto";
import type { NewReport, ReportStore } from "../../services/core/ports/report-store.ts";
import type { ReportInput } from "../../services/core/reports/report.ts";

const reportOf = (input: Partial<ReportInput> = {}): ReportInput => ({
	...{ about: "abuse-picture", addresses: ["https://forum.example/posts/1"], platformName: "", accountName: "" },
	...{ seen: "", isDangerNow: false, text: "", contact: "", language: "vi", isGoodFaith: false, signature: "" },
	...input,
});

/** Of a reporter of their own, unless it is said which; answers the hash of its receipt. */
export async function submitReport(
	reports: Pick<ReportStore, "submit">,
	input: Partial<ReportInput> = {},
	report: Partial<NewReport> = {},
): Promise<Uint8Array> {
	const receiptHash = new Uint8Array(randomBytes(32));
	const reporter = new Uint8Array(randomBytes(16));
	await reports.submit({ receiptHash, source: "public", reporter, input: reportOf(input), ...report });
	return receiptHash;
}

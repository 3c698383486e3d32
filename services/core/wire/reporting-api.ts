// The API by which organisations report: /v1/reports on intake. Errors are problem documents (problem.ts).
import { z } from "zod";
import { appealOutcome, appealText } from "../appeals/appeal.ts";
import { reportId } from "../ids.ts";
import { reportAnswerCodes } from "../reports/answer.ts";
import { noticeLimits, reportNotice } from "../reports/notice.ts";
import { reportStages } from "../reports/report.ts";
import { timestamp } from "./review-case.ts";

// POST /v1/reports
export const reportsBody = z.object({ reports: z.array(reportNotice).min(1).max(noticeLimits.batch) });
export const receivedAnswer = z.object({
	reports: z.array(
		z.object({
			id: reportId,
			reference: z.string(),
			receivedAt: timestamp.describe("By our clock; deadlines count from it."),
			isNew: z
				.boolean()
				.describe(
					"True once for each report. False where this notice was known, or stands earlier in the request: nothing has changed.",
				),
		}),
	),
});

// GET /v1/reports/{id}
export const reportStatusParams = z.object({ id: reportId });
export const reportStatus = z.object({
	id: reportId,
	reference: z.string(),
	receivedAt: timestamp,
	stage: z.enum(reportStages),
	outcome: z
		.enum(reportAnswerCodes)
		.nullable()
		.describe("What people decided last; null before that, and where a person has answered in their own words."),
	automatedDecision: z.literal(false).describe("People decide, always."),
	messages: z.array(z.object({ sentAt: timestamp, text: z.string() })),
	mayAppeal: z
		.boolean()
		.describe(
			"Something that it names was left where it is, and you have not appealed. POST …/appeal within the time that laws give.",
		),
	appeal: z
		.object({ receivedAt: timestamp, outcome: appealOutcome.nullable(), settledAt: timestamp.nullable() })
		.nullable()
		.describe("Your newest appeal; its outcome is null until people have decided who did not decide before."),
});

// POST /v1/reports/{id}/appeal
export const reportAppealBody = z.object({
	text: appealText.describe("Why you hold the decision to be wrong. It is kept with your report."),
});
export const reportAppealAnswer = z.object({ receivedAt: timestamp });

/** The body of the webhook; signed by Standard Webhooks, with the notice's id as `webhook-id`. */
export interface ReportMessage {
	readonly type: "breakwater.report.v1";
	readonly reportId: string;
	readonly reference: string;
	readonly status: "received" | "answered" | "reopened";
	readonly outcome: string | null;
	readonly automatedDecision: false;
	/** In the language of the report; null for an acknowledgement. */
	readonly text: string | null;
	readonly at: string;
}

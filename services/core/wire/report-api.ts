// The review API on reports of the public, for those who answer them.
import { z } from "zod";
import { reportId } from "../ids.ts";
import { reportShelves } from "../ports/report-store.ts";
import { reportMessage, reportSources, reportSubjects } from "../reports/report.ts";
import { timestamp } from "./review-case.ts";

// GET /api/reports
export const reportsQuery = z.object({
	shelf: z.enum(reportShelves).default("waiting"),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
const reportSummary = z.object({
	id: reportId,
	source: z.enum(reportSources),
	about: z.enum(reportSubjects),
	isDangerNow: z.boolean(),
	receivedAt: timestamp,
	isTaken: z.boolean(),
	isAnswered: z.boolean(),
	where: z.string(),
	alike: z.object({ reports: z.int(), reporters: z.int() }),
});
export const reportsAnswer = z.object({ reports: z.array(reportSummary) });
export type ReportsAnswer = z.infer<typeof reportsAnswer>;

// GET /api/reports/{id}
export const reportParams = z.object({ id: reportId });
export const reportAnswer = reportSummary.extend({
	withdrawnAt: timestamp.nullable(),
	platformName: z.string(),
	accountName: z.string(),
	seen: z.string(),
	text: z.string(),
	contact: z.string(),
	isGoodFaith: z.boolean().default(false),
	signature: z.string().default(""),
	language: z.enum(["vi", "en"]),
	addresses: z.array(z.string()),
	messages: z.array(z.object({ from: z.string().nullable(), body: z.string(), sentAt: timestamp })),
});
export type ReportAnswer = z.infer<typeof reportAnswer>;

// POST /api/reports/{id}/messages
export const reportMessageRequest = z.object({ body: reportMessage, isAnswer: z.boolean() });
export type ReportMessageRequest = z.infer<typeof reportMessageRequest>;

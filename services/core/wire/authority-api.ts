// The API on which authorities ask: POST /v1/authority-requests, GET /v1/authority-requests/{id}.
import { z } from "zod";
import { authorityRequest } from "../authorities/authority-request.ts";
import { channel } from "../authorities/channel.ts";
import { clockEventKind } from "../clocks/clock-codes.ts";
import { requestId } from "../ids.ts";
import { itemState } from "../items/item.ts";
import { role } from "../people/user.ts";
import { authorityAnswerCodes } from "../reports/answer.ts";
import { timestamp } from "./review-case.ts";

export const authorityRequestBody = authorityRequest;
export const authorityRequestParams = z.object({ id: requestId });

export const authorityRequestAnswer = z.object({
	id: requestId,
	reference: z.string(),
	asks: authorityRequest.shape.asks,
	legalBasis: z.string(),
	urgentReason: z.string().nullable(),
	/** By which law nobody concerned is told, and until when. */
	silence: z.object({ basis: z.string(), until: timestamp.nullable() }).nullable(),
	/** Ours, and never changed. */
	receivedAt: timestamp,
	hasDocument: z.boolean(),
	channel,
	/** When it arrived, as whoever typed it in says; null where the authority sent it itself. */
	arrivedAt: timestamp.nullable(),
	places: z.array(
		z.object({
			address: z.string(),
			/** As decided here; null: it leads to nothing that we hold, and people look. */
			state: itemState.nullable(),
			isRemovalAcknowledged: z.boolean(),
		}),
	),
	deadlines: z.array(
		z.object({
			law: z.string(),
			/** Null where the law names no figure, or while it is paused. */
			dueAt: timestamp.nullable(),
			state: z.enum(["running", "paused", "kept", "late", "moot"]),
			endedAt: timestamp.nullable(),
			/** What stops it. */
			doneBy: z.array(clockEventKind),
		}),
	),
	answers: z
		.array(
			z.object({
				at: timestamp,
				outcome: z.enum(authorityAnswerCodes),
				templateRevision: z.int().describe("Of the words; they stay as they were told."),
				text: z.object({ vi: z.string(), en: z.string() }),
			}),
		)
		.describe("What was decided of places of this request, in words; the newest last."),
	/** The role of whoever works on it now. */
	workedOnBy: role.nullable(),
	history: z.array(
		z.object({
			at: timestamp,
			what: z.enum(["received", "taken", "decided-remove", "decided-restore", "ordered", "acknowledged"]),
		}),
	),
});
export type AuthorityRequestAnswer = z.infer<typeof authorityRequestAnswer>;

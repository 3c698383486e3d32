// The review API on deadlines that run, for the board of what is due and for the case.
import { z } from "zod";
import { clockEventKind } from "../clocks/clock-codes.ts";
import { clockId } from "../ids.ts";
import { timestamp, wireClock } from "./review-case.ts";
import { said } from "./storable.ts";

// GET /api/clocks: those that run, the nearest deadline first
export const clocksQuery = z.object({
	/** Only those that are due within so many hours, or over time. */
	withinHours: z.coerce.number().int().min(1).max(8_760).optional(),
	limit: z.coerce.number().int().min(1).max(500).default(200),
});

export const clocksAnswer = z.object({ clocks: z.array(wireClock) });
export type ClocksAnswer = z.infer<typeof clocksAnswer>;

// GET /api/clocks/:id
export const clockParams = z.object({ id: clockId });
export const clockAnswer = wireClock.extend({
	source: z.string(),
	/** Somebody read that source. */
	isVerified: z.boolean(),
	events: z.array(z.object({ kind: clockEventKind, at: timestamp, recordedAt: timestamp })),
	/** Warnings have a fraction of the time, breaches none. */
	marks: z.array(z.object({ fraction: z.number().nullable(), at: timestamp, notedAt: timestamp })),
});
export type ClockAnswer = z.infer<typeof clockAnswer>;

// POST /api/clocks/:id/events: what happened elsewhere
export const tellClockRequest = z.object({
	event: clockEventKind,
	/** Not after now; without it, now. */
	at: timestamp.optional(),
	/** How it is known. */
	reason: said(2_000),
});
export type TellClockRequest = z.input<typeof tellClockRequest>;

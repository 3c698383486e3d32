// Acts on clocks: what started, warned, broke and ended one. When a deadline really passed is among the details; the act's own time is when
// that was written down.
import { z } from "zod";
import { clockEventKind, clockOutcome } from "../../clocks/clock-codes.ts";
import { caseId } from "../../ids.ts";
import type { ActKind } from "../act-kind.ts";

const on = "clock";
const ofClock = { profile: z.string(), caseId: caseId.nullable() };
const moment = z.iso.datetime();

export const clockActs = {
	"clock-started": {
		on,
		details: z.object({ ...ofClock, receivedAt: moment, dueAt: moment.nullable(), isUrgent: z.boolean() }),
	},
	/** What stops, voids, pauses or resumes it has happened. */
	"clock-told": { on, details: z.object({ ...ofClock, event: clockEventKind, at: moment }) },
	"clock-warned": { on, details: z.object({ ...ofClock, fraction: z.number(), at: moment, dueAt: moment.nullable() }) },
	"clock-breached": { on, details: z.object({ ...ofClock, dueAt: moment }) },
	/** By other rules than it began with: somebody said so. */
	"clock-recounted": {
		on,
		details: z.object({ ...ofClock, dueBefore: moment.nullable(), dueAt: moment.nullable() }),
	},
	/** What had stopped it was taken back. */
	"clock-reopened": { on, details: z.object({ ...ofClock, dueAt: moment.nullable() }) },
	"clock-ended": {
		on,
		details: z.object({ ...ofClock, endedAt: moment, outcome: clockOutcome, lateByMs: z.number().nullable() }),
	},
} as const satisfies Readonly<Record<string, ActKind>>;

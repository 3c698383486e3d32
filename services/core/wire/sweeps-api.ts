// Sweeps of earlier items in the review API: how far they are, what they found, and what people do to them.
import { z } from "zod";
import { sweepId } from "../ids.ts";
import { tier } from "../policy/verdict.ts";
import { ruleName } from "../rules/rule.ts";
import { sweepAct, sweepState } from "../sweeps/sweep.ts";
import { timestamp } from "./review-case.ts";
import { said } from "./storable.ts";

const sweep = z.object({
	id: sweepId,
	fromSequence: z.int(),
	toSequence: z.int(),
	rule: z
		.object({ name: ruleName, revision: z.int() })
		.nullable()
		.describe("The rule that earlier items are asked by; null where they are compared with entries of banks."),
	unrecorded: z.int().describe("Verdicts that did not record what the rule reads."),
	startedBy: z.string().nullable().describe("Null: it began by itself, with a change of a bank."),
	startedAt: timestamp,
	endedAt: timestamp.nullable(),
	state: sweepState,
	isPaused: z.boolean(),
	entries: z.int(),
	compared: z.int(),
	allowedItems: z.int().nullable(),
	approvedBy: z.string().nullable(),
	tally: z.object({
		found: z.int(),
		judged: z.int(),
		due: z.array(z.object({ tier, effect: z.enum(["withhold", "review"]), items: z.int() })),
		withheld: z.int(),
		putBeforePeople: z.int(),
		platforms: z.int(),
		oldestAt: timestamp.nullable(),
	}),
});
export type WireSweep = z.infer<typeof sweep>;

// GET /api/sweeps
export const sweepsAnswer = z.object({
	throughSequence: z.int().describe("Every past hash was compared with the banks' changes up to here."),
	bankSequence: z.int(),
	/** Those that have not ended, and the last that found something. */
	sweeps: z.array(sweep),
});
export type SweepsAnswer = z.infer<typeof sweepsAnswer>;

// POST /api/sweeps/{id}/act
export const sweepRequest = z.object({ act: sweepAct, reason: said(500) });
export type SweepRequest = z.infer<typeof sweepRequest>;
export const sweepChange = z.object({ state: sweepState, isPaused: z.boolean() });

// Breakers in the review API: what is open, and opening and closing by a person.
import { z } from "zod";
import { breakerKinds } from "../policy/breaker.ts";
import { timestamp } from "./review-case.ts";
import { said } from "./storable.ts";

const kind = z.enum(breakerKinds);
const key = z.string().min(1).max(256);
const personsReason = z
	.string()
	.nullable()
	.describe("A person's; the machine's is always that withholds came too fast.");
const by = z.string().nullable().describe("Null: the machine.");

// GET /api/breakers
export const breakersAnswer = z.object({
	open: z.array(
		z.object({
			kind,
			key,
			/** Name of the bank or platform. */
			label: z.string(),
			openedAt: timestamp,
			openedBy: by,
			reason: personsReason,
			/** What the machine saw when it opened it. */
			perMinute: z.number().nullable(),
			baselinePerMinute: z.number().nullable(),
		}),
	),
	/** Banks, platforms and models that have a breaker to open; empty for those who may not. Entries are named by their id. */
	scopes: z.array(z.object({ kind, key, label: z.string() })).default([]),
	history: z.array(
		z.object({
			kind,
			key,
			label: z.string(),
			act: z.enum(["opened", "closed"]),
			at: timestamp,
			by,
			reason: personsReason,
		}),
	),
});
export type BreakersAnswer = z.infer<typeof breakersAnswer>;
export type BreakerScopeChoice = BreakersAnswer["scopes"][number];
export type WireBreaker = BreakersAnswer["open"][number];

// POST /api/breakers/{open,close}
export const breakerRequest = z.object({ kind, key, reason: said(500) });
export type BreakerRequest = z.infer<typeof breakerRequest>;
export const breakerChange = z.object({ isChanged: z.boolean() });
export const breakerClosing = breakerChange.extend({
	/** The kill switch of an entry: it stays until another person has accepted this among the banks' drafts. */
	waiting: z.boolean(),
});
export type BreakerClosed = z.infer<typeof breakerClosing>;

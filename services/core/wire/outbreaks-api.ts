// What the console is told of outbreaks, those without a case among them: numbers and names of ours, nothing of what spreads.
import { z } from "zod";
import { caseId, outbreakId } from "../ids.ts";
import { spreadStates } from "../outbreaks/limits.ts";
import { outbreakEnd } from "../outbreaks/outbreak.ts";
import { subjectKind } from "../outbreaks/subject.ts";

const timestamp = z.iso.datetime();

const listedOutbreak = z.object({
	id: outbreakId,
	of: subjectKind,
	/** Which of its kind: a bank's, a rule's, a platform's or a domain's name, an account; of clusters and links a sign to tell them apart. */
	label: z.string(),
	foundAt: timestamp,
	/** Distinct ones within so long when it was found, and how many were expected. */
	alert: z.object({ voices: z.int(), expected: z.number(), inSeconds: z.int() }),
	/** Distinct ones within the last hour that was counted. */
	lastHour: z.int(),
	/** Null where none is: people are asked of things, links and domains; what a bank or a rule finds is before them one by one. */
	caseId: caseId.nullable(),
	/** A case in which the item is before people with which it began; null where it is in none. */
	trippedIn: caseId.nullable(),
	spread: z.enum(spreadStates),
	/** Null while it goes on. */
	ended: z.object({ at: timestamp, because: outbreakEnd }).nullable(),
});
export type WireListedOutbreak = z.infer<typeof listedOutbreak>;

/** Those that go on first. */
export const outbreaksAnswer = z.object({ outbreaks: z.array(listedOutbreak) });
export type OutbreaksAnswer = z.infer<typeof outbreaksAnswer>;

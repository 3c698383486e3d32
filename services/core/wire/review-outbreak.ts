// How the thing of a case spreads, as its page says it: numbers only.
import { z } from "zod";
import { spreadAction } from "../cases/case.ts";
import { caseId, itemId } from "../ids.ts";
import { outbreakEnd } from "../outbreaks/outbreak.ts";
import { subjectKind } from "../outbreaks/subject.ts";

const timestamp = z.iso.datetime();
const counts = { items: z.int(), accounts: z.int() };

/** What a person may do about how far the case spreads; `isRecommended`: an outbreak of it runs that is not limited, or a rule advises it. */
export const spreadOutlook = z.object({ action: spreadAction, isRecommended: z.boolean() });

const post = {
	platform: z.string(),
	account: z.string(),
	subject: z.string(),
	at: timestamp,
	caseId: caseId.nullable(),
};

export const wireOutbreak = z.object({
	of: subjectKind,
	/** Where posts link to: the domain, and a sign for the page where it is one page. */
	label: z.string(),
	foundAt: timestamp,
	/** Distinct accounts within so long when it was found, and how many were expected. */
	alert: z.object({ voices: z.int(), expected: z.number(), inSeconds: z.int() }),
	...counts,
	/** The numbers are of its first items; there are more. */
	isMore: z.boolean().default(false),
	/** Items that a limit of its spread, or the lifting of that, has yet to reach. */
	itemsAhead: z.int().default(0),
	firstSeenAt: timestamp.nullable(),
	/** The share of the last accounts that was never heard of before; null where nobody knows. */
	newShare: z.number().nullable(),
	platforms: z.array(z.object({ name: z.string(), ...counts })),
	/** Minutes in which something came, oldest first. */
	curve: z.array(z.object({ at: timestamp, ...counts })),
	/** Some, newest first; `caseId`: where one is before people by itself. */
	newest: z.array(z.object(post)),
	/** The item with which it began; null where that is not known. */
	trippedBy: z.object({ itemId, ...post }).nullable(),
	/** Null while it goes on. */
	ended: z.object({ at: timestamp, because: outbreakEnd }).nullable(),
});
export type WireOutbreak = z.infer<typeof wireOutbreak>;

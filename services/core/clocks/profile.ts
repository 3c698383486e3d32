// What a law asks and by when, as data: jurisdictions/*.json. A profile says what starts a clock, what stops it and from which source that
// is known. Nothing here is legal advice; `verified` is true only where somebody read the source that it names.
import { z } from "zod";
import { clockEventKind } from "./clock-codes.ts";
import { term, timeZone, workCalendar } from "./term.ts";

const urgency = z.int().min(0).max(100);
const fraction = z.number().gt(0).lt(1);

const told = {
	id: z.string().regex(/^[A-Z][A-Z0-9-]{1,39}$/),
	/** What is to be done, and what is to be on record, in words. */
	duty: z.string().min(1),
	record: z.string(),
	source: z.string().min(1),
	verified: z.boolean(),
	/** What of it is known from elsewhere, or not at all. */
	caveat: z.string().optional(),
};

/** What runs from its trigger until something that the profile names has happened. */
const stopped = {
	...told,
	trigger: clockEventKind,
	/** It holds where somebody says that a child is in danger now, or where nobody does; without it, of both. */
	onlyWhere: z.enum(["danger-now", "no-danger-now"]).optional(),
	/** From when it counts what somebody typed in after it had arrived; without it, from the arrival, which is the earlier. */
	countsFrom: z.enum(["arrival", "record"]).optional(),
	/** How high cases of an authority's request stand in the queue, 0–100, with and without a reason why it is urgent; without it, as usual. */
	caseUrgency: z.strictObject({ ordinary: urgency, urgent: urgency }).optional(),
	doneBy: z.array(clockEventKind).min(1),
	mootBy: z.array(clockEventKind).default(["request-withdrawn"]),
	pausedBy: z.array(clockEventKind).default([]),
	resumedBy: z.array(clockEventKind).default([]),
};

const deadlineProfile = z.strictObject({
	kind: z.literal("deadline"),
	...stopped,
	within: term,
	/** A shorter term, for which somebody gives a reason. */
	urgentWithin: term.optional(),
	/** When to warn, as shares of the time that it has, ascending. */
	warnAt: z.array(fraction).default([0.5, 0.75, 0.9]),
});

/** `immediately`, `promptly`: no figure that could be counted, and none is made up. */
const promptProfile = z.strictObject({ kind: z.literal("prompt"), ...stopped, words: z.string().min(1) });

/** Something must be there for so long: evidence that is kept, a window in which one may complain. */
const lastingProfile = z.strictObject({
	kind: z.literal("lasting"),
	...told,
	trigger: clockEventKind,
	atLeast: term,
});

const repeatProfile = z.strictObject({
	kind: z.literal("repeat"),
	...told,
	trigger: clockEventKind,
	thresholds: z.array(z.strictObject({ count: z.int().min(2), withinDays: z.int().min(1) })).min(1),
	/** Recommended to people; nothing is executed. */
	suspend: z.strictObject({ atLeastDays: z.int().min(1), atMostDays: z.int().min(1) }),
	permanentAfterSuspensions: z.int().min(1),
});

/** Holds always, or has no clock that we run: kept so that the table is whole. */
const standingProfile = z.strictObject({ kind: z.literal("standing"), ...told });

const profile = z
	.discriminatedUnion("kind", [deadlineProfile, promptProfile, lastingProfile, repeatProfile, standingProfile])
	.refine(
		(one) => !("pausedBy" in one) || one.pausedBy.length === 0 || one.resumedBy.length > 0,
		"is paused by something and resumed by nothing",
	);
export type Profile = z.infer<typeof profile>;
/** What a clock runs by. */
export const stoppedProfile = z.discriminatedUnion("kind", [deadlineProfile, promptProfile]);
export type StoppedProfile = z.infer<typeof stoppedProfile>;
export type RepeatProfile = Extract<Profile, { readonly kind: "repeat" }>;

export const jurisdiction = z
	.strictObject({
		jurisdiction: z.string().regex(/^[A-Z]{2}$/),
		zone: timeZone,
		/** Needed as soon as one of its laws counts working days. */
		calendar: workCalendar.nullable(),
		profiles: z.array(profile).min(1),
	})
	.refine(
		({ profiles }) => new Set(profiles.map(({ id }) => id)).size === profiles.length,
		"names a profile more than once",
	)
	.refine(
		({ calendar, profiles }) => calendar !== null || !profiles.some(countsWorkingDays),
		"counts working days without a calendar",
	);
export type Jurisdiction = z.infer<typeof jurisdiction>;

function countsWorkingDays(one: Profile): boolean {
	const terms = one.kind === "deadline" ? [one.within, one.urgentWithin] : one.kind === "lasting" ? [one.atLeast] : [];
	return terms.some((each) => each?.unit === "working-days");
}

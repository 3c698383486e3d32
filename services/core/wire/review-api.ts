// The review API: requests and answers of every endpoint under /api, for the console and for anyone with curl. Errors are RFC
// 9457 problem documents (problem.ts). Every request that changes something carries the session's CSRF
// token in the header `x-breakwater-csrf`.

import { z } from "zod";
import { entryJudgement } from "../banks/entry-judgement.ts";
import { caseState, caseStates, decision, type RevealLevel, revealLevels, spreadAction } from "../cases/case.ts";
import { waitsFor } from "../cases/consequences.ts";
import { listedItems } from "../cases/listed-items.ts";
import { degree } from "../clusters/membership.ts";
import { keptFault } from "../fault.ts";
import { caseId, deadLetterId, entryId, itemId, userId } from "../ids.ts";
import { longestPassword } from "../people/password.ts";
import { permissions, role } from "../people/user.ts";
import { deadLetterReasons, deadLetterStates } from "../ports/dead-letter-store.ts";
import { wordExcerpt } from "../signals/written/word-excerpt.ts";
import { bankOutline } from "./bank-api.ts";
import { caseDetail, caseLane, caseSummary, claim, revealLevel, timestamp } from "./review-case.ts";
import { said } from "./storable.ts";
import { stuckQuery } from "./stuck-api.ts";

export const csrfHeader = "x-breakwater-csrf";
/** Sent with what a page reads by itself, while nobody touches it: that does not keep a session open. */
export const unattendedHeader = "x-breakwater-unattended";

// POST, GET, DELETE /api/session
export const loginRequest = z.object({
	login: z.string().min(1).max(128),
	password: z.string().min(1).max(longestPassword),
});
export const sessionAnswer = z.object({
	user: z.object({ id: userId, login: z.string(), displayName: z.string(), roles: z.array(role) }),
	permissions: z.array(z.enum(permissions)),
	csrfToken: z.string(),
	/** Somebody else chose the password: PUT /api/session/password first; everything else answers `password-due`. */
	mustChangePassword: z.boolean(),
	/** The server's clock, so that time left can be shown on a page whose clock is wrong. */
	now: timestamp,
	/** A session unused for this long ends; heartbeats and the event stream are not use. */
	idleMs: z.int(),
	/** A claim lasts this long after the last heartbeat. */
	claimLeaseMs: z.int(),
	/** What this person was shown in the last 24 hours. */
	exposure: z.object({ views: z.int(), seconds: z.number() }),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

// PUT /api/session/password: ends the person's other sessions
export const changePasswordRequest = z.object({
	password: z.string().min(1).max(longestPassword),
	newPassword: z.string().min(1).max(longestPassword),
});

// GET /api/lanes
export const lanesAnswer = z.object({
	/** Counted up to 10 000 each; `isMore` where there are more. */
	lanes: z.array(z.object({ lane: caseLane, count: z.int(), isMore: z.boolean(), oldestAt: timestamp.nullable() })),
});
export type LanesAnswer = z.infer<typeof lanesAnswer>;

// GET /api/cases
/** How many are answered at once. */
export const mostListedCases = 200;
export const caseQuery = z.object({
	lane: caseLane.optional(),
	/** Comma-separated; without it, whatever is not decided. */
	state: z
		.string()
		.regex(new RegExp(`^(${caseStates.join("|")})(,(${caseStates.join("|")}))*$`))
		.transform((text) => text.split(","))
		.pipe(z.array(caseState))
		.optional(),
	/** Part of the id of a case, item, order, entry or cluster, of the platform's or category's name, or of the platform's ids of content and account. */
	search: z.string().trim().max(512).optional(),
	mine: z.enum(["true", "false"]).optional(),
	limit: z.coerce.number().int().min(1).max(mostListedCases).default(50),
	offset: z.coerce.number().int().min(0).max(100_000).default(0),
	/** What follows this case in the queue, which stands where it does whoever decides the ones before it; of undecided ones alone. */
	after: caseId.optional(),
});
export const casesAnswer = z.object({ cases: z.array(caseSummary), hasMore: z.boolean() });
export type CasesAnswer = z.infer<typeof casesAnswer>;

// POST /api/cases/next · GET /api/cases/:id · POST /api/cases/:id/claim
/** The next case is of this lane only, where one is named. */
export const nextRequest = z.object({ lane: caseLane.optional() }).nullish();
export const nextAnswer = z.object({ case: caseDetail.nullable() });
export type NextAnswer = z.infer<typeof nextAnswer>;
export const caseParams = z.object({ id: caseId });
/** How many of its items are listed, the oldest; `itemCount` says how many there are. */
export const caseDetailQuery = z.object({
	items: z.coerce.number().int().min(1).max(listedItems.most).default(listedItems.usual),
});

// POST /api/cases/:id/{heartbeat,release,skip,decide,undo,comment}
export const fenced = z.object({ fence: z.int().min(0) });
export const claimAnswer = claim;
export const decideRequest = fenced.extend({
	...{ decision, reason: said(2_000) },
	/** How many items the case had when whoever decides looked at it: refused where more have come since. Left out, they are decided with it. */
	itemsSeen: z.int().min(0).optional(),
});
export type DecideRequest = z.input<typeof decideRequest>;
export const decideAnswer = z.object({
	/** `nobody` where the case is decided by it. */
	waitsFor: z.enum(waitsFor),
	case: caseDetail,
});
export type DecideAnswer = z.infer<typeof decideAnswer>;
/** POST /api/cases/:id/undo needs no claim: the case is decided. */
export const undoRequest = decideRequest.pick({ reason: true });
export const commentRequest = z.object({ text: said(4_000) });

// POST /api/cases/:id/spread
export const spreadRequest = fenced.extend({ action: spreadAction });
export type SpreadRequest = z.infer<typeof spreadRequest>;

// POST /api/cases/:id/judge-entry: what the holder concludes of an entry that the case's items match
/** `clear` needs the permission `entry:judge`: from then on the entry matches nothing. */
export const judgeEntryRequest = fenced.extend({
	entryId,
	judgement: entryJudgement,
	reason: said(1_000),
});
export type JudgeEntryRequest = z.infer<typeof judgeEntryRequest>;

// POST /api/cases/:id/reveals · POST /api/cases/:id/reveals/:revealId/end · GET /api/media/:token
export const stepUpLevel = 5;

/** Words in a picture or document are read as a text is. */
export const levelsOfWords: readonly RevealLevel[] = [4];
export const levelsOfStrip = revealLevels.filter((level) => level !== stepUpLevel);
/** Only the holder of a live claim may ask. The level of stepping up needs a reason, and the password again (`bad-login` where it is wrong). */
export const revealRequest = fenced
	.extend({
		itemId,
		level: revealLevel,
		/** Which still of a video, of those that its item names; left out for all of them together. */
		stillMs: z.int().min(0).optional(),
		/** What there is to be read of words in the picture or document, in place of it; at level 4. */
		words: z.literal(true).optional(),
		/** Members of the case's clusters at once, on one sheet, in place of the item; at any level but that of stepping up. */
		strip: degree.optional(),
		reason: said(500).optional(),
		password: z.string().max(1024).optional(),
	})
	.meta({ anyOf: [{ properties: { level: { not: { const: stepUpLevel } } } }, { required: ["reason", "password"] }] });
export type RevealRequest = z.infer<typeof revealRequest>;
export const revealAnswer = z.object({
	revealId: z.uuid(),
	/** For `GET /api/media/:token`: WebP, once, in this session, under this claim, until `expiresAt`. Null for a text. */
	token: z.string().nullable(),
	text: z.string().nullable(),
	/** Null but where words in a picture or document were asked for. */
	words: z.array(wordExcerpt).nullable().default(null),
	expiresAt: timestamp,
});
export type RevealAnswer = z.infer<typeof revealAnswer>;
export const revealParams = caseParams.extend({ revealId: z.uuid() });
export const revealEndRequest = z.object({ durationMs: z.int().min(0).max(86_400_000) });
export const mediaParams = z.object({ token: z.string().regex(/^[\w-]{43}$/) });

// GET /api/events (server-sent events; a comment line every 15 s)
export const liveEvent = z.discriminatedUnion("kind", [
	/** At first, and whenever something may have been missed: read again. */
	z.object({ kind: z.literal("hello"), now: timestamp }),
	/** Claimed, released, decided, commented, an item added, an order delivered: read the case again. Not sent to those who may not read cases. */
	z.object({ kind: z.literal("case-changed"), caseId }),
	/** At most five times a second. */
	z.object({ kind: z.literal("lanes-changed"), lanes: lanesAnswer.shape.lanes }),
	/** The server cannot reach its record: what a page shows may be out of date, and acts are refused. `hello` comes again with the record. */
	z.object({ kind: z.literal("record-away") }),
	/** The stream ends; log in again. */
	z.object({ kind: z.literal("session-ended") }),
]);
export type LiveEvent = z.infer<typeof liveEvent>;

/** What review itself needs beside the record, without which it could answer nothing. */
export const watchedParts = ["stream", "media"] as const;

// GET /api/now: null stands for what the asker may not see
export const nowAnswer = z.object({
	now: timestamp,
	/** When the detector last recorded an item; null where it never did. */
	lastExaminedAt: timestamp.nullable(),
	/** What cannot be reached from review. */
	/** `takedown`: what was recorded is not taken over. */
	away: z.array(z.enum([...watchedParts, "takedown"])),
	lanes: lanesAnswer.shape.lanes,
	/** What was recorded and not yet done by takedown. */
	outbox: z.object({ count: z.int(), oldestAt: timestamp.nullable() }),
	/** How many were sent and not acknowledged. */
	outstandingOrders: z.int().nullable(),
	deadLetters: z.array(z.object({ reason: z.enum(deadLetterReasons), count: z.int() })).nullable(),
	banks: z.array(bankOutline).nullable(),
});
export type NowAnswer = z.infer<typeof nowAnswer>;

// GET /api/dead-letters, /api/dead-letters/{id}: never the content. What to do with them: stuck-api.ts.
const deadLetterState = z.enum(deadLetterStates);
export const deadLetterQuery = z.object({
	...stuckQuery.shape,
	state: deadLetterState.default("parked"),
	reason: z.enum(deadLetterReasons).optional(),
});
export const parkedLetter = z.object({
	id: deadLetterId,
	reason: z.enum(deadLetterReasons),
	/** What is wrong with it: fields and rules, never values. */
	faults: z.array(keptFault),
	topic: z.string(),
	partition: z.int(),
	offset: z.string(),
	valueBytes: z.int(),
	attempts: z.int(),
	state: deadLetterState,
	parkedAt: timestamp,
	resolvedAt: timestamp.nullable(),
	resolvedBy: z.string().nullable(),
	resolution: z.string().nullable(),
});
export const deadLettersAnswer = z.object({
	counts: z.array(z.object({ reason: z.enum(deadLetterReasons), count: z.int() })),
	letters: z.array(parkedLetter),
});
export type DeadLettersAnswer = z.infer<typeof deadLettersAnswer>;
export const countAnswer = z.object({ count: z.int() });

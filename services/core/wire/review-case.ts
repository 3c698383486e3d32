// Cases as the review API shows them. Times are ISO 8601 in UTC. A case never carries the material itself: text and pictures
// come one by one, by a reveal that is recorded.
import { z } from "zod";
import { appealChannel, appealOutcome, appellant } from "../appeals/appeal.ts";
import { asked } from "../authorities/asked.ts";
import { channel } from "../authorities/channel.ts";
import { bankKind, opinionKind } from "../banks/bank.ts";
import { caseState, decision, revealLevels } from "../cases/case.ts";
import { effects, waitsFor } from "../cases/consequences.ts";
import { clockEventKind } from "../clocks/clock-codes.ts";
import { hashType } from "../hashes/hash-type.ts";
import { appealId, caseId, clockId, clusterId, entryId, itemId, orderId, requestId, userId } from "../ids.ts";
import { keptVideo } from "../items/choose-stills.ts";
import { itemKind, itemState } from "../items/item.ts";
import { orderAction, orderState } from "../orders/order.ts";
import { breakerKinds } from "../policy/breaker.ts";
import { leftOut } from "../policy/shorten-verdict.ts";
import { ground, tier } from "../policy/verdict.ts";
import { caseLanes } from "../ports/case-store.ts";
import { clockCauses } from "../ports/clock-store.ts";
import { reportSubjects } from "../reports/report.ts";
import { signal } from "../signals/signal.ts";
import { examinedAgain } from "../sweeps/examined-again.ts";
import { country } from "./country.ts";
import { liveSegment, surface } from "./item-event.ts";
import { wireAccount } from "./review-account.ts";
import { wireMeasure } from "./review-measure.ts";
import { spreadOutlook, wireOutbreak } from "./review-outbreak.ts";
import { wireAnswers, wireSilence } from "./review-telling.ts";

export const timestamp = z.iso.datetime();
export const revealLevel = z.literal(revealLevels);

export const caseLane = z.enum(caseLanes);

const holder = z.object({ userId, displayName: z.string(), expiresAt: timestamp, isMine: z.boolean() });

export const caseSummary = z.object({
	id: caseId,
	/** `claimed` only while the lease lasts; `second` waits for another person. */
	state: caseState,
	tier,
	/** 0–100, higher first. */
	urgency: z.number(),
	category: z.string().nullable(),
	/** Null for a place that is on no platform of ours: it was reported, and people look for themselves. */
	platformName: z.string().nullable(),
	surface: surface.nullable(),
	itemCount: z.int(),
	reportCount: z.int().default(0),
	/** A signal could not be computed: people must look although nothing was found. */
	isIncomplete: z.boolean(),
	/** An appeal waits for what people decide. */
	isAppealed: z.boolean().default(false),
	/** The account that it is about, as its platform calls it; null where it is about items. */
	accountId: z.string().nullable().default(null),
	openedAt: timestamp,
	lastItemAt: timestamp,
	/** The nearest deadline that runs on it. */
	dueAt: timestamp.nullable().default(null),
	claimedBy: holder.nullable(),
	decided: z.object({ decision, at: timestamp }).nullable().default(null),
});
export type WireCaseSummary = z.infer<typeof caseSummary>;

/** A signal as its kind has it (core/signals/), and why it counted in the verdict, or not. */
const wireSignal = signal.extend({
	/** Null where nobody knows any more; the item's `unknownGrounds` says why. */
	ground: ground.nullable(),
});
export type WireSignal = z.infer<typeof wireSignal>;

export const wireOrder = z.object({
	id: orderId,
	action: orderAction,
	version: z.int(),
	state: orderState,
	attempts: z.int(),
	issuedAt: timestamp,
	deliveredAt: timestamp.nullable(),
	lastReason: z.string().nullable(),
});

export const wireItem = z.object({
	id: itemId,
	kind: itemKind,
	/** As decided here. Null where it would tell what a first person decided who is not the one that asks. */
	state: itemState.nullable(),
	/** As the platform has acknowledged it; null where `state` is. */
	acknowledged: itemState.nullable(),
	/** The order that the platform has not acknowledged; null where it has. */
	outstanding: wireOrder.nullable(),
	version: z.int(),
	platformName: z.string(),
	/** The platform's own id of the content. */
	subject: z.string(),
	authorId: z.string(),
	/** Whose law holds for it: null where neither it nor its platform named a country. */
	...{ surface, country: country.nullable().default(null) },
	eventTime: timestamp.nullable(),
	receivedAt: timestamp,
	tier,
	policyRevision: z.int(),
	/** The breakers that were open: people decide what the machine would have withheld at once. */
	divertedBy: z
		.array(
			/** `label`: name of the bank or platform; the key itself where it has no other name. */
			z.object({ kind: z.enum(breakerKinds), key: z.string(), label: z.string() }),
		)
		.default([]),
	/** All that decided, and of each bank the nearest few. */
	signals: z.array(wireSignal),
	/** How many entries of which banks matched as well. */
	andMore: z.array(leftOut).default([]),
	/** Why the grounds of its signals are null: their policy revision is not known here. */
	unknownGrounds: z.literal("policy-unknown").nullable(),
	orders: z.array(wireOrder),
	mediaType: z.string().nullable(),
	/** How long it is and where the stills are that can be shown; null where it is no video. */
	video: keptVideo.nullable().default(null),
	/** The segment of a live stream that it is, as its platform calls it; null where it is none. */
	live: liveSegment.nullable().default(null),
	/** When it was judged again because somebody reported it, and how far detectors could be asked; null where it was not. */
	judgedAgain: z.object({ at: timestamp, examined: examinedAgain.nullable() }).nullable().default(null),
	/** Levels at which something can be shown; empty where there is nothing to show. A text has level 4 only. */
	revealLevels: z.array(revealLevel),
	/** Characters of the post's text, or null; how many excerpts of words in the picture or document can be read (`words` of a reveal). */
	...{ textLength: z.int().nullable(), wordsToRead: z.int().default(0) },
});
export type WireItem = z.infer<typeof wireItem>;

const wireMatchedEntry = z.object({
	id: entryId,
	bankName: z.string(),
	bankKind,
	hashType,
	/** What its opinions come to now. */
	standing: z.enum(["confirmed", "probable", "disputed", "cleared"]),
	opinions: z.array(z.object({ source: z.string(), kind: opinionKind })),
	isQuarantined: z.boolean(),
});
export type WireMatchedEntry = z.infer<typeof wireMatchedEntry>;

const wireCaseEvent = z.object({
	sequence: z.int(),
	/** A kind of core/cases/case.ts; `data` holds that kind's fields. */
	kind: z.string(),
	at: timestamp,
	actor: z.discriminatedUnion("kind", [
		z.object({ kind: z.literal("machine") }),
		z.object({ kind: z.literal("person"), userId, displayName: z.string() }),
	]),
	data: z.record(z.string(), z.unknown()),
});
export type WireCaseEvent = z.infer<typeof wireCaseEvent>;

export const claim = z.object({
	/** To be sent with every act. */
	fence: z.int(),
	expiresAt: timestamp,
});
export type WireClaim = z.infer<typeof claim>;

/** What a decision will do, before it is taken. */
const wireConsequences = z.object({
	/** People who must agree. */
	people: z.int(),
	/** `agreement`: of a first person's decision that is not shown; where it is another, a lead is waited for. */
	waitsFor: z.enum([...waitsFor, "agreement"]),
	/** Items by what becomes of them. */
	counts: z.record(z.enum(effects), z.int()),
	/** Where something changes; all of the case's platforms where nothing does. */
	platforms: z.array(z.string()),
	/** Entries that are disputed by it: on their word the machine withheld. */
	disputed: z.array(entryId),
});
export type WireConsequences = z.infer<typeof wireConsequences>;

const caseReports = z.object({
	/** Without those that were taken back. */
	reports: z.int(),
	reporters: z.int(),
	/** How many say that a child is in danger now. */
	danger: z.int(),
	answered: z.int(),
	/** Reporters that raised the case; more than that raise it no further. */
	counted: z.object({ voices: z.int(), trusted: z.int() }),
	about: z.array(z.object({ about: z.enum(reportSubjects), reports: z.int() })),
	/** As typed; the most named first. */
	places: z.array(z.string()),
});
export type WireCaseReports = z.infer<typeof caseReports>;
/** What an authority asked for, of what the case is about. */
const wireRequest = z.object({
	id: requestId,
	authority: z.string(),
	reference: z.string(),
	asks: asked,
	legalBasis: z.string(),
	urgentReason: z.string().nullable(),
	note: z.string(),
	receivedAt: timestamp,
	channel: channel.default("key"),
	/** When it had arrived, as whoever typed it in says; null where the authority sent it itself. */
	arrivedAt: timestamp.nullable().default(null),
	/** As typed; for people to read, not to follow. */
	places: z.array(z.string()),
});
export type WireRequest = z.infer<typeof wireRequest>;

/** Somebody whom a decision concerns asks for other people's. */
const wireAppeal = z.object({
	id: appealId,
	by: appellant,
	channel: appealChannel,
	/** An affected user's words; a reporter's are with their report. */
	text: z.string(),
	receivedAt: timestamp,
	/** Null while it waits for what people decide. */
	outcome: appealOutcome.nullable(),
});
export type WireAppeal = z.infer<typeof wireAppeal>;

/** A deadline, on a case or without one. */
export const wireClock = z.object({
	id: clockId,
	/** The law's, of jurisdictions/. */
	profile: z.string(),
	jurisdiction: z.string(),
	caseId: caseId.nullable(),
	/** What started it. */
	cause: z.enum(clockCauses),
	receivedAt: timestamp,
	urgentReason: z.string().nullable(),
	/** Null where the law names no figure, or while it is paused. */
	dueAt: timestamp.nullable(),
	/** As the server counts it now. */
	state: z.enum(["running", "paused", "kept", "late", "moot"]),
	/** Null while it runs; a late one may still run. */
	endedAt: timestamp.nullable(),
	/** Whatever of these comes first stops it. */
	doneBy: z.array(clockEventKind),
	/** All that changes anything about it. */
	hears: z.array(clockEventKind),
});
export type WireClock = z.infer<typeof wireClock>;

export const caseDetail = caseSummary.extend({
	/** Null where nobody reported it. */
	reports: caseReports.nullable().default(null),
	/** All that its items are one thing with, in this case or not; null where they are of no cluster. */
	cluster: z
		.object({
			...{ members: z.int(), isMore: z.boolean(), platforms: z.int(), accounts: z.int() },
			...{ firstSeenAt: timestamp, suggested: z.int() },
			/** The clusters themselves, as rules are snoozed for them; the first few. */
			ids: z.array(clusterId).default([]),
			/** How many of each may be seen at once (`strip` of a reveal). */
			strip: z.object({ confirmed: z.int(), suggested: z.int() }).default({ confirmed: 0, suggested: 0 }),
		})
		.nullable()
		.default(null),
	/** The decided case that its items are near copies of; whether it gathers what one account wrote, for whose sake people are asked, or one live stream. */
	copyOf: caseId.nullable().default(null),
	...{ isOfAuthor: z.boolean().default(false), isOfStream: z.boolean().default(false) },
	/** The claim of whoever asks, or null: others see only `claimedBy`. */
	claim: claim.nullable(),
	outlook: z.object({
		...{ remove: wireConsequences, restore: wireConsequences },
		/** The one who asks gave a decision already: somebody else must give the next. */
		needsAnotherPerson: z.boolean(),
		/** Two people differ: only a lead who gave neither decision may take it. */
		needsLead: z.boolean(),
		spread: spreadOutlook.nullable().default(null),
		/** Who may take the decision back now, and until when; null where this person may not. */
		undo: z.object({ kind: z.enum(["undo", "reopen"]), until: timestamp.nullable() }).nullable(),
	}),
	/** While another person is waited for. Others than who gave it learn what it was when they have decided themselves. */
	firstDecision: z.object({ decision: decision.nullable(), userId, isMine: z.boolean() }).nullable(),
	/** `specimens`: of what many posts link to a few that were kept to be looked at; nothing is decided of them. */
	...{ items: z.array(wireItem), specimens: z.array(wireItem).default([]) },
	/** What the items match, as it is now; an entry that has left its bank is not among them. */
	entries: z.array(wireMatchedEntry).default([]),
	events: z.array(wireCaseEvent),
	/** All that ran or run on it, the nearest deadline first. */
	clocks: z.array(wireClock).default([]),
	...{ requests: z.array(wireRequest).default([]), silences: z.array(wireSilence).default([]) },
	/** The newest that brought it before people, or made it more urgent; null where none did. */
	outbreak: wireOutbreak.nullable().default(null),
	/** Labels of its items and friction for their accounts. Of answers null: nobody reported it. */
	...{ measures: z.array(wireMeasure).default([]), answers: wireAnswers.nullable().default(null) },
	/** The newest last. */
	appeals: z.array(wireAppeal).default([]),
	/** Whether a decision before stands is what people are asked; whoever is to say so does not learn what it was. */
	isUnderAppeal: z.boolean().default(false),
	/** Null where the case is about items. */
	account: wireAccount.nullable().default(null),
});
export type WireCaseDetail = z.infer<typeof caseDetail>;

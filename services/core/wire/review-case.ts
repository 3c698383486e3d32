// Cases as the review API shows them. Times are ISO 8601 in UTC. A case never carries the material itself: text and pictures
// come one by one, by a reveal that is recorded.
import { z } from "zod";
import { opinionKind, transforms } from "../banks/bank.ts";
import { caseState, decision, revealLevels } from "../cases/case.ts";
import { hashType } from "../hashes/hash-type.ts";
import { bankId, caseId, entryId, itemId, orderId, userId } from "../ids.ts";
import { itemKind, itemState, orderAction } from "../items/item.ts";
import { breakerKinds } from "../policy/breaker.ts";
import { tier } from "../policy/verdict.ts";
import { unavailableReasons } from "../signals/signal.ts";
import { surface } from "./item-event.ts";

export const timestamp = z.iso.datetime();
export const revealLevel = z.literal(revealLevels);

export const caseLanes = ["known", "probable", "model", "unavailable", "second"] as const;
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
	platformName: z.string(),
	surface,
	itemCount: z.int(),
	/** A signal could not be computed: people must look although nothing was found. */
	isIncomplete: z.boolean(),
	openedAt: timestamp,
	lastItemAt: timestamp,
	claimedBy: holder.nullable(),
});
export type WireCaseSummary = z.infer<typeof caseSummary>;

const signalBase = { detector: z.enum(["hash", "model", "text", "media"]), version: z.string() };

export const wireSignal = z.discriminatedUnion("kind", [
	z.object({
		...signalBase,
		kind: z.literal("matched"),
		/** What this match alone amounts to; null where it counts for nothing (shadow bank, exemption). */
		tier: tier.nullable(),
		match: z.object({
			bankId,
			bankName: z.string(),
			bankKind: z.enum(["known", "exempt"]),
			category: z.string(),
			trusted: z.boolean(),
			shadow: z.boolean(),
			entryId,
			hashType,
			distanceBits: z.int(),
			tightRadiusBits: z.int(),
			wideRadiusBits: z.int(),
			transform: z.enum(transforms),
			queryQuality: z.number().nullable(),
			entryQuality: z.number().nullable(),
			standing: z.enum(["confirmed", "probable", "disputed"]),
			positiveSources: z.int(),
			/** The entry suddenly matched much: whatever it matches is for people until someone confirms or clears it. */
			isQuarantined: z.boolean().default(false),
			/** What its sources label it with, and the highest grade that one gives it (0–5). */
			categories: z.array(z.string()).readonly().default([]),
			severity: z.number().nullable().default(null),
		}),
	}),
	z.object({
		...signalBase,
		kind: z.literal("scored"),
		model: z.string(),
		backend: z.string(),
		category: z.string(),
		/** 0–1. */
		probability: z.number(),
		/** From which probability an item went to people, as accepted for the model or set by the verdict's policy; null where neither is at hand. */
		threshold: z.number().nullable(),
		/** Revision of the model settings that the score was read under. */
		settingsRevision: z.int().optional(),
		labels: z.record(z.string(), z.number()),
	}),
	z.object({ ...signalBase, kind: z.literal("clear") }),
	z.object({ ...signalBase, kind: z.literal("unavailable"), reason: z.enum(unavailableReasons) }),
]);
export type WireSignal = z.infer<typeof wireSignal>;

export const wireOrder = z.object({
	id: orderId,
	action: orderAction,
	version: z.int(),
	state: z.string(),
	attempts: z.int(),
	issuedAt: timestamp,
	deliveredAt: timestamp.nullable(),
	lastReason: z.string().nullable(),
});

export const wireItem = z.object({
	id: itemId,
	kind: itemKind,
	state: itemState,
	version: z.int(),
	platformName: z.string(),
	/** The platform's own id of the content. */
	subject: z.string(),
	authorId: z.string(),
	surface,
	eventTime: timestamp.nullable(),
	receivedAt: timestamp,
	tier,
	policyRevision: z.int(),
	/** The breakers that were open: people decide what the machine would have withheld at once. */
	divertedBy: z
		.array(
			z.object({
				kind: z.enum(breakerKinds),
				key: z.string(),
				/** Name of the bank or platform; the key itself where it has no other name. */
				label: z.string(),
			}),
		)
		.default([]),
	signals: z.array(wireSignal),
	orders: z.array(wireOrder),
	mediaType: z.string().nullable(),
	/** Levels at which something can be shown; empty where there is nothing to show. A text has level 4 only. */
	revealLevels: z.array(revealLevel),
	/** Characters of the post's text, or null. */
	textLength: z.int().nullable(),
});
export type WireItem = z.infer<typeof wireItem>;

export const wireMatchedEntry = z.object({
	id: entryId,
	bankName: z.string(),
	bankKind: z.enum(["known", "exempt"]),
	hashType,
	/** What its opinions come to now. */
	standing: z.enum(["confirmed", "probable", "disputed", "cleared"]),
	opinions: z.array(z.object({ source: z.string(), kind: opinionKind })),
	isQuarantined: z.boolean(),
});
export type WireMatchedEntry = z.infer<typeof wireMatchedEntry>;

export const wireCaseEvent = z.object({
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

export const caseDetail = caseSummary.extend({
	/** The claim of whoever asks, or null: others see only `claimedBy`. */
	claim: claim.nullable(),
	/** What a decision will do, before it is taken. */
	outlook: z.object({
		/** People who must agree before content of this tier is removed for good. */
		removalPeople: z.int(),
		/** The next `remove` is the last one needed. */
		isRemoveFinal: z.boolean(),
		/** The one who asks gave the first decision, and may not give the second. */
		needsAnotherPerson: z.boolean(),
		/** `restore` disputes these: on their word the machine withheld. */
		disputedByRestore: z.array(entryId).default([]),
	}),
	firstDecision: z.object({ decision, userId, isMine: z.boolean() }).nullable(),
	items: z.array(wireItem),
	/** What the items match, as it is now; an entry that has left its bank is not among them. */
	entries: z.array(wireMatchedEntry).default([]),
	events: z.array(wireCaseEvent),
});
export type WireCaseDetail = z.infer<typeof caseDetail>;

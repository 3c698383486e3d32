// One function per business event: the log line and the metric together, with one shape at every call site. An event helper
// never throws. Nothing of the content goes in: ids, codes, counts, seconds.

import type { EntryJudgement } from "../core/banks/entry-judgement.ts";
import type { EntrySurge } from "../core/banks/entry-surge.ts";
import type { CaseId, EntryId, ItemId, OrderId, PlatformId, SweepId } from "../core/ids.ts";
import type { MeasureKind } from "../core/measures/measure.ts";
import type { AnyOrderAction } from "../core/orders/order.ts";
import type { BreakerKind } from "../core/policy/breaker.ts";
import type { DeadLetter } from "../core/ports/dead-letter-store.ts";
import type { UnavailableReason } from "../core/signals/unavailable/reasons.ts";
import type { SweepState } from "../core/sweeps/sweep.ts";
import type { ClockSkew } from "../core/wire/event-time.ts";
import { clockEvents } from "./clock-events.ts";
import { detectorEvents } from "./detector-events.ts";
import { historyEvents } from "./history-events.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { outbreakEvents } from "./outbreak-events.ts";
import { portalEvents } from "./portal-events.ts";

export type Events = ReturnType<typeof createEvents>;

export function createEvents(logger: Logger, metrics: Metrics) {
	return {
		...intakeEvents(logger, metrics),
		...detectorEvents(logger, metrics),
		...recordEvents(logger, metrics),
		...breakerEvents(logger, metrics),
		...sweepEvents(logger, metrics),
		...outbreakEvents(logger, metrics),
		...bankEvents(logger, metrics),
		...takedownEvents(logger, metrics),
		...peopleEvents(logger, metrics),
		...historyEvents(logger, metrics),
		...portalEvents(logger, metrics),
		...clockEvents(logger, metrics),
	};
}

function intakeEvents(logger: Logger, metrics: Metrics) {
	const swept = metrics.counter(
		"breakwater_uploads_swept_total",
		"Uploads deleted because no event named them in time; each was left behind by a fault.",
	);
	const accepted = metrics.counter("breakwater_events_accepted_total", "Events taken in by intake.", ["type"]);
	const refused = metrics.counter("breakwater_events_refused_total", "Events refused by intake.", ["code"]);
	return {
		eventAccepted(event: { readonly type: string; readonly platformId: PlatformId }): void {
			accepted.inc({ type: event.type });
		},
		eventRefused(event: { readonly code: string }): void {
			refused.inc({ code: event.code });
		},
		uploadsSwept(event: { readonly uploads: number }): void {
			if (event.uploads === 0) return;
			swept.inc(event.uploads);
			logger.info({ event: "uploads-swept", ...event });
		},
	};
}

/** A minute, an hour, a day, a week, a year, a century: clocks are wrong by very different amounts. */
const skewBuckets = [60, 3_600, 86_400, 604_800, 31_536_000, 3_153_600_000];
const tellSkewEveryMs = 600_000;

/** What becomes of a record that is not settled by a verdict. */
function recordEvents(logger: Logger, metrics: Metrics) {
	const deferred = metrics.counter(
		"breakwater_records_deferred_total",
		"Records beyond their platform's share, moved to the overflow lane while others waited.",
		["topic"],
	);
	const skew = metrics.histogram(
		"breakwater_platform_clock_skew_seconds",
		"How far times of events lie ahead of their receipt, or behind it where they cannot be true; time-to-withhold does not count from them.",
		["direction"],
		skewBuckets,
	);
	const toldOf = new Map<PlatformId, number>();
	const parked = metrics.counter("breakwater_dead_letters_total", "Records parked.", ["reason"]);
	const retried = metrics.counter("breakwater_records_retried_total", "Records tried again for a reason of ours.", [
		"reason",
	]);
	return {
		recordDeferred(event: { readonly topic: string; readonly platform: string; readonly isFirst: boolean }): void {
			deferred.inc({ topic: event.topic });
			if (event.isFirst) logger.warn({ event: "platform-over-share", topic: event.topic, platform: event.platform });
		},
		/** The log line comes once in a while for each platform, however many of its events it concerns. */
		platformClockWrong(event: { readonly platformId: PlatformId } & ClockSkew): void {
			skew.observe({ direction: event.direction }, event.seconds);
			const now = performance.now();
			if (now - (toldOf.get(event.platformId) ?? Number.NEGATIVE_INFINITY) < tellSkewEveryMs) return;
			toldOf.set(event.platformId, now);
			logger.warn({ event: "platform-clock-wrong", ...event });
		},
		recordRetried(event: {
			readonly reason: UnavailableReason | "evidence-not-kept" | "store-unavailable" | "step-failed";
			readonly attempt: number;
			readonly delayMs: number;
			/** A code such as ENOSPC or 53100. */
			readonly cause: string | null;
		}): void {
			retried.inc({ reason: event.reason });
			logger.warn({ event: "record-retried", ...event });
		},
		/** `faults`: what was wrong, by codes; of an unknown platform, whether nobody sends as that source or it was not signed. */
		recordParked(
			event: Pick<DeadLetter, "reason" | "topic" | "partition" | "offset"> & { readonly faults: readonly string[] },
		): void {
			parked.inc({ reason: event.reason });
			logger.warn({ event: "record-parked", ...event });
		},
	};
}

function bankEvents(logger: Logger, metrics: Metrics) {
	const quarantined = metrics.counter(
		"breakwater_entries_quarantined_total",
		"Entries that suddenly matched much, and whose matches now go to people.",
	);
	const judged = metrics.counter("breakwater_entries_judged_total", "What people concluded of entries.", ["judgement"]);
	return {
		entryQuarantined(event: { readonly entryId: EntryId; readonly surge: EntrySurge }): void {
			quarantined.inc();
			logger.warn({ event: "entry-quarantined", ...event });
		},
		entryJudged(event: { readonly entryId: EntryId; readonly judgement: EntryJudgement }): void {
			judged.inc({ judgement: event.judgement });
			logger.info({ event: "entry-judged", ...event });
		},
	};
}

function sweepEvents(logger: Logger, metrics: Metrics) {
	const judgedAgain = metrics.counter(
		"breakwater_reported_items_judged_total",
		"Items that were reported and judged again; `none`: a machine withheld nothing by that.",
		["effect"],
	);
	const moved = metrics.counter("breakwater_sweeps_total", "Sweeps of earlier items, by what they came to.", ["state"]);
	const swept = metrics.counter("breakwater_swept_items_total", "Earlier items that sweeps acted on.", ["effect"]);
	return {
		sweepMoved(event: { readonly sweepId: SweepId; readonly state: SweepState }): void {
			moved.inc({ state: event.state });
			const level = event.state === "waiting" ? "warn" : "info";
			logger[level]({ event: "sweep-moved", ...event });
		},
		itemsJudgedAgain({ withheld, items }: { readonly withheld: number; readonly items: number }): void {
			judgedAgain.inc({ effect: "withhold" }, withheld);
			judgedAgain.inc({ effect: "none" }, items - withheld);
		},
		itemsSwept({ withheld, items }: { readonly withheld: number; readonly items: number }): void {
			swept.inc({ effect: "withhold" }, withheld);
			swept.inc({ effect: "review" }, items - withheld);
		},
	};
}

function breakerEvents(logger: Logger, metrics: Metrics) {
	const diverted = metrics.counter(
		"breakwater_withholds_diverted_total",
		"What would have been withheld, and went to people because a breaker is open.",
		["kind"],
	);
	const measures = metrics.counter(
		"breakwater_measures_by_rules_total",
		"What a machine did about items, short of hiding them, because a rule advises it.",
		["measure"],
	);
	const tripped = metrics.counter("breakwater_breakers_tripped_total", "Breakers that opened by themselves.", ["kind"]);
	return {
		withholdDiverted(event: { readonly itemId: ItemId; readonly by: readonly string[] }): void {
			for (const kind of new Set(event.by.map((scope) => scope.split(":", 1)[0] ?? ""))) diverted.inc({ kind });
			logger.warn({ event: "withhold-diverted", ...event });
		},
		measureTaken(event: { readonly itemId: ItemId; readonly measure: MeasureKind }): void {
			measures.inc({ measure: event.measure });
			logger.info({ event: "measure-taken", ...event });
		},
		breakerTripped(event: {
			readonly kind: BreakerKind;
			readonly key: string;
			readonly perMinute: number;
			readonly baselinePerMinute: number;
		}): void {
			tripped.inc({ kind: event.kind });
			logger.error({ event: "breaker-tripped", ...event });
		},
	};
}

/** An order that went out: where to, for which case, and how often so far. Platforms are few, and may label a metric. */
interface SentOrder {
	readonly orderId: OrderId;
	readonly platform: string;
	readonly caseId: CaseId | null;
	readonly attempts: number;
}

function takedownEvents(logger: Logger, metrics: Metrics) {
	const delivered = metrics.counter("breakwater_orders_delivered_total", "Orders acknowledged by platforms.", [
		"platform",
		"action",
	]);
	const failed = metrics.counter(
		"breakwater_order_attempts_failed_total",
		"Attempts that a platform did not acknowledge.",
		["platform", "reason"],
	);
	const undelivered = metrics.counter("breakwater_orders_undelivered_total", "Orders given up until replayed.", [
		"platform",
		"reason",
	]);
	const withholdSeconds = metrics.histogram(
		"breakwater_time_to_withhold_seconds",
		"From the event's own time, or its receipt where that lies before it or over a day later, to the platform's acknowledgement of the withhold order.",
		["tier"],
	);
	const held = metrics.gauge(
		"breakwater_platforms_held",
		"Platforms that get no orders now because they do not answer.",
	);
	held.set(0);
	const strikesGathered = metrics.counter(
		"breakwater_account_strikes_gathered_total",
		"Times that strikes of an account were put before people: a case about it was opened, or was joined.",
		["case"],
	);
	const escalated = metrics.counter("breakwater_cases_escalated_total", "Cases put in front of people.");
	return {
		orderDelivered(
			event: SentOrder & {
				readonly action: AnyOrderAction;
				readonly tier: string;
				readonly secondsSinceEvent: number;
			},
		): void {
			delivered.inc({ platform: event.platform, action: event.action });
			if (event.action === "withhold") withholdSeconds.observe({ tier: event.tier }, event.secondsSinceEvent);
			logger.info({ event: "order-delivered", ...event });
		},
		orderAttemptFailed(event: SentOrder & { readonly reason: string }): void {
			failed.inc({ platform: event.platform, reason: event.reason });
			logger.warn({ event: "order-attempt-failed", ...event });
		},
		orderUndelivered(event: SentOrder & { readonly reason: string }): void {
			undelivered.inc({ platform: event.platform, reason: event.reason });
			logger.error({ event: "order-undelivered", ...event });
		},
		platformHeld(event: { readonly platformId: PlatformId; readonly reason: string; readonly delayMs: number }): void {
			held.inc();
			logger.warn({ event: "platform-held", ...event });
		},
		platformAnswering(event: { readonly platformId: PlatformId }): void {
			held.dec();
			logger.info({ event: "platform-answering", ...event });
		},
		caseEscalated(event: { readonly caseId: CaseId }): void {
			escalated.inc();
			logger.info({ event: "case-escalated", ...event });
		},
		/** An account has strikes that laws ask about; which account is with the case. */
		strikesGathered(event: { readonly caseId: CaseId; readonly isOpened: boolean; readonly strikes: number }): void {
			strikesGathered.inc({ case: event.isOpened ? "opened" : "joined" });
			logger.info({ event: "strikes-gathered", ...event });
		},
	};
}

function peopleEvents(logger: Logger, metrics: Metrics) {
	const decided = metrics.counter("breakwater_cases_decided_total", "Decisions of people.", ["decision", "tier"]);
	const revealed = metrics.counter("breakwater_reveals_total", "Views of material.", ["level"]);
	const logins = metrics.counter("breakwater_logins_total", "Attempts to log in.", ["outcome"]);
	return {
		caseDecided(event: {
			readonly caseId: CaseId;
			readonly decision: string;
			readonly tier: string;
			readonly isFinal: boolean;
		}): void {
			if (event.isFinal) decided.inc({ decision: event.decision, tier: event.tier });
			logger.info({ event: "case-decided", ...event });
		},
		decisionUndone(event: { readonly caseId: CaseId }): void {
			logger.info({ event: "decision-undone", ...event });
		},
		materialRevealed(event: { readonly caseId: CaseId; readonly level: number }): void {
			revealed.inc({ level: String(event.level) });
			logger.info({ event: "material-revealed", ...event });
		},
		loginTried(event: { readonly outcome: "ok" | "refused" | "limited" }): void {
			logins.inc({ outcome: event.outcome });
			if (event.outcome !== "ok") logger.warn({ event: "login-refused", outcome: event.outcome });
		},
	};
}

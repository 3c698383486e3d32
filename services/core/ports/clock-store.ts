// Deadlines that run. A clock keeps the rules and the moment of receipt with which it began; what happened to it, and what was written down of
// it, is only added to. Processes' own time is `Clock`, in clock.ts.
import type { Doer } from "../acts/doer.ts";
import type { Clock, ClockStart } from "../clocks/clock.ts";
import type { ClockEventKind, ClockOutcome } from "../clocks/clock-codes.ts";
import type { ClockMark } from "../clocks/kept-clock.ts";
import type { CaseId, ClockId, ItemId } from "../ids.ts";

/** What started it: a thing of ours, and which. */
export const clockCauses = ["case", "report", "authority-request", "appeal"] as const;
interface ClockCause {
	readonly kind: (typeof clockCauses)[number];
	readonly id: string;
}

export interface NewClock extends ClockStart {
	readonly jurisdiction: string;
	readonly cause: ClockCause;
	readonly caseId: CaseId | null;
	/**
	 * What is to be removed: once the platforms have acknowledged that all of it is, the clock is told `order-acknowledged`. Null: something that
	 * is no item of ours, of which only people can say so.
	 */
	readonly targets: readonly { readonly itemId: ItemId | null; readonly caseId: CaseId | null }[];
}

export interface KeptEvent {
	/** The same again changes nothing. */
	readonly id: string;
	readonly kind: ClockEventKind;
	readonly at: Date;
	readonly recordedAt: Date;
}

export interface KeptClock {
	readonly id: ClockId;
	readonly jurisdiction: string;
	readonly cause: ClockCause;
	readonly caseId: CaseId | null;
	/** As it stands by its events; what it comes to now is core/clocks/clock.ts. */
	readonly clock: Clock;
	readonly events: readonly KeptEvent[];
	readonly marks: readonly (ClockMark & { readonly notedAt: Date })[];
}

export interface ClockFilter {
	/** Those that run and are due before then, or over time already; null: all that run. Without it, ended ones too. */
	readonly runningUntil?: Date | null;
	readonly caseId?: CaseId;
	readonly cause?: ClockCause;
	readonly limit: number;
}

export interface ClockCounts {
	/** By profile, of those that run. */
	readonly running: readonly {
		readonly profile: string;
		readonly running: number;
		/** Warned of, and not over time. */
		readonly near: number;
		readonly late: number;
		readonly nextDueAt: Date | null;
	}[];
	readonly ended: Readonly<Record<ClockOutcome, number>>;
	/** The oldest moment at which a clock should have been looked at, and was not. */
	readonly unlookedSince: Date | null;
}

export interface NewMark {
	readonly clockId: ClockId;
	readonly profile: string;
	readonly mark: ClockMark;
	/** From when it was due to be written down. */
	readonly lateByMs: number;
}

export interface ClockStore {
	/** Answers the clock of that profile and cause: the same again starts no other one. */
	start(clock: NewClock, at: Date): Promise<ClockId>;
	/** Throws `not-found`. What happened before the receipt, by a clock that was set since, counts as at the receipt. */
	tell(
		id: ClockId,
		event: Omit<KeptEvent, "recordedAt">,
		by: { readonly doer: Doer; readonly reason: string | null; readonly at: Date },
	): Promise<KeptClock>;
	/** Writes down what is due by then of the clocks that must be looked at, some at a time; safe in several processes. */
	keep(at: Date, limit: number): Promise<readonly NewMark[]>;
	/** The nearest deadline first, then those without a figure; ended ones last. */
	list(filter: ClockFilter): Promise<readonly KeptClock[]>;
	find(id: ClockId): Promise<KeptClock | null>;
	counts(at: Date): Promise<ClockCounts>;
}

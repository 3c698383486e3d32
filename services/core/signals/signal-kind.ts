// What a kind of signal must bring: its shape, what it finds under a policy, and what others need to know of it. A missing part does
// not compile.
import type { z } from "zod";
import type { BankId, EntryId } from "../ids.ts";
import type { Segment } from "../items/segment.ts";
import type { BreakerScope } from "../policy/breaker.ts";
import type { Policy } from "../policy/policy.ts";
import type { Tier } from "../policy/verdict.ts";
import type { SignalFacts } from "../rules/fact.ts";
import type { Signal } from "./signal.ts";
import type { UnavailableReason } from "./unavailable/reasons.ts";

/** What one signal comes to by itself under a policy, before the item's other signals are considered. */
export interface Finding {
	readonly tier: Tier;
	readonly category: string | null;
	/** Codes, of the kind's {@link SignalKind.reasons}, of what kept it from counting, or from counting for more. */
	readonly reasons: readonly string[];
	/** Figures of the policy that it was held against, by name. */
	readonly limits: Readonly<Record<string, number>>;
	readonly bearing: Bearing;
	/** Points that it adds to the urgency of what reaches people. */
	readonly raise: number;
	/** What a bank or a rule on trial would find if it were not; null where it is not on trial. */
	readonly inShadow: { readonly on: BreakerScope; readonly finding: Finding } | null;
}

/**
 * What a finding does to those of the item's other signals. `exempts`: the item is known to be harmless, and they count for nothing.
 * `doubts`: it may be, and they have nothing withheld. `stands`: no exemption overrules it.
 */
export type Bearing = "none" | "exempts" | "doubts" | "stands";

/** The entry of a bank that a signal names, in whatever depth, as `entryId`: the record is asked for it by that name. */
export interface NamedEntry {
	readonly id: EntryId;
	readonly bankId: BankId;
	readonly bankName: string;
	readonly distanceBits: number;
	readonly isQuarantined: boolean;
	/** Whether copies of it are one case: entries of things known, in banks that are not on trial. */
	readonly gathers: boolean;
	readonly resemblance: Resemblance;
}

/**
 * How an item is like an entry, what says most of which thing it is first. `picture`: strongly, by its pixels; `same`: by its bytes or words;
 * `weak`: by its pixels, but far; `wording`: a text that only resembles it, where one word may turn the meaning round, so that each wording
 * is judged by itself.
 */
export const resemblances = ["picture", "same", "weak", "wording"] as const;
export type Resemblance = (typeof resemblances)[number];

/** A signal as some version of its kind wrote it to the record. */
export type StoredSignal = Readonly<Record<string, unknown>>;

export interface SignalKind<S extends Signal> {
	/** The only shape, in memory, in the record and on the wire. */
	readonly schema: z.ZodType<S>;
	/** The first turns a row of version 1 into one of version 2, and so on; the present version is one more than there are. */
	readonly upgrades: readonly ((stored: StoredSignal) => StoredSignal)[];
	/** The codes that its findings may give as reasons. The console has words for each (console/evidence/). */
	readonly reasons: readonly string[];
	find(signal: S, policy: Policy): Finding;
	/** What a withhold on it rests on: each can be stopped by a breaker. */
	scopesOf(signal: S): readonly BreakerScope[];
	entryOf(signal: S): NamedEntry | null;
	/** Where in a video it was found; empty where it was not, or says something of the whole. */
	segmentsOf(signal: S): readonly Segment[];
	/** The members of a container in which it was found; empty where it says something of the whole. */
	withinOf?(signal: S): readonly string[];
	/**
	 * What it asks people about is the author, or a place that the item links to, and not what it says: items of one author that nothing else brings before
	 * people are one case, and what is decided of it says nothing of others' copies (cases/cluster-key.ts).
	 */
	isOfAuthor?(signal: S): boolean;
	/** Why it could not be computed; null where it could. */
	failureOf(signal: S): UnavailableReason | null;
	/** What it tells rules; null where they read nothing of it. */
	readonly facts: SignalFacts<S> | null;
}

/** For findings that leave out what is as usual. */
export function finding(found: Partial<Finding> & Pick<Finding, "tier">): Finding {
	return { category: null, reasons: [], limits: {}, bearing: "none", raise: 0, inShadow: null, ...found };
}

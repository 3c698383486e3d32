// The kinds of signal, one line each. Whoever has a signal asks here; nobody outside of a kind's folder asks which kind it is.
import { z } from "zod";
import type { Segment } from "../items/segment.ts";
import type { BreakerScope } from "../policy/breaker.ts";
import type { Policy } from "../policy/policy.ts";
import type { SignalFacts } from "../rules/fact.ts";
import { clear } from "./clear/clear.ts";
import { contacts } from "./contacts/contacts.ts";
import { decided } from "./decided/decided.ts";
import { matched } from "./matched/matched.ts";
import { rule } from "./rule/rule-signal.ts";
import { scored } from "./scored/scored.ts";
import { type Signal, signal as signalShape } from "./signal.ts";
import type { Finding, NamedEntry, SignalKind, StoredSignal } from "./signal-kind.ts";
import type { UnavailableReason } from "./unavailable/reasons.ts";
import { unavailable } from "./unavailable/unavailable.ts";
import { unexamined } from "./unexamined/unexamined.ts";
import { written } from "./written/written.ts";

export type SignalKinds = Readonly<Record<string, SignalKind<Signal>>>;

export const signalKinds = {
	matched,
	decided,
	scored,
	written,
	rule,
	contacts,
	clear,
	unavailable,
	unexamined,
} as const satisfies SignalKinds;

/** Answers for any signal what its kind says of it. */
export interface SignalCatalogue {
	find(signal: Signal, policy: Policy): Finding;
	scopesOf(signal: Signal): readonly BreakerScope[];
	entryOf(signal: Signal): NamedEntry | null;
	segmentsOf(signal: Signal): readonly Segment[];
	withinOf(signal: Signal): readonly string[];
	isOfAuthor(signal: Signal): boolean;
	failureOf(signal: Signal): UnavailableReason | null;
	/** What kinds tell rules, by kind. */
	readonly facts: readonly { readonly kind: string; readonly facts: SignalFacts<Signal> }[];
	/** As it goes to the record: with the version of its kind's shape. */
	toStored(signal: Signal): StoredSignal;
	/** From the record, whatever version it was written in. Throws where it is of no kind that is known here, or not of its shape. */
	fromStored(stored: unknown): Signal;
}

/** Rows of version 1 do not name it. */
const storedSignal = signalShape.extend({ schemaVersion: z.int().min(1).default(1) });

export function createSignalCatalogue(kinds: SignalKinds): SignalCatalogue {
	const kindOf = ({ kind }: Pick<Signal, "kind">) => {
		const found = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
		if (found === undefined) throw new Error(`no such kind of signal: ${kind}`);
		return found;
	};
	return {
		find: (signal, policy) => kindOf(signal).find(signal, policy),
		scopesOf: (signal) => kindOf(signal).scopesOf(signal),
		entryOf: (signal) => kindOf(signal).entryOf(signal),
		segmentsOf: (signal) => kindOf(signal).segmentsOf(signal),
		withinOf: (signal) => kindOf(signal).withinOf?.(signal) ?? [],
		isOfAuthor: (signal) => kindOf(signal).isOfAuthor?.(signal) === true,
		failureOf: (signal) => kindOf(signal).failureOf(signal),
		facts: Object.entries(kinds).flatMap(([kind, { facts }]) => (facts === null ? [] : [{ kind, facts }])),
		toStored(signal) {
			const version = kindOf(signal).upgrades.length + 1;
			return version === 1 ? signal : { schemaVersion: version, ...signal };
		},
		fromStored(stored) {
			const { schemaVersion, ...signal } = storedSignal.parse(stored);
			const { schema, upgrades } = kindOf(signal);
			const due = upgrades.slice(schemaVersion - 1);
			return schema.parse(due.reduce<StoredSignal>((row, upgrade) => upgrade(row), signal));
		},
	};
}

/** The catalogue of the kinds above; whoever weighs, writes or reads signals may be given another. */
export const signalCatalogue = createSignalCatalogue(signalKinds);

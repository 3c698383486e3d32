// Records that could not be processed, kept with their reason until someone replays or discards them.
import type { Fault, KeptFault } from "../fault.ts";
import type { DeadLetterId } from "../ids.ts";
import type { ActedBy, StuckAct, StuckFilter } from "../stuck/stuck.ts";
import type { Topic } from "../wire/topics.ts";

export const deadLetterReasons = [
	"malformed-json",
	"malformed-event",
	"unknown-event-type",
	"unknown-platform",
	"retries-exhausted",
	"record-rejected",
	"evidence-not-kept",
] as const;
export type DeadLetterReason = (typeof deadLetterReasons)[number];

export interface NewDeadLetter {
	readonly reason: DeadLetterReason;
	/** What is wrong with it. */
	readonly faults: readonly Fault[];
	readonly topic: Topic;
	readonly partition: number;
	readonly offset: string;
	readonly key: string | null;
	readonly value: Uint8Array;
	readonly headers: Readonly<Record<string, string>>;
	readonly attempts: number;
}

export const deadLetterStates = ["parked", "replayed", "discarded"] as const;

export interface DeadLetter extends Omit<NewDeadLetter, "faults"> {
	/** Letters parked before there were codes have their sentence. */
	readonly faults: readonly KeptFault[];
	readonly id: DeadLetterId;
	readonly state: (typeof deadLetterStates)[number];
	readonly parkedAt: Date;
	readonly resolvedAt: Date | null;
	readonly resolvedBy: string | null;
	readonly resolution: string | null;
}

export interface DeadLetterFilter extends StuckFilter {
	readonly state?: DeadLetter["state"];
	readonly limit: number;
}

export interface DeadLetterStore {
	/** Idempotent by topic, partition, offset and value: parking the same record twice keeps one. */
	park(letters: readonly NewDeadLetter[]): Promise<void>;
	list(filter: DeadLetterFilter): Promise<readonly DeadLetter[]>;
	find(id: DeadLetterId): Promise<DeadLetter | null>;
	/** Which of these texts occur in parked records of media. */
	mentioned(texts: readonly string[]): Promise<ReadonlySet<string>>;
	counts(): Promise<readonly { readonly reason: DeadLetterReason; readonly count: number }[]>;
	/** Only parked letters can be resolved; answers how many were. */
	resolve(filter: StuckFilter, act: StuckAct, by: ActedBy): Promise<number>;
}

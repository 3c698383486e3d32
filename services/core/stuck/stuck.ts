// What can be stuck, and what people do with it: records that were parked, jobs that are not done, orders that no platform took. Each
// that is replayed or discarded is an act of its own, written in the transaction that carries it out.
import type { ActCode } from "../acts/act-catalogue.ts";

export const stuckKinds = ["dead-letter", "job", "order"] as const;
export type StuckKind = (typeof stuckKinds)[number];
export type StuckAct = "replayed" | "discarded";

/** Which of them; a field that is not given leaves none out. */
export interface StuckFilter {
	readonly ids?: readonly string[] | undefined;
	/** Why it is stuck: a dead letter's reason, an order's last one; of a job, its name. */
	readonly reason?: string | undefined;
	/** Parked, recorded or issued at this time or later. */
	readonly since?: Date | undefined;
	readonly until?: Date | undefined;
}

export interface ActedBy {
	readonly by: string;
	readonly why: string;
}

/** The act's code in the log. */
export function stuckActCode(kind: StuckKind, act: StuckAct) {
	return `${kind}-${act}` as const satisfies ActCode;
}

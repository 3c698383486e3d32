// What people do with what is stuck: records that were parked, jobs that are not done, orders that no platform took. The stores of
// each write an act in the transaction that carries it out; here they are read.

export const stuckKinds = ["dead-letter", "job", "order"] as const;
export type StuckKind = (typeof stuckKinds)[number];
export const stuckActs = ["replayed", "discarded"] as const;
export type StuckAct = (typeof stuckActs)[number];

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

interface OperatorAct extends ActedBy {
	readonly at: Date;
	readonly act: StuckAct;
	readonly kind: StuckKind;
	readonly subject: string;
}

export interface OperatorActStore {
	/** The newest first. */
	list(filter: { readonly subject?: string | undefined; readonly limit: number }): Promise<readonly OperatorAct[]>;
}

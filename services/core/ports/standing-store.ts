// Standing decisions, as those who keep them in memory read them. They are written with the decisions of cases.
import type { StandingDecision } from "../clusters/standing-decision.ts";

/** A decision with what it is about; `decision` is null once it was taken back. */
export interface RecordedDecision extends Omit<StandingDecision, "decision"> {
	readonly subject: string;
	readonly decision: StandingDecision["decision"] | null;
}

export interface StandingStore {
	/** All that stand, in portions. Answers the record's own time at the beginning, for {@link StandingStore.writtenSince}. */
	load(take: (decisions: readonly RecordedDecision[]) => void): Promise<Date>;
	/** Those given, or taken back, since a time that the record answered before; some are answered twice. */
	writtenSince(time: Date): Promise<{ readonly decisions: readonly RecordedDecision[]; readonly time: Date }>;
	/** Calls back when a decision was given or taken back, in any process. */
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}

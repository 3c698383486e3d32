// What people decided and what they wait to see, as those who keep it in memory read it. It is written with the decisions of cases, and with outbreaks.
import type { StandingDecision } from "../clusters/standing-decision.ts";
import type { CaseId } from "../ids.ts";
import type { Subject } from "../outbreaks/subject.ts";

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
	/** What spreads and has a case that shows too little (core/outbreaks/specimen.ts): few at any time, all of them at once. */
	awaited(): Promise<readonly { readonly subject: Subject; readonly caseId: CaseId }[]>;
	/** Calls back when any of this changed, in any process. */
	onChanged(listener: () => void): Promise<AsyncDisposable>;
}

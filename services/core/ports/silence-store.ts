import type { CaseId, SilenceId, UserId } from "../ids.ts";

/** While it lasts nobody outside is told of its case: neither the affected user nor whoever reported it. */
interface Silence {
	readonly id: SilenceId;
	readonly caseId: CaseId;
	readonly reason: string;
	/** The authority whose request forbids it, and its reference; null where a person of ours holds back. */
	readonly askedBy: { readonly authority: string; readonly reference: string } | null;
	readonly begunBy: string | null;
	readonly begunAt: Date;
	/** Null: until somebody ends it. */
	readonly until: Date | null;
}

/** How much was told once nothing held it back any more. */
export interface ToldLate {
	readonly reports: number;
	readonly statements: number;
}

export interface SilenceStore {
	/** Those that last, the oldest first. */
	list(filter: { readonly caseId?: CaseId; readonly limit: number }): Promise<readonly Silence[]>;
	/** Null where there is no such case. */
	begin(silence: Pick<Silence, "caseId" | "reason" | "until">, by: UserId, at: Date): Promise<SilenceId | null>;
	/** Tells what was held, unless another silence of the case lasts. Null where there is none of that id that lasts. */
	end(id: SilenceId, by: { readonly userId: UserId; readonly why: string }, at: Date): Promise<ToldLate | null>;
	/** Ends those whose time has come, and answers how many they were. */
	endDue(at: Date): Promise<number>;
}

import type { BankId, DraftId } from "../../../core/ids.ts";
import type { BankDraft, DraftSources, DraftState, RejectedRows } from "../../../core/ports/bank-draft-store.ts";

export interface DraftRow {
	readonly id: DraftId;
	readonly bank_id: BankId;
	readonly bank_name: string;
	readonly origin: string;
	readonly source: string;
	readonly is_replacing: boolean;
	readonly state: DraftState;
	readonly created_by: string;
	readonly created_at: Date;
	readonly row_count: number;
	readonly done_rows: number;
	readonly base_sequence: string;
	readonly entries_before: number;
	readonly added: number;
	readonly changed: number;
	readonly removed: number;
	readonly same: number;
	readonly rejected: RejectedRows;
	readonly sources: DraftSources;
	readonly faults: readonly string[];
	readonly decided_by: string | null;
	readonly decided_at: Date | null;
	readonly why: string | null;
}

export function toDraft(row: DraftRow): BankDraft {
	const { id, origin, state, added, changed, removed, same, rejected, sources, faults, why } = row;
	return {
		...{ id, origin, state, rejected, sources, faults, why },
		bankId: row.bank_id,
		bankName: row.bank_name,
		isReplacing: row.is_replacing,
		createdBy: row.created_by,
		createdAt: row.created_at,
		rowCount: row.row_count,
		doneRows: row.done_rows,
		entriesBefore: row.entries_before,
		delta: { added, changed, removed, same },
		decidedBy: row.decided_by,
		decidedAt: row.decided_at,
	};
}

// A draft in words: its delta, and what was refused.
import type { BankDraft } from "../core/ports/bank-draft-store.ts";

export function describeDraft({ delta, rejected }: Pick<BankDraft, "delta" | "rejected">): string {
	const { added, changed, removed, same } = delta;
	const reasons = Object.entries(rejected.byCode).map(([code, count]) => `\n  ${count} refused: ${code}`);
	const lines = rejected.first.map(({ line, detail }) => `\n    line ${line}: ${detail}`);
	const more = rejected.count > rejected.first.length ? `\n    and ${rejected.count - rejected.first.length} more` : "";
	return `${added} added, ${changed} changed, ${removed} removed, ${same} already there${reasons.join("")}${lines.join("")}${more}`;
}

/** What a second person is asked to look at. */
export function describeFaults({ id, faults }: Pick<BankDraft, "id" | "faults">): string {
	return `${faults.join("; ")}\nA second person must look at it: breakwater bank approve ${id} --login <theirs>, or reject ${id}`;
}

// A draft in words: its delta, who speaks in it, and what was refused.
import type { BankDraft } from "../core/ports/bank-draft-store.ts";
import { sentence, sentences } from "../words/statement.ts";
import { english } from "../words/statements.en.ts";

type Described = Pick<BankDraft, "bankName" | "delta" | "rejected" | "remarks" | "sources" | "proposal" | "faults">;

export function describeDraft({ bankName, delta, rejected, remarks, sources, proposal, faults }: Described): string {
	if (proposal !== null) return sentences(english, faults);
	const { added, changed, removed, same } = delta;
	return [
		`${added} added, ${changed} changed, ${removed} removed, ${same} already there`,
		...describeSources(bankName, sources),
		...remarks.map((one) => `  ${sentence(english, one)}`),
		...Object.entries(rejected.byCode).map(([code, count]) => `  ${count} refused: ${code}`),
		...rejected.first.map(({ line, why }) => `    line ${line}: ${sentence(english, why)}`),
		...(rejected.count > rejected.first.length ? [`    and ${rejected.count - rejected.first.length} more`] : []),
	].join("\n");
}

function describeSources(bankName: string, { count, first }: BankDraft["sources"]): readonly string[] {
	const unnamed = first.filter(({ countsAlone }) => !countsAlone);
	const said = first.map(({ source, rows, countsAlone }) => {
		const note = countsAlone ? "" : ", not among the bank's sources";
		return `  said by ${source}: ${rows} ${rows === 1 ? "row" : "rows"}${note}`;
	});
	if (count > first.length) said.push(`  and by ${count - first.length} more`);
	if (count > 1 && unnamed.length > 0)
		said.push(
			"  sources that a bank does not name count together as one; where you know them to be independent:",
			`    breakwater bank set ${bankName} --sources ${first
				.map(({ source }) => source)
				.map(quoted)
				.join(" ")}`,
		);
	return said;
}

function quoted(name: string): string {
	return /^[\w./:@+-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** What a second person is asked to look at. */
export function describeFaults({ id, faults }: Pick<BankDraft, "id" | "faults">): string {
	return `${sentences(english, faults)}\nA second person must look at it: breakwater bank approve ${id} --login <theirs>, or reject ${id}`;
}

/** After what one person's change did at once. */
export function describeWaiting(waiting: BankDraft | null): string {
	return waiting === null ? "" : `\nwaits: ${describeFaults(waiting)}`;
}

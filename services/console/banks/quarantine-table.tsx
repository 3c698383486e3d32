import { type EntryJudgement, entryJudgements } from "../../core/banks/entry-judgement.ts";
import type { QuarantineAnswer } from "../../core/wire/bank-api.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useSays, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { BankLink } from "./bank-link.tsx";

type Entry = QuarantineAnswer["entries"][number];
type Judge = (entry: Entry, judgement: EntryJudgement) => void;

export function QuarantineTable({ entries, onJudge }: { readonly entries: readonly Entry[]; readonly onJudge: Judge }) {
	const says = useSays();
	const { columns, readOnly } = useWords().banks.quarantine;
	const mayJudge = useDesk().may("entry:judge");
	const act: Column<Entry> = { name: columns.act, cell: (entry) => <Judgements of={entry} onJudge={onJudge} /> };
	return (
		<>
			<DataTable
				rows={entries}
				keyOf={({ id }) => id}
				columns={[
					{ name: columns.entry, class: "code", cell: ({ id }) => shortIdOf(id) },
					{ name: columns.bank, class: "code bank-name", cell: ({ bankName }) => <BankLink name={bankName} /> },
					{ name: columns.since, cell: ({ at }) => <Ago at={at} /> },
					{ name: columns.why, cell: ({ reason }) => says(reason) },
					{ name: columns.cases, isNumber: true, cell: ({ openCases }) => openCases },
					...(mayJudge ? [act] : []),
				]}
			/>
			{!mayJudge && <p class="quiet">{readOnly}</p>}
		</>
	);
}

function Judgements({ of, onJudge }: { readonly of: Entry; readonly onJudge: Judge }) {
	const { judgements } = useWords().banks.quarantine;
	return (
		<div class="button-row">
			{entryJudgements.map((judgement) => (
				<button key={judgement} type="button" class="button" onClick={() => onJudge(of, judgement)}>
					{judgements[judgement]} <span class="for-readers">{shortIdOf(of.id)}</span>
				</button>
			))}
		</div>
	);
}

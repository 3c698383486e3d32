import type { BankRevision } from "../../core/wire/bank-api.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { Ago } from "../parts/moment.tsx";
import { useSays, useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";
import { StepEntries } from "./step-entries.tsx";

interface HistoryProps {
	readonly bank: string;
	/** Newest first. */
	readonly revisions: readonly BankRevision[];
	/** Null where this person may not put it back. */
	readonly onRevert: ((to: BankRevision) => void) | null;
}

export function BankHistory({ bank, revisions, onRevert }: HistoryProps) {
	const says = useSays();
	const { columns, revert, now } = useWords().banks.bank;
	const act: Column<BankRevision> = {
		name: columns.act,
		cell: (one) =>
			one === revisions[0] ? (
				<span class="quiet">{now}</span>
			) : (
				<button type="button" class="button" onClick={() => onRevert?.(one)}>
					{revert}… <span class="for-readers">{one.revision}</span>
				</button>
			),
	};
	return (
		<DataTable
			rows={revisions}
			keyOf={({ sequence }) => String(sequence)}
			columns={[
				{ name: columns.sequence, isNumber: true, cell: ({ revision }) => revision },
				{ name: columns.at, cell: ({ at }) => <Ago at={at} /> },
				{ name: columns.by, cell: ({ by }) => by },
				{
					name: columns.change,
					cell: ({ step, entryId }) => (
						<>
							{says(step)}
							{entryId !== null && <span class="code quiet"> {shortIdOf(entryId)}</span>}
							{"draftId" in step && <StepEntries bank={bank} draftId={step.draftId} />}
						</>
					),
				},
				...(onRevert === null ? [] : [act]),
			]}
		/>
	);
}

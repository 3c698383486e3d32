import type { BankRevision } from "../../core/wire/bank-api.ts";
import { Ago } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";
import { shortIdOf } from "../shell/route.ts";

interface HistoryProps {
	/** Newest first. */
	readonly revisions: readonly BankRevision[];
	/** Null where this person may not put it back. */
	readonly onRevert: ((to: BankRevision) => void) | null;
}

export function BankHistory({ revisions, onRevert }: HistoryProps) {
	const words = useWords();
	const { columns, revert, now } = words.banks.bank;
	return (
		<div class="table-frame">
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col" class="number-column">
							{columns.sequence}
						</th>
						<th scope="col">{columns.at}</th>
						<th scope="col">{columns.by}</th>
						<th scope="col">{columns.change}</th>
						{onRevert !== null && <th scope="col">{columns.act}</th>}
					</tr>
				</thead>
				<tbody>
					{revisions.map((one, index) => (
						<tr key={one.sequence}>
							<th scope="row" class="number-column">
								{one.sequence}
							</th>
							<td>
								<Ago at={one.at} />
							</td>
							<td>{one.by}</td>
							<td>
								{words.machineSays(one.summary)}
								{one.entryId !== null && <span class="code quiet"> {shortIdOf(one.entryId)}</span>}
							</td>
							{onRevert !== null && (
								<td>
									{index === 0 ? (
										<span class="quiet">{now}</span>
									) : (
										<button type="button" class="button" onClick={() => onRevert(one)}>
											{revert}… <span class="for-readers">{one.sequence}</span>
										</button>
									)}
								</td>
							)}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

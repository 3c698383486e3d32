import { type EntryJudgement, entryJudgements } from "../../core/matching/entry-judgement.ts";
import type { QuarantineAnswer } from "../../core/wire/bank-api.ts";
import { Ago } from "../parts/moment.tsx";
import { useDesk, useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

type Entry = QuarantineAnswer["entries"][number];

export function QuarantineTable({
	entries,
	onJudge,
}: {
	readonly entries: readonly Entry[];
	readonly onJudge: (entry: Entry, judgement: EntryJudgement) => void;
}) {
	const words = useWords();
	const { columns, judgements, readOnly } = words.banks.quarantine;
	const mayJudge = useDesk().may("entry:judge");
	return (
		<>
			<div class="table-frame">
				<table class="plain-table">
					<thead>
						<tr>
							<th scope="col">{columns.entry}</th>
							<th scope="col">{columns.bank}</th>
							<th scope="col">{columns.since}</th>
							<th scope="col">{columns.why}</th>
							<th scope="col" class="number-column">
								{columns.cases}
							</th>
							{mayJudge && <th scope="col">{columns.act}</th>}
						</tr>
					</thead>
					<tbody>
						{entries.map((entry) => (
							<tr key={entry.id}>
								<th scope="row" class="code">
									{shortIdOf(entry.id)}
								</th>
								<td class="code bank-name">
									<a href={hashOf({ name: "bank", bank: entry.bankName })}>{entry.bankName}</a>
								</td>
								<td>
									<Ago at={entry.at} />
								</td>
								<td>{words.machineSays(entry.reason)}</td>
								<td class="number-column">{entry.openCases}</td>
								{mayJudge && (
									<td>
										<div class="button-row">
											{entryJudgements.map((judgement) => (
												<button
													key={judgement}
													type="button"
													class="button"
													aria-label={`${judgements[judgement]} ${shortIdOf(entry.id)}`}
													onClick={() => onJudge(entry, judgement)}
												>
													{judgements[judgement]}
												</button>
											))}
										</div>
									</td>
								)}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{!mayJudge && <p class="quiet">{readOnly}</p>}
		</>
	);
}

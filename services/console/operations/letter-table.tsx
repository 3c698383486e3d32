import type { DeadLetterId } from "../../core/ids.ts";
import type { DeadLettersAnswer } from "../../core/wire/review-api.ts";
import { formatCount } from "../format/number.ts";
import { Ago } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";

type Letter = DeadLettersAnswer["letters"][number];

interface TableProps {
	readonly letters: readonly Letter[];
	readonly selected: ReadonlySet<DeadLetterId>;
	/** Null where nothing can be done with these letters. */
	readonly onSelect: ((selected: ReadonlySet<DeadLetterId>) => void) | null;
}

export function LetterTable({ letters, selected, onSelect }: TableProps) {
	const { words } = usePreferences();
	const { columns, selectAll } = words.operations.deadLetters;
	const isAllSelected = letters.every(({ id }) => selected.has(id));
	return (
		<div class="table-frame">
			<table class="plain-table letters">
				<thead>
					<tr>
						{onSelect !== null && (
							<th scope="col">
								<input
									type="checkbox"
									aria-label={selectAll}
									checked={isAllSelected}
									onChange={() => onSelect(new Set(isAllSelected ? [] : letters.map(({ id }) => id)))}
								/>
							</th>
						)}
						<th scope="col">{columns.parked}</th>
						<th scope="col">{columns.reason}</th>
						<th scope="col">{columns.detail}</th>
						<th scope="col">{columns.place}</th>
						<th scope="col" class="number-column">
							{columns.size}
						</th>
						<th scope="col" class="number-column">
							{columns.attempts}
						</th>
						{letters.some(({ resolvedAt }) => resolvedAt !== null) && <th scope="col">{columns.resolved}</th>}
					</tr>
				</thead>
				<tbody>
					{letters.map((letter) => (
						<LetterRow key={letter.id} letter={letter} selected={selected} onSelect={onSelect} />
					))}
				</tbody>
			</table>
		</div>
	);
}

function LetterRow({ letter, selected, onSelect }: Omit<TableProps, "letters"> & { readonly letter: Letter }) {
	const { words, language } = usePreferences();
	const texts = words.operations.deadLetters;
	const place = `${letter.topic} ${letter.partition}/${letter.offset}`;
	const toggle = () => {
		const next = new Set(selected);
		if (!next.delete(letter.id)) next.add(letter.id);
		onSelect?.(next);
	};
	return (
		<tr>
			{onSelect !== null && (
				<td>
					<input
						type="checkbox"
						aria-label={texts.selectOne(place)}
						checked={selected.has(letter.id)}
						onChange={toggle}
					/>
				</td>
			)}
			<td>
				<Ago at={letter.parkedAt} />
			</td>
			<td>{texts.reasons[letter.reason]}</td>
			<td class="letter-detail">{letter.detail}</td>
			<td class="code">{place}</td>
			<td class="number-column">{texts.bytes(formatCount(letter.valueBytes, language))}</td>
			<td class="number-column">{letter.attempts}</td>
			{letter.resolvedAt !== null && (
				<td>
					<Ago at={letter.resolvedAt} /> · {letter.resolvedBy}
					{letter.resolution !== null && <q>{letter.resolution}</q>}
				</td>
			)}
		</tr>
	);
}

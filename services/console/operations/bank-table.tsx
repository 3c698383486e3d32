import type { NowAnswer } from "../../core/wire/review-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { Ago } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";

type Banks = NonNullable<NowAnswer["banks"]>;

export function BankTable({ banks }: { readonly banks: Banks }) {
	const { words, language } = usePreferences();
	const { columns, bankKind, bankState, banksNone } = words.operations.now;
	if (banks.length === 0) return <p class="quiet">{banksNone}</p>;
	const stateOf = ({ enabled, shadow, trusted }: Banks[number]) =>
		[
			enabled ? (shadow ? bankState.shadow : bankState.on) : bankState.off,
			...(trusted ? [bankState.trusted] : []),
		].join(", ");
	return (
		<div class="table-frame">
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col">{columns.bank}</th>
						<th scope="col">{columns.kind}</th>
						<th scope="col">{columns.category}</th>
						<th scope="col" class="number-column">
							{columns.entries}
						</th>
						<th scope="col">{columns.state}</th>
						<th scope="col">{columns.updated}</th>
					</tr>
				</thead>
				<tbody>
					{banks.map((bank) => (
						<tr key={bank.id}>
							<th scope="row" class="code">
								{bank.name}
							</th>
							<td>{bankKind[bank.kind]}</td>
							<td>{wordFor(words.terms.category, bank.category)}</td>
							<td class="number-column">{formatCount(bank.entryCount, language)}</td>
							<td>{stateOf(bank)}</td>
							<td>
								<Ago at={bank.updatedAt} />
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

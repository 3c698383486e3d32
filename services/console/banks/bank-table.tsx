import type { ComponentChildren } from "preact";
import type { BankOutline } from "../../core/wire/bank-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { usePreferences } from "../shell/console-context.ts";
import { hashOf } from "../shell/route.ts";
import { stateOfBank } from "./state-of-bank.ts";

export interface BankColumn<T> {
	readonly name: string;
	readonly isNumber?: boolean;
	readonly cell: (bank: T) => ComponentChildren;
}

interface TableProps<T> {
	readonly banks: readonly T[];
	/** After those that every such table has. */
	readonly more: readonly BankColumn<T>[];
}

export function BankTable<T extends BankOutline>({ banks, more }: TableProps<T>) {
	const { words, language } = usePreferences();
	const { columns, bankKind, banksNone } = words.operations.now;
	if (banks.length === 0) return <p class="quiet">{banksNone}</p>;
	const all: readonly BankColumn<T>[] = [
		{ name: columns.kind, cell: ({ kind }) => bankKind[kind] },
		{ name: columns.category, cell: ({ category }) => wordFor(words.terms.category, category) },
		{ name: columns.entries, isNumber: true, cell: ({ entryCount }) => formatCount(entryCount, language) },
		{ name: columns.state, cell: (bank) => stateOfBank(bank, words) },
		...more,
	];
	return (
		<div class="table-frame">
			<table class="plain-table">
				<thead>
					<tr>
						<th scope="col">{columns.bank}</th>
						{all.map(({ name, isNumber }) => (
							<th key={name} scope="col" class={isNumber === true ? "number-column" : undefined}>
								{name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{banks.map((bank) => (
						<tr key={bank.id}>
							<th scope="row" class="code bank-name">
								<a href={hashOf({ name: "bank", bank: bank.name })}>{bank.name}</a>
							</th>
							{all.map(({ name, isNumber, cell }) => (
								<td key={name} class={isNumber === true ? "number-column" : undefined}>
									{cell(bank)}
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

import type { BankOutline } from "../../core/wire/bank-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { BankLink } from "./bank-link.tsx";
import { stateOfBank } from "./state-of-bank.ts";

interface TableProps<T> {
	readonly banks: readonly T[];
	/** After those that every such table has. */
	readonly more: readonly Column<T>[];
}

export function BankTable<T extends BankOutline>({ banks, more }: TableProps<T>) {
	const { words, language } = usePreferences();
	const { columns, bankKind, banksNone } = words.operations.now;
	if (banks.length === 0) return <p class="quiet">{banksNone}</p>;
	return (
		<DataTable
			rows={banks}
			keyOf={({ id }) => id}
			columns={[
				{ name: columns.bank, class: "code bank-name", cell: ({ name }) => <BankLink name={name} /> },
				{ name: columns.kind, cell: ({ kind }) => bankKind[kind] },
				{ name: columns.category, cell: ({ category }) => wordFor(words.terms.category, category) },
				{ name: columns.entries, isNumber: true, cell: ({ entryCount }) => formatCount(entryCount, language) },
				{ name: columns.state, cell: (bank) => stateOfBank(bank, words) },
				...more,
			]}
		/>
	);
}

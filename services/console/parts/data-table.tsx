import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export interface Column<T> {
	readonly name: string;
	readonly isNumber?: boolean;
	readonly class?: string;
	readonly cell: (row: T) => ComponentChildren;
}

interface Selection<T> {
	readonly selected: ReadonlySet<string>;
	readonly onSelect: (selected: ReadonlySet<string>) => void;
	readonly nameOfAll: string;
	readonly nameOf: (row: T) => string;
}

interface TableProps<T> {
	readonly rows: readonly T[];
	readonly keyOf: (row: T) => string;
	/** The first one names the row. */
	readonly columns: readonly Column<T>[];
	/** Null where nothing can be done with the rows. */
	readonly selection?: Selection<T> | null;
}

/** On a phone each row stands by itself, with the names of its cells. Elsewhere it scrolls sideways where the window is narrower, by keyboard too. */
export function DataTable<T>({ rows, keyOf, columns, selection = null }: TableProps<T>) {
	const frame = useRef<HTMLDivElement>(null);
	const [isWide, setWide] = useState(false);
	useLayoutEffect(() => {
		const measure = () => setWide((frame.current?.scrollWidth ?? 0) > (frame.current?.clientWidth ?? 0));
		measure();
		window.addEventListener("resize", measure);
		return () => window.removeEventListener("resize", measure);
	});
	const classOf = ({ isNumber, class: name }: Column<T>) => (isNumber === true ? "number-column" : name);
	return (
		<div class="table-frame" ref={frame} tabIndex={isWide ? 0 : undefined}>
			<table class="plain-table">
				<thead>
					<tr>
						{selection !== null && <SelectAll keys={rows.map(keyOf)} selection={selection} />}
						{columns.map((column, index) => (
							<th key={index} scope="col" class={column.isNumber === true ? "number-column" : undefined}>
								{column.name}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr key={keyOf(row)}>
							{selection !== null && <SelectOne id={keyOf(row)} row={row} selection={selection} />}
							{columns.map((column, index) =>
								index === 0 ? (
									<th key={index} scope="row" class={classOf(column)} data-label={column.name}>
										{column.cell(row)}
									</th>
								) : (
									<td key={index} class={classOf(column)} data-label={column.name}>
										{column.cell(row)}
									</td>
								),
							)}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function SelectAll<T>({ keys, selection }: { readonly keys: readonly string[]; readonly selection: Selection<T> }) {
	const isAll = keys.length > 0 && keys.every((key) => selection.selected.has(key));
	return (
		<th scope="col" class="select-all">
			<label>
				<input type="checkbox" checked={isAll} onChange={() => selection.onSelect(new Set(isAll ? [] : keys))} />
				<span>{selection.nameOfAll}</span>
			</label>
		</th>
	);
}

interface SelectOneProps<T> {
	readonly id: string;
	readonly row: T;
	readonly selection: Selection<T>;
}

function SelectOne<T>({ id, row, selection: { selected, onSelect, nameOf } }: SelectOneProps<T>) {
	const toggle = () => {
		const next = new Set(selected);
		if (!next.delete(id)) next.add(id);
		onSelect(next);
	};
	return (
		<td class="select-one">
			<input type="checkbox" aria-label={nameOf(row)} checked={selected.has(id)} onChange={toggle} />
		</td>
	);
}

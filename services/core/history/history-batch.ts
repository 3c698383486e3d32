// Which events of the history are to be written next, each once and in the order of their numbers, whatever the stream repeats, brings late
// or holds back for a while.
import type { CountTable } from "./history-counts.ts";
import type { HistoryEvent } from "./history-event.ts";
import { type HistoryRow, type HistoryTable, historyTableNames } from "./history-tables.ts";

export interface HistoryBatch<D> {
	/** Answers what need not be kept any longer: it is written already. */
	add(event: HistoryEvent, delivery: D): "kept" | "written";
	/** The record says how far the history is written. Answers the deliveries that are settled by that. */
	writtenThrough(number: number): readonly D[];
	/** Events without a gap, from the first that is not written; null where that one has not come. */
	next(mostRows: number): NextEvents | null;
	/** How many rows wait, and since which event was added first. */
	readonly rows: number;
}

export interface NextEvents {
	readonly from: number;
	readonly through: number;
	readonly events: readonly HistoryEvent[];
}

export function createHistoryBatch<D>(written: number): HistoryBatch<D> {
	const waiting = new Map<number, { readonly event: HistoryEvent; readonly deliveries: D[] }>();
	let through = written;
	let rows = 0;
	return {
		add(event, delivery) {
			const { number } = event.data;
			if (number <= through) return "written";
			const present = waiting.get(number);
			if (present !== undefined) present.deliveries.push(delivery);
			else {
				waiting.set(number, { event, deliveries: [delivery] });
				rows += countRows(event);
			}
			return "kept";
		},
		writtenThrough(number) {
			through = Math.max(through, number);
			const settled: D[] = [];
			for (const [one, { event, deliveries }] of waiting) {
				if (one > through) continue;
				settled.push(...deliveries);
				rows -= countRows(event);
				waiting.delete(one);
			}
			return settled;
		},
		next(mostRows) {
			const events: HistoryEvent[] = [];
			let counted = 0;
			for (let number = through + 1; counted < mostRows; number += 1) {
				const found = waiting.get(number)?.event;
				if (found === undefined) break;
				events.push(found);
				counted += countRows(found);
			}
			return events.length === 0 ? null : { from: through + 1, through: through + events.length, events };
		},
		get rows() {
			return rows;
		},
	};
}

function countRows({ data: { rows } }: HistoryEvent): number {
	return historyTableNames.reduce((sum, table) => sum + (rows[table]?.length ?? 0), 0);
}

export interface RowsOfFile<T extends HistoryTable = HistoryTable> {
	readonly table: T;
	readonly day: string;
	readonly platform: string;
	readonly rows: readonly HistoryRow<T>[];
}

/** One for each table, day and platform. */
export function rowsByFile(events: readonly HistoryEvent[]): readonly RowsOfFile[] {
	const files = new Map<string, { readonly table: HistoryTable; readonly rows: HistoryRow<HistoryTable>[] }>();
	for (const { data } of events) {
		for (const table of historyTableNames) {
			for (const row of data.rows[table] ?? []) {
				const folder = folderOf(table, row.happened_at.slice(0, 10), row.platform);
				const file = files.get(folder) ?? { table, rows: [] };
				file.rows.push(row);
				files.set(folder, file);
			}
		}
	}
	return [...files.values()].flatMap(({ table, rows }) => {
		const [first] = rows;
		return first === undefined ? [] : [{ table, day: first.happened_at.slice(0, 10), platform: first.platform, rows }];
	});
}

/** As engines know it: Hive's form. */
export function folderOf(table: HistoryTable | CountTable, day: string, platform: string): string {
	return `${table}/day=${day}/platform=${platform}/`;
}

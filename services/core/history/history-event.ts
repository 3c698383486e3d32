// The records of the topic `breakwater.history`: CloudEvents 1.0 in structured mode. Each carries the rows of at most one transaction.
import { z } from "zod";
import { type HistoryRows, historyRows } from "./history-tables.ts";

const historyEventType = "breakwater.history.recorded.v1";

export const historyEvent = z.object({
	specversion: z.literal("1.0"),
	type: z.literal(historyEventType),
	source: z.string(),
	/** The number, in decimal: a repeated event is known by it. */
	id: z.string(),
	time: z.iso.datetime(),
	datacontenttype: z.literal("application/json"),
	data: z.object({
		/** 1, 2, 3 …: without gaps, over the whole history. */
		number: z.int().min(1),
		rows: historyRows,
	}),
});
export type HistoryEvent = z.infer<typeof historyEvent>;

export interface NumberedRows {
	readonly number: number;
	readonly at: Date;
	readonly rows: HistoryRows;
}

export function toHistoryEvent({ number, at, rows }: NumberedRows): HistoryEvent {
	return {
		...{ specversion: "1.0", type: historyEventType, source: "breakwater", id: String(number), time: at.toISOString() },
		...{ datacontenttype: "application/json", data: { number, rows } },
	};
}

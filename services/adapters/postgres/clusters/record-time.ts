// The record's own clock, for those who follow what is written: their own clocks may differ from it and from each other.
import { sql } from "kysely";
import { z } from "zod";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

/** A transaction that began earlier than the last look may be seen later; none takes longer. */
export const overlapMs = 10_000;

export async function recordTime(database: Database): Promise<Date> {
	const [row] = await database.rows(sql`SELECT clock_timestamp() AS time`, z.object({ time: column.time }));
	if (row === undefined) throw new Error("a clock always answers");
	return row.time;
}

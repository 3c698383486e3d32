// Whether this machine's clock goes with the record's: deadlines, claims and sessions are reckoned by both.
import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "./database.ts";

/** More than clocks that are kept by NTP ever differ, and less than a claim lasts. */
const mostSkewMs = 5_000;

const row = z.object({ now: z.date() });

/** How far this machine's clock is ahead, ms, as far as it is certain beyond the time that the question took; negative where it is behind. */
async function clockSkewMs(database: Database, now: () => number): Promise<number> {
	const askedMs = now();
	const [answer] = await database.rows(sql`SELECT clock_timestamp() AS now`, row);
	const answeredMs = now();
	const aheadMs = (askedMs + answeredMs) / 2 - (answer?.now.getTime() ?? askedMs);
	return Math.sign(aheadMs) * Math.max(0, Math.abs(aheadMs) - Math.abs(answeredMs - askedMs) / 2);
}

/** Throws where the two differ by more than clocks may. */
export async function checkClock(database: Database, now: () => number = Date.now): Promise<void> {
	const skewMs = await clockSkewMs(database, now);
	if (Math.abs(skewMs) <= mostSkewMs) return;
	const seconds = Math.round(Math.abs(skewMs) / 1_000);
	throw new Error(`this machine's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} the record's`);
}

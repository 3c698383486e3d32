// How far past hashes have been compared with what banks have become since.
import { sql } from "kysely";
import { z } from "zod";
import type { Coverage } from "../../../core/ports/sweep-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const row = z.object({
	...{ throughSequence: column.count, bankSequence: column.count },
	gaps: z.array(z.object({ fromSequence: z.int(), toSequence: z.int() })),
});

/** Sweeps that begin by themselves follow each other without a gap; what is still being looked through is not covered. */
export async function coverageOf(connection: Connection): Promise<Coverage> {
	const [found] = await connection.rows(
		sql`SELECT COALESCE((SELECT min(from_sequence) FROM sweeps WHERE state = 'looking' AND started_by IS NULL AND from_sequence < to_sequence), (SELECT max(to_sequence) FROM sweeps)) AS "throughSequence",
				(SELECT COALESCE(max(sequence), 0) FROM bank_changes) AS "bankSequence",
				COALESCE((SELECT jsonb_agg(jsonb_build_object('fromSequence', from_sequence, 'toSequence', to_sequence) ORDER BY from_sequence)
					FROM sweeps AS gap WHERE state = 'canceled' AND from_sequence < to_sequence AND NOT EXISTS (
						SELECT FROM sweeps AS other WHERE other.state = 'done' AND other.from_sequence <= gap.from_sequence AND other.to_sequence >= gap.to_sequence
							AND other.started_at >= gap.started_at)), '[]') AS gaps`,
		row,
	);
	if (found === undefined) throw new Error("an aggregate answers a row");
	return found;
}

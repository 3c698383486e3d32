// A case's events, as its page shows them.
import { sql } from "kysely";
import { z } from "zod";
import { caseEventKind } from "../../../core/cases/case.ts";
import { type CaseId, userId } from "../../../core/ids.ts";
import type { CaseEventRecord } from "../../../core/ports/case-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const eventRow = z.object({
	sequence: column.whole,
	kind: caseEventKind,
	at: column.time,
	actor_id: userId.nullable(),
	display_name: column.text.nullable(),
	/** Canonical JSON. */
	data: z
		.string()
		.transform((json): unknown => JSON.parse(json))
		.pipe(z.record(z.string(), z.unknown())),
});

export async function loadEvents(database: Database, id: CaseId): Promise<readonly CaseEventRecord[]> {
	const rows = await database.rows(
		sql`SELECT sequence, kind, at, actor_id, display_name, data FROM case_events LEFT JOIN users ON users.id = actor_id
			WHERE case_id = ${id} ORDER BY sequence DESC LIMIT 500`,
		eventRow,
	);
	return rows.toReversed().map(({ sequence, kind, at, actor_id, display_name, data }) => ({
		sequence,
		kind,
		at,
		actor:
			actor_id === null ? { kind: "machine" } : { kind: "person", userId: actor_id, displayName: display_name ?? "" },
		data,
	}));
}

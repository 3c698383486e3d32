import { sql } from "kysely";
import { z } from "zod";
import { revealLevels } from "../../../core/cases/case.ts";
import { degree } from "../../../core/clusters/membership.ts";
import { caseId, itemId } from "../../../core/ids.ts";
import type { Reveal, RevealStore } from "../../../core/ports/reveal-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const revealRow = z.object({
	...{ id: column.text, case_id: caseId, fence: column.whole, item_id: itemId },
	...{
		level: z.literal(revealLevels),
		still_ms: column.count.nullable(),
		strip: degree.nullable(),
		reason: column.text.nullable(),
	},
});
const takenRow = revealRow.extend({ is_theirs: column.flag });
const endedRow = revealRow.extend({ shown_at: column.time });

export function createRevealStore(database: Database): RevealStore {
	return {
		async grant({ id, tokenHash, sessionHash, caseId, fence, itemId, level, stillMs, strip, reason, at }) {
			await database.rows(
				sql`INSERT INTO reveals (id, token_hash, session_hash, case_id, fence, item_id, level, still_ms, strip, reason, granted_at)
					VALUES (${id}, ${Buffer.from(tokenHash)}, ${Buffer.from(sessionHash)}, ${caseId}, ${fence}, ${itemId}, ${level}, ${stillMs}, ${strip}, ${reason}, ${at})`,
			);
		},
		async take(tokenHash, sessionHash, since) {
			const [row] = await database.rows(
				sql`UPDATE reveals SET token_hash = NULL WHERE token_hash = ${Buffer.from(tokenHash)}
					RETURNING *, session_hash = ${Buffer.from(sessionHash)} AND granted_at > ${since} AS is_theirs`,
				takenRow,
			);
			return row?.is_theirs === true ? toReveal(row) : null;
		},
		async shown(id, at) {
			await database.rows(sql`UPDATE reveals SET shown_at = ${at} WHERE id = ${id}`);
		},
		async end(id, sessionHash) {
			const [row] = await database.rows(
				sql`DELETE FROM reveals WHERE id = ${id} AND session_hash = ${Buffer.from(sessionHash)} AND shown_at IS NOT NULL RETURNING *`,
				endedRow,
			);
			return row === undefined ? null : { reveal: toReveal(row), shownAt: row.shown_at };
		},
		async forget(before) {
			await database.rows(sql`DELETE FROM reveals WHERE granted_at < ${before}`);
		},
	};
}

function toReveal({ case_id, item_id, still_ms, ...row }: z.infer<typeof revealRow>): Reveal {
	const { id, fence, level, strip, reason } = row;
	return { ...{ id, fence, level, strip, reason }, caseId: case_id, itemId: item_id, stillMs: still_ms };
}

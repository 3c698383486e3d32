import { sql } from "kysely";
import { z } from "zod";
import { decision } from "../../../core/cases/case.ts";
import { caseId, itemId } from "../../../core/ids.ts";
import type { ScoreWatchStore, ShadowComparison } from "../../../core/ports/score-watch-store.ts";
import { modelKey } from "../../../core/scoring/model-settings.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const keptDays = 90;

const reference = z.object({ histogram: z.array(column.real) });
const tally = z.object({ live: column.text, shadow: column.text, compared: column.count, disagreed: column.count });
const disagreement = z.object({
	...{
		itemId: itemId.nullable(),
		live: column.text,
		shadow: column.text,
		liveProbability: column.real,
		shadowProbability: column.real,
	},
	...{ at: column.time, caseId: caseId.nullable(), decision: decision.nullable() },
});

export function createScoreWatchStore(database: Database): ScoreWatchStore {
	return {
		async findReference({ model, version, since }) {
			const [row] = await database.rows(
				sql`SELECT histogram FROM score_references WHERE model = ${model} AND version = ${version} AND since = ${since}`,
				reference,
			);
			return row?.histogram ?? null;
		},
		async keepReference({ model, version, since }, histogram) {
			const [row] = await database.rows(
				sql`INSERT INTO score_references (model, version, since, histogram)
					VALUES (${model}, ${version}, ${since}, ${[...histogram]}::real[])
					ON CONFLICT (model, version, since) DO UPDATE SET histogram = score_references.histogram RETURNING histogram`,
				reference,
			);
			return row?.histogram ?? histogram;
		},
		recordComparisons: (comparisons) => record(database, comparisons),
		async tallies() {
			return database.rows(sql`SELECT * FROM shadow_tallies ORDER BY live, shadow`, tally);
		},
		async disagreements(limit) {
			return database.rows(
				sql`SELECT d.item_id AS "itemId", d.live, d.shadow, d.live_probability AS "liveProbability",
						d.shadow_probability AS "shadowProbability", d.at,
						of.id AS "caseId", of.decision
					FROM shadow_disagreements d LEFT JOIN LATERAL (
						SELECT cases.id, cases.decision FROM case_items JOIN cases ON cases.id = case_id
						WHERE case_items.item_id = d.item_id ORDER BY cases.decided_at DESC NULLS LAST, cases.id DESC LIMIT 1
					) AS of ON true ORDER BY d.id DESC LIMIT ${limit}`,
				disagreement,
			);
		},
	};
}

async function record(database: Database, comparisons: readonly ShadowComparison[]): Promise<void> {
	const rows = comparisons.map(({ kind, itemId, live, shadow, at }) => ({
		item: itemId,
		live: modelKey(live),
		shadow: modelKey(shadow),
		liveProbability: live.probability,
		shadowProbability: shadow.probability,
		disagreed: kind === "disagreed",
		at,
	}));
	// Sorted by the primary key, so that two detectors never wait for each other in a circle.
	await database.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (item uuid, live text, shadow text, "liveProbability" double precision, "shadowProbability" double precision, disagreed boolean, at timestamptz)
			), tallied AS (
				INSERT INTO shadow_tallies AS t (live, shadow, compared, disagreed)
				SELECT live, shadow, count(*), count(*) FILTER (WHERE disagreed) FROM r GROUP BY live, shadow ORDER BY live, shadow
				ON CONFLICT (live, shadow) DO UPDATE SET compared = t.compared + excluded.compared, disagreed = t.disagreed + excluded.disagreed
			), old AS (
				DELETE FROM shadow_disagreements WHERE at < now() - make_interval(days => ${keptDays})
			)
			INSERT INTO shadow_disagreements (item_id, live, shadow, live_probability, shadow_probability, at)
			SELECT item, live, shadow, "liveProbability", "shadowProbability", at FROM r WHERE disagreed`,
	);
}

// The part of the detector's one statement that brings items into their clusters.
import { sql } from "kysely";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";

/** What of an item {@link joinClusters} reads, in its column `clusters`. */
export function clusterRows({ memberships }: Pick<ExaminedItem, "memberships">) {
	return memberships.map(({ clusterId, degree, distanceBits, medoid, type, frames, founder = null }) => ({
		clusterId,
		degree,
		distanceBits,
		type,
		founder,
		medoid: toHex(medoid),
		frames: frames === undefined ? null : toHex(frames),
	}));
}

/**
 * Expressions over the items `r` and those of them that are `fresh`. Each brings its cluster: that of whoever founded it may never have
 * been recorded; where that is alone until now, whoever joins brings it as well. In the order of their ids, so that two detectors do not wait for each other in a circle. One that was merged meanwhile is
 * written anew: whoever follows sees that somebody joined it, and brings them on (merge-clusters.ts).
 */
export function joinClusters(at: Date) {
	return sql`joining AS (
			SELECT r.id AS item, made.* FROM r JOIN fresh USING (id)
			CROSS JOIN LATERAL jsonb_to_recordset(r.clusters) AS made ("clusterId" uuid, degree text, "distanceBits" smallint, medoid text, type text, frames text, founder uuid)
		), brought AS (
			SELECT DISTINCT founder AS item, "clusterId", type, medoid FROM joining
			-- A scalar, not EXISTS: the planner, who thinks of thousands of founders, would read all items for a table of them.
			WHERE founder IN (SELECT id FROM inserted) OR (SELECT true FROM items WHERE items.id = founder)
		), met AS (
			INSERT INTO clusters (id, type, medoid, frames, seen_at)
			SELECT DISTINCT "clusterId", type, decode(medoid, 'hex'), decode(frames, 'hex'), ${at}::timestamptz FROM joining ORDER BY 1
			ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at, written_at = clock_timestamp()
			WHERE clusters.seen_at < EXCLUDED.seen_at - interval '1 day' OR clusters.merged_into IS NOT NULL
		), members AS (
			INSERT INTO cluster_members (cluster_id, item_id, degree, distance_bits)
			SELECT "clusterId", item, degree, "distanceBits" FROM joining
			UNION SELECT "clusterId", item, 'confirmed', 0 FROM brought
			ON CONFLICT DO NOTHING
		)`;
}

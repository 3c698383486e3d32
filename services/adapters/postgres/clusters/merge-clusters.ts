// Makes one cluster of two, in a caller's transaction; what becomes of each member is decided in core/clusters/merge.ts. The rows of both
// clusters are locked first, as whoever records a member locks them: nobody joins the younger meanwhile.
import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { clusterIdOf } from "../../../core/clusters/cluster-id.ts";
import { type ClusteredType, type ClusterType, clusterTypes, mostBits } from "../../../core/clusters/cluster-type.ts";
import { bitsFrom, type Elder, elderFirst, placeMembers } from "../../../core/clusters/merge.ts";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import { type ClusterId, clusterId, itemId } from "../../../core/ids.ts";
import type { ClusterStore, NearClusters } from "../../../core/ports/cluster-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { lockCases, mergeCases } from "./merge-cases.ts";
import { moveStanding } from "./write-standing.ts";

const clusterRow = z.object({
	...{ id: clusterId, medoid: column.bytes, foundedUs: column.count },
	mergedInto: clusterId.nullable(),
});
type Cluster = z.infer<typeof clusterRow>;

const memberRow = z.object({
	...{ itemId, degree: z.enum(["confirmed", "suggested"]), distanceBits: column.whole },
	hash: column.bytes.nullable(),
});
type Member = z.infer<typeof memberRow>;

export async function mergeClusters(
	tx: Connection,
	{ type, medoids, distanceBits: apartBits }: NearClusters,
): ReturnType<ClusterStore["merge"]> {
	const [one, other] = await tx.rows(
		sql`SELECT id, medoid, (extract(epoch FROM founded_at) * 1000000)::bigint AS "foundedUs", merged_into AS "mergedInto" FROM clusters
			WHERE id = ANY (${medoids.map((medoid) => clusterIdOf(medoid, type))}::uuid[]) ORDER BY id FOR UPDATE`,
		clusterRow,
	);
	if (one === undefined || other === undefined) return "not-there";
	const [elder, younger] = elderFirst(one, other);
	const isDone = younger.mergedInto === elder.id;
	if (elder.mergedInto !== null || (younger.mergedInto !== null && !isDone)) return "nothing-to-do";
	// A name tells nothing of what is near: whoever has no other stays with the others.
	const { isOfFrames = false }: ClusterType = clusterTypes[type];
	const members = await tx.rows(
		sql`SELECT item_id AS "itemId", degree, distance_bits AS "distanceBits", hash
			FROM cluster_members LEFT JOIN LATERAL (SELECT hash FROM item_hashes WHERE item_id = cluster_members.item_id AND type = ${type} AND NOT ${isOfFrames}::boolean) AS own ON true
			WHERE cluster_id = ${younger.id} ORDER BY item_id`,
		memberRow,
	);
	if (isDone && members.length === 0) return "nothing-to-do";
	await lockCases(tx, [elder.id, younger.id]);
	const targets = await moveMembers(tx, { elder, younger, apartBits, members, type });
	const cases = await mergeCases(tx, { elder: elder.id, younger: younger.id });
	await moveStanding(tx, younger.id, targets);
	const details = { into: elder.id, members: members.length, cases };
	await appendActs(tx, [{ what: "cluster-merged", on: younger.id, by: machine, details }]);
	return "merged";
}

interface Merging {
	readonly elder: Cluster;
	readonly younger: Cluster;
	readonly apartBits: number;
	readonly members: readonly Member[];
	readonly type: ClusteredType;
}

/** Answers the clusters that members came to. */
async function moveMembers(
	tx: Connection,
	{ elder: { id: elderId, medoid }, younger, apartBits, members, type }: Merging,
): Promise<readonly ClusterId[]> {
	const { confirmedBits } = clusterTypes[type];
	const elder: Elder = { medoid, apartBits, confirmedBits };
	const standing = await moveMerged(tx, younger, { id: elderId, ...elder });
	const confirmed = members.filter(({ degree }) => degree === "confirmed");
	const placed = placeMembers(confirmed, elder, standing).map((one) => ({
		...{ itemId: one.itemId, distanceBits: one.distanceBits, degree: "confirmed", medoid: toHex(one.medoid) },
		clusterId: one.medoid === medoid ? elderId : clusterIdOf(one.medoid, type),
	}));
	const founded = [...new Map(placed.map((one) => [one.clusterId, one])).values()].filter(
		({ clusterId }) => clusterId !== elderId,
	);
	await found(tx, founded, type);
	const suggested = members.flatMap((member) => {
		const distanceBits = bitsFrom(elder, member);
		const isNear = member.degree === "suggested" && distanceBits <= mostBits;
		return isNear ? [{ itemId: member.itemId, distanceBits, degree: "suggested", clusterId: elderId }] : [];
	});
	const rows = JSON.stringify([...placed, ...suggested]);
	await tx.rows(sql`DELETE FROM cluster_members WHERE cluster_id = ${younger.id}`);
	// Confirmed counts more than suggested, and what was there before stays as it is.
	await tx.rows(
		sql`INSERT INTO cluster_members (cluster_id, item_id, degree, distance_bits)
			SELECT "clusterId", "itemId", degree, "distanceBits"
			FROM jsonb_to_recordset(${rows}::jsonb) AS r ("clusterId" uuid, "itemId" uuid, degree text, "distanceBits" smallint)
			ON CONFLICT (cluster_id, item_id) DO UPDATE SET degree = EXCLUDED.degree, distance_bits = EXCLUDED.distance_bits
			WHERE cluster_members.degree = 'suggested' AND EXCLUDED.degree = 'confirmed'`,
	);
	await tx.rows(
		sql`UPDATE clusters SET merged_into = ${elderId}, merged_bits = ${apartBits}, written_at = clock_timestamp() WHERE id = ${younger.id}`,
	);
	return [elderId, ...founded.map((one) => one.clusterId)];
}

/** Those merged into the younger before: what is near the elder, too, is merged into that; the others stand again. Answers these. */
async function moveMerged(
	tx: Connection,
	younger: Cluster,
	elder: Elder & { readonly id: ClusterId },
): Promise<readonly Uint8Array[]> {
	const before = await tx.rows(
		sql`SELECT id, medoid AS hash, merged_bits AS "distanceBits" FROM clusters WHERE merged_into = ${younger.id} AND merged_bits IS NOT NULL ORDER BY id FOR UPDATE`,
		z.object({ id: clusterId, hash: column.bytes, distanceBits: column.whole }),
	);
	const moved = before.map((one) => ({ ...one, bits: bitsFrom(elder, one) }));
	const rows = moved.map(({ id, bits }) => ({ id, bits: bits <= elder.confirmedBits ? bits : null }));
	if (rows.length > 0)
		await tx.rows(
			sql`UPDATE clusters SET merged_into = CASE WHEN bits IS NULL THEN NULL ELSE ${elder.id}::uuid END, merged_bits = bits, written_at = clock_timestamp()
				FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, bits smallint) WHERE clusters.id = r.id`,
		);
	return moved.filter(({ bits }) => bits > elder.confirmedBits).map(({ hash }) => hash);
}

async function found(
	tx: Connection,
	clusters: readonly { readonly clusterId: ClusterId; readonly medoid: string }[],
	type: ClusteredType,
): Promise<void> {
	if (clusters.length === 0) return;
	await tx.rows(
		sql`INSERT INTO clusters (id, type, medoid, seen_at)
			SELECT "clusterId", ${type}, decode(medoid, 'hex'), now() FROM jsonb_to_recordset(${JSON.stringify(clusters)}::jsonb) AS r ("clusterId" uuid, medoid text) ORDER BY 1
			ON CONFLICT (id) DO UPDATE SET merged_into = NULL, merged_bits = NULL, seen_at = now(), written_at = clock_timestamp()`,
	);
}

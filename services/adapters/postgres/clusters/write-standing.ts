// Gives and takes back standing decisions, in the transaction of the case's own.
import { sql } from "kysely";
import { z } from "zod";
import type { CaseSnapshot } from "../../../core/cases/case.ts";
import { keyOfCopies } from "../../../core/cases/cluster-key.ts";
import { subjectOfCluster } from "../../../core/clusters/standing-decision.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, type ClusterId, caseId } from "../../../core/ids.ts";
import type { ItemState } from "../../../core/items/item.ts";
import { linkKinds } from "../../../core/outbreaks/subject.ts";
import { isUndecided } from "../cases/undecided.ts";
import type { Connection } from "../connection/database.ts";
import { subjectName } from "../outbreaks/subject-name.ts";
import { nameOfCluster, nameOfLinked, nameOfSame } from "./subject-names.ts";

/** What the decision has left as it says: an item that stays as people left it before is no part of it. */
const statesAfter = {
	remove: ["removed"],
	restore: ["live", "restored"],
} as const satisfies Record<NonNullable<CaseSnapshot["decided"]>["decision"], readonly ItemState[]>;

export async function giveStanding(
	tx: Connection,
	{ id, category }: { readonly id: CaseId; readonly category: string | null },
	{ decision, at }: NonNullable<CaseSnapshot["decided"]>,
): Promise<void> {
	await tx.rows(
		sql`WITH item AS (
				SELECT items.id FROM case_items JOIN items ON items.id = item_id WHERE case_id = ${id} AND state = ANY (${[...statesAfter[decision]]}::text[])
			), subject AS (
				SELECT ${nameOfCluster(sql`cluster_id`)} AS name FROM item JOIN cluster_members ON item_id = id WHERE degree = 'confirmed'
				UNION SELECT ${nameOfSame(sql`type`, sql`hash`)} FROM item JOIN item_hashes ON item_id = id
					WHERE type IN ('sha256', 'link') OR type = 'text' AND EXISTS (SELECT FROM cluster_members WHERE cluster_members.item_id = item.id)
				UNION SELECT ${nameOfLinked(sql`subject_key`)} FROM outbreaks JOIN cases ON cases.id = case_id
					WHERE case_id = ${id} AND subject_kind = ANY (${linkKinds}::text[]) AND ${subjectName} = cluster_key
			), knew AS (
				SELECT COALESCE(array_agg(DISTINCT scope), '{}') AS scopes FROM case_items JOIN verdicts USING (item_id)
					CROSS JOIN jsonb_path_query(grounds, '$.grounds[*].restsOn[*]') AS found (value) CROSS JOIN LATERAL (SELECT found.value #>> '{}' AS scope) AS text
				WHERE case_id = ${id}
			), given AS (
				INSERT INTO standing_decisions (subject, case_id, decision, category, decided_at, knew)
				SELECT name, ${id}, ${decision}, ${category}, ${at}, scopes FROM subject CROSS JOIN knew
				ON CONFLICT (subject, case_id) DO UPDATE SET decision = EXCLUDED.decision, category = EXCLUDED.category, decided_at = EXCLUDED.decided_at,
					knew = EXCLUDED.knew, is_withdrawn = false, written_at = clock_timestamp(), sweep_id = NULL
				RETURNING 1
			), copies AS (
				UPDATE cases SET copies_of = ${id} WHERE ${decision} = 'remove' AND cluster_key LIKE 'copies:%' AND starts_with(cluster_key, ${keyOfCopies(id)}) AND ${isUndecided}
			)
			SELECT pg_notify('standing_decisions', '') FROM given LIMIT 1`,
	);
}

/**
 * What stood for a cluster stands for those that it was made a part of, and reaches their members as it reaches earlier copies; where these
 * have decisions of their own that differ, people are asked (core/clusters/standing-decision.ts).
 */
export async function moveStanding(tx: Connection, from: ClusterId, to: readonly ClusterId[]): Promise<void> {
	const subjects = to.map(subjectOfCluster);
	await tx.rows(
		sql`WITH moved AS (
				UPDATE standing_decisions SET is_withdrawn = true, written_at = clock_timestamp() WHERE subject = ${subjectOfCluster(from)} AND NOT is_withdrawn RETURNING *
			)
			INSERT INTO standing_decisions (subject, case_id, decision, category, decided_at, knew)
			SELECT subject.name, case_id, decision, category, decided_at, knew FROM moved CROSS JOIN unnest(${subjects}::text[]) AS subject (name)
			ON CONFLICT (subject, case_id) DO UPDATE SET decision = EXCLUDED.decision, category = EXCLUDED.category, decided_at = EXCLUDED.decided_at,
				knew = EXCLUDED.knew, is_withdrawn = false, written_at = clock_timestamp(), sweep_id = NULL`,
	);
	await tx.rows(
		sql`WITH due AS (
				UPDATE standing_decisions SET sweep_id = NULL, written_at = clock_timestamp() WHERE subject = ANY (${subjects}::text[]) AND NOT is_withdrawn RETURNING 1
			)
			SELECT pg_notify('standing_decisions', '') FROM due LIMIT 1`,
	);
}

/** Cases of its copies stay, as cases like any other. */
export async function takeBackStanding(tx: Connection, id: CaseId): Promise<void> {
	await tx.rows(
		sql`WITH taken AS (
				UPDATE standing_decisions SET is_withdrawn = true, written_at = clock_timestamp() WHERE case_id = ${id} RETURNING 1
			), copies AS (
				UPDATE cases SET copies_of = NULL WHERE copies_of = ${id}
			)
			SELECT pg_notify('standing_decisions', '') FROM taken LIMIT 1`,
	);
}

/**
 * Locks the decided cases, before any other case. Throws `store-unavailable` where a removal does not stand any more: whoever judged by it
 * judges again.
 */
export async function lockStanding(tx: Connection, ids: ReadonlySet<CaseId>): Promise<void> {
	if (ids.size === 0) return;
	const standing = await tx.rows(
		sql`SELECT id FROM cases WHERE id = ANY (${[...ids]}::uuid[]) AND NOT ${isUndecided} AND decision = 'remove' ORDER BY id FOR UPDATE`,
		z.object({ id: caseId }),
	);
	if (standing.length < ids.size)
		throw new BreakwaterError("store-unavailable", { detail: "a decision was taken back meanwhile" });
}

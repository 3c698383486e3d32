// Cases of authors (core/cases/cluster-key.ts): which they are, when people last let be what one had gathered, and what rules had asked there.
import { sql } from "kysely";
import { z } from "zod";
import { authorPrefix, isKeyOfAuthor } from "../../../core/cases/cluster-key.ts";
import { type CaseId, caseId } from "../../../core/ids.ts";
import { type LetBe, letBeAmong } from "../../../core/rules/answered.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import type { Signal } from "../../../core/signals/signal.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import type { CaseRow } from "./case-rows.ts";

export function isOfAuthor({ gathered_as, cluster_key }: Pick<CaseRow, "gathered_as" | "cluster_key">): boolean {
	return isKeyOfAuthor(gathered_as ?? cluster_key);
}

/** As the index of migration 0390 has it. */
const isWhollyOfAuthor = sql.raw(`cases.cluster_key LIKE '${authorPrefix}%'`);

/** The same of a row of cases. */
export const isCaseOfAuthor = sql`(${isWhollyOfAuthor} OR ${sql.raw(`cases.cluster_key LIKE 'copies:%:${authorPrefix}%'`)})`;

/** People saw what was gathered there, and let it be. */
const isLetBe = sql`${isWhollyOfAuthor} AND decision = 'restore' AND decided_at IS NOT NULL`;

const letBeRow = z.object({ key: column.text, at: column.time });

export async function lastLetBe(database: Database, keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
	const rows = await database.rows(
		sql`SELECT cluster_key AS key, max(decided_at) AS at FROM cases
			WHERE ${isLetBe} AND cluster_key = ANY (${[...new Set(keys)]}::text[])
			GROUP BY cluster_key`,
		letBeRow,
	);
	return new Map(rows.map(({ key, at }) => [key, at]));
}

const askedRow = z.object({ ...{ key: column.text, caseId, at: column.time }, signal: z.unknown() });

/** The last times count where people let an account be over and over, and of each case the items that came last: counts of before are lower as a rule. */
const casesRead = 20;
const itemsRead = 50;

export async function letBeOf(
	database: Database,
	keys: readonly string[],
	catalogue: Pick<SignalCatalogue, "fromStored">,
): Promise<ReadonlyMap<string, readonly LetBe[]>> {
	const rows = await database.rows(
		sql`SELECT asked.key, own.id AS "caseId", own.decided_at AS at, said.signal
			FROM unnest(${[...new Set(keys)]}::text[]) AS asked (key)
				CROSS JOIN LATERAL (
					SELECT id, decided_at FROM cases
						WHERE ${isLetBe} AND cluster_key = asked.key AND decided_at > COALESCE((
							SELECT max(decided_at) FROM cases WHERE ${isWhollyOfAuthor} AND cluster_key = asked.key AND decision = 'remove'), '-infinity')
						ORDER BY decided_at DESC LIMIT ${casesRead}
				) AS own
				CROSS JOIN LATERAL (SELECT item_id FROM case_items WHERE case_id = own.id ORDER BY item_id DESC LIMIT ${itemsRead}) AS held
				JOIN verdicts USING (item_id) CROSS JOIN LATERAL jsonb_array_elements(signals) AS said (signal)
			WHERE signal ->> 'kind' = 'rule'
			ORDER BY own.decided_at DESC, held.item_id`,
		askedRow,
	);
	const byKey = new Map<string, { caseId: CaseId; at: Date; signal: Signal }[]>();
	for (const { key, caseId, at, signal } of rows) {
		const own = byKey.get(key) ?? [];
		byKey.set(key, own);
		own.push({ caseId, at, signal: catalogue.fromStored(signal) });
	}
	return new Map([...byKey].map(([key, own]) => [key, letBeAmong(own)]));
}

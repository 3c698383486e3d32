// Cases of authors (core/cases/cluster-key.ts): which they are, and when people last let be what one had gathered.
import { sql } from "kysely";
import { z } from "zod";
import { authorPrefix, isKeyOfAuthor } from "../../../core/cases/cluster-key.ts";
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

const letBeRow = z.object({ key: column.text, at: column.time });

export async function lastLetBe(database: Database, keys: readonly string[]): Promise<ReadonlyMap<string, Date>> {
	const rows = await database.rows(
		sql`SELECT cluster_key AS key, max(decided_at) AS at FROM cases
			WHERE ${isWhollyOfAuthor} AND cluster_key = ANY (${[...new Set(keys)]}::text[]) AND decision = 'restore' AND decided_at IS NOT NULL
			GROUP BY cluster_key`,
		letBeRow,
	);
	return new Map(rows.map(({ key, at }) => [key, at]));
}

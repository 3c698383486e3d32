// Rows of reports, whichever way they come.
import { sql } from "kysely";
import type { ReportId } from "../../../core/ids.ts";
import { canonicalAddress } from "../../../core/links/address.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** What a report's stage follows from. */
export const progressRow = {
	...{ isGathered: column.flag, isTaken: column.flag, isAnswered: column.flag, isAwaited: column.flag },
} as const;
/** Taken: somebody opened the report, or took one of its cases. Awaited: what was decided of one of them is not confirmed by its platform. */
export const progressColumns = sql`answered_at IS NOT NULL AS "isAnswered",
	EXISTS (SELECT FROM case_reports WHERE report_id = reports.id) AS "isGathered",
	(taken_at IS NOT NULL OR EXISTS (
		SELECT FROM case_reports JOIN cases ON cases.id = case_id WHERE report_id = reports.id AND fence > 0)) AS "isTaken",
	EXISTS (SELECT FROM case_reports JOIN case_items USING (case_id) JOIN orders ON orders.item_id = case_items.item_id
		WHERE report_id = reports.id AND decided_by = 'person' AND orders.state IN ('pending', 'undelivered')) AS "isAwaited"`;

export async function tellGatherers(tx: Connection): Promise<void> {
	await tx.rows(sql`SELECT pg_notify('reports', '')`);
}

/** `from`: the position of each report's first. */
export async function writeAddresses(
	tx: Connection,
	named: readonly { readonly id: ReportId; readonly addresses: readonly string[] }[],
	from: number,
): Promise<void> {
	const rows = named.flatMap(({ id, addresses }) =>
		addresses.map((address, index) => ({ id, position: from + index, address, canonical: canonicalAddress(address) })),
	);
	if (rows.length === 0) return;
	await tx.rows(
		sql`INSERT INTO report_addresses (report_id, position, address, canonical)
			SELECT id, position, address, canonical FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, position integer, address text, canonical text)`,
	);
}

// Asks people again about an account of which a restriction is recommended, once what that rests on was taken back. When, is core/strikes/account-case.ts.
import { sql } from "kysely";
import { z } from "zod";
import { askAgain } from "../../../core/cases/appeal-case.ts";
import type { Jurisdiction } from "../../../core/clocks/profile.ts";
import { caseId, orderId } from "../../../core/ids.ts";
import { takenBackSince } from "../../../core/strikes/account-case.ts";
import { recommendation } from "../../../core/strikes/recommendation.ts";
import { applyToCase } from "../cases/apply-to-case.ts";
import { caseRow, selectCases } from "../cases/case-rows.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { newestOfAccount } from "../orders/newest-order.ts";
import { countRecommended } from "./count-recommended.ts";
import type { AccountKey } from "./strike-rows.ts";

const standingRow = z.object({ caseId, recommendations: z.array(recommendation), decidedAt: column.time });
const restingRow = z.object({ orderId, at: column.time, takenBackAt: column.time.nullable() });

export async function askAgainOf(
	tx: Connection,
	account: AccountKey,
	laws: readonly Jurisdiction[],
	now: Date,
): Promise<void> {
	const [standing] = await tx.rows(
		sql`SELECT case_id AS "caseId", account_reasons -> 'recommendations' AS recommendations, cases.decided_at AS "decidedAt"
			FROM ${newestOfAccount(sql`action, case_id, account_reasons`, { platform: sql`${account.platformId}`, account: sql`${account.accountId}` })} AS newest JOIN cases ON cases.id = case_id
			WHERE action = 'account.restrict-recommended' AND cases.state = 'decided'`,
		standingRow,
	);
	if (standing === undefined) return;
	const { caseId: id } = standing;
	// Deleted by its user, an item has no newer order: its removal stands.
	const strikes = await tx.rows(
		sql`SELECT orders.id AS "orderId", orders.issued_at AS at,
				(SELECT max(newer.issued_at) FROM orders AS newer WHERE newer.item_id = orders.item_id AND newer.matter = '' AND newer.version > orders.version) AS "takenBackAt"
			FROM account_strikes JOIN orders ON orders.id = order_id WHERE account_strikes.case_id = ${id}`,
		restingRow,
	);
	const recommendedBefore = await countRecommended(tx, account, id);
	const lost = takenBackSince({ ...standing, strikes, recommendedBefore }, laws);
	if (lost === 0) return;
	const [row] = await tx.rows(sql`${selectCases} WHERE cases.id = ${id} FOR UPDATE OF cases`, caseRow);
	if (row?.state !== "decided") return;
	await applyToCase(tx, row, { actor: { kind: "machine" }, at: now }, (current) => askAgain(current, lost));
}

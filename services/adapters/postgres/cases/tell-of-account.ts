// The order by which a platform is told of one of its accounts, as people decided.
import { sql } from "kysely";
import { z } from "zod";
import type { CaseTransition } from "../../../core/cases/case.ts";
import { type CaseId, orderId, platformId, uuidv7 } from "../../../core/ids.ts";
import { hasAdvice } from "../../../core/policy/categories.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import { usualRestriction } from "../../../core/strikes/account-restriction.ts";
import { recommendation } from "../../../core/strikes/recommendation.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeAccountOrder } from "../orders/write-account-order.ts";
import type { NewCaseEvent } from "./case-events.ts";

const tellingRow = z.object({
	...{ platformId, accountId: column.text, recommendations: z.array(recommendation) },
	...{ strikes: column.count, version: column.whole, categories: column.texts },
});

export async function tellOfAccount(
	tx: Connection,
	{ id: caseId, tier }: { readonly id: CaseId; readonly tier: Tier },
	{ accountAction: action, accountRestriction = usualRestriction }: CaseTransition,
	{ actor, at }: Pick<NewCaseEvent, "actor" | "at">,
): Promise<readonly NewCaseEvent[]> {
	if (action === undefined) return [];
	// Another case of the account may be decided at the same moment.
	await tx.rows(
		sql`SELECT pg_advisory_xact_lock(hashtextextended(platform_id || ':' || account_id, 1)) FROM account_cases WHERE case_id = ${caseId}`,
	);
	const [row] = await tx.rows(
		sql`SELECT platform_id AS "platformId", account_id AS "accountId", recommendations,
				(SELECT count(*) FROM account_strikes JOIN orders ON orders.id = order_id JOIN items ON items.id = item_id
					WHERE account_strikes.case_id = ${caseId} AND items.state = 'removed' AND items.version = orders.version) AS strikes,
				ARRAY(SELECT DISTINCT orders.category FROM account_strikes JOIN orders ON orders.id = order_id
					WHERE account_strikes.case_id = ${caseId} AND orders.category IS NOT NULL) AS categories,
				1 + COALESCE((SELECT max(version) FROM orders WHERE account_platform = account_cases.platform_id AND orders.account_id = account_cases.account_id AND matter = ''), 0) AS version
			FROM account_cases WHERE case_id = ${caseId}`,
		tellingRow,
	);
	if (row === undefined) throw new Error("a case about an account has none");
	const { platformId, accountId, version, categories, ...counted } = row;
	const reasons = { ...counted, accountRestriction, hasAdvice: categories.some(hasAdvice) };
	const id = orderId.parse(uuidv7(at.getTime()));
	await writeAccountOrder(tx, { id, caseId, action, version, tier, issuedAt: at, platformId, accountId, reasons });
	return [{ caseId, actor, at, body: { kind: "account-ordered", orderId: id, action, version } }];
}

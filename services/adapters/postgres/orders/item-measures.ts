// The newest order of each label of an item, and of friction of its account: what is in force, and what its platform has said of it.
import { sql } from "kysely";
import { z } from "zod";
import { caseId } from "../../../core/ids.ts";
import { labelIn } from "../../../core/measures/measure.ts";
import { measureAction, orderState } from "../../../core/orders/order.ts";
import { column } from "../connection/columns.ts";
import { newestOfAccount } from "./newest-order.ts";

const columns = sql`matter, action, decided_by AS "decidedBy", case_id AS "caseId", issued_at AS "issuedAt", state, attempts, last_reason AS "lastReason"`;

/** A subquery over the row of `items`. */
export function frictionOfAuthor(columns: ReturnType<typeof sql>) {
	return newestOfAccount(columns, {
		...{ platform: sql`items.platform_id`, account: sql`items.author_id`, matter: sql`'friction'` },
	});
}

/** An expression over the row of `items`. */
export const measuresOfItem = sql`COALESCE((SELECT jsonb_agg(to_jsonb(newest) ORDER BY newest.matter) FROM (
		(SELECT DISTINCT ON (matter) ${columns} FROM orders WHERE orders.item_id = items.id AND matter LIKE 'label:%' ORDER BY matter, orders.version DESC)
		UNION ALL
		${frictionOfAuthor(columns)}
	) AS newest), '[]')`;

export const itemMeasure = z
	.object({
		...{ matter: z.string(), action: measureAction, decidedBy: z.enum(["machine", "person"]) },
		...{ caseId: caseId.nullable(), issuedAt: column.timeInJson },
		...{ state: orderState, attempts: z.int(), lastReason: z.string().nullable() },
	})
	.transform(({ matter, ...one }) => ({ ...one, label: labelIn(matter) }));

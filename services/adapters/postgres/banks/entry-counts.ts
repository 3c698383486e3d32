import { sql } from "kysely";

/** How many entries a bank holds, as migration 0027's triggers keep it. `bank` is an expression for its id. */
export function entryCount(bank: ReturnType<typeof sql>) {
	return sql`(SELECT COALESCE(sum(entries), 0) FROM bank_entry_counts WHERE bank_id = ${bank})`;
}

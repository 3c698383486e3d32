import type { Database } from "../connection/database.ts";
import { appendActs, type NewAct } from "./append-acts.ts";

/** Changes one thing, with an act of it; none where the statement, which returns what it changed, finds no such thing. */
export function changeTold(
	database: Database,
	statement: Parameters<Database["rows"]>[0],
	told: NewAct,
): Promise<void> {
	return database.transaction(async (tx) => {
		const changed = await tx.rows(statement);
		await appendActs(tx, changed.length === 0 ? [] : [told]);
	});
}

// Questions to the history that are kept for everyone.
import { sql } from "kysely";
import { z } from "zod";
import { named } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { ViewStore } from "../../../core/ports/view-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const viewRow = z.object({
	...{ name: column.text, says: column.text, query: column.text },
	...{ savedBy: column.text, savedAt: column.time },
});
const columns = sql`name, says, query, saved_by AS "savedBy", saved_at AS "savedAt"`;

export function createViewStore(database: Database): ViewStore {
	return {
		save: ({ name, says, query }, by) =>
			database.transaction(async (tx) => {
				const [saved] = await tx.rows(
					sql`INSERT INTO saved_views (name, says, query, saved_by) VALUES (${name}, ${says}, ${query}, ${by})
						ON CONFLICT (name) DO UPDATE SET says = excluded.says, query = excluded.query, saved_by = excluded.saved_by, saved_at = DEFAULT
						RETURNING ${columns}`,
					viewRow,
				);
				if (saved === undefined) throw new Error("an inserted row is answered");
				await appendActs(tx, [{ what: "view-saved", on: name, by: named(by), details: {} }]);
				return saved;
			}),
		list: () => database.rows(sql`SELECT ${columns} FROM saved_views ORDER BY name`, viewRow),
		async find(name) {
			const [found] = await database.rows(sql`SELECT ${columns} FROM saved_views WHERE name = ${name}`, viewRow);
			return found ?? null;
		},
		drop: (name, by) =>
			database.transaction(async (tx) => {
				const gone = await tx.rows(sql`DELETE FROM saved_views WHERE name = ${name} RETURNING 1`);
				if (gone.length === 0)
					throw new BreakwaterError("not-found", { detail: "there is no saved view of that name" });
				await appendActs(tx, [{ what: "view-dropped", on: name, by: named(by), details: {} }]);
			}),
	};
}

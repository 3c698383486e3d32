// Which record this is: the same for all who open it, another one for a copy that was restored elsewhere.
import { sql } from "kysely";
import { z } from "zod";
import { column } from "./columns.ts";
import type { Connection } from "./database.ts";

const row = z.object({ id: column.text });

/** The cluster's identifier, made by initdb, and the database's within it. A copy of the cluster's files has the same. */
export async function idOfRecord(on: Connection): Promise<string> {
	const [found] = await on.rows(
		sql`SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/' || current_schema() AS id FROM pg_control_system()`,
		row,
	);
	if (found === undefined) throw new Error("the record has no identifier");
	return found.id;
}

import { sql } from "kysely";
import { z } from "zod";
import { authorityId, uuidv7 } from "../../../core/ids.ts";
import type { AuthorityStore } from "../../../core/ports/authority-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { receiveRequest } from "./receive-request.ts";
import { requestsOnCase, showRequest } from "./show-request.ts";

const columns = sql.raw(`id, name, jurisdiction, laws, is_enabled AS "isEnabled"`);
const authorityRow = z.object({
	...{ id: authorityId, name: column.text, jurisdiction: column.text, laws: column.texts, isEnabled: column.flag },
});

export function createAuthorityStore(database: Database): AuthorityStore {
	return {
		async add(authority, keyHash, by) {
			const id = authorityId.parse(uuidv7(Date.now()));
			const { name, jurisdiction, laws } = authority;
			await unlessTaken("an authority has that name", () =>
				database.transaction(async (tx) => {
					await tx.rows(
						sql`INSERT INTO authorities (id, name, jurisdiction, laws, key_hash)
							VALUES (${id}, ${name}, ${jurisdiction}, ${[...laws]}::text[], ${Buffer.from(keyHash)})`,
					);
					await appendActs(tx, [{ what: "authority-added", on: id, by, details: { name, laws: [...laws] } }]);
				}),
			);
			return { ...authority, id, isEnabled: true };
		},
		list: () => database.rows(sql`SELECT ${columns} FROM authorities ORDER BY name`, authorityRow),
		async findByKeyHash(keyHash) {
			const [row] = await database.rows(
				sql`SELECT ${columns} FROM authorities WHERE key_hash = ${Buffer.from(keyHash)}`,
				authorityRow,
			);
			return row ?? null;
		},
		setEnabled: (name, isEnabled, by) =>
			database.transaction(async (tx) => {
				const [row] = await tx.rows(
					sql`UPDATE authorities SET is_enabled = ${isEnabled} WHERE name = ${name} RETURNING ${columns}`,
					authorityRow,
				);
				if (row === undefined) return null;
				const what = isEnabled ? "authority-enabled" : "authority-disabled";
				await appendActs(tx, [{ what, on: row.id, by, details: { name } }]);
				return row;
			}),
		receive: (authority, request, starts) =>
			database.transaction((tx) => receiveRequest(tx, authority, request, starts)),
		ofCase: (id) => requestsOnCase(database, id),
		findRequest: (authority, id, at) => showRequest(database, { authority, id, at }),
	};
}

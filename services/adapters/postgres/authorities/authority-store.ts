import { sql } from "kysely";
import { z } from "zod";
import { type AuthorityId, authorityId, uuidv7 } from "../../../core/ids.ts";
import type { AuthorityStore } from "../../../core/ports/authority-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { endKeys, opensNow } from "../connection/key-ring.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { receiveRequest } from "./receive-request.ts";
import { listRequests, requestsOnCase, showRequest } from "./show-request.ts";

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
						sql`INSERT INTO authorities (id, name, jurisdiction, laws) VALUES (${id}, ${name}, ${jurisdiction}, ${[...laws]}::text[])`,
					);
					await addKey(tx, id, keyHash);
					await appendActs(tx, [{ what: "authority-added", on: id, by, details: { name, laws: [...laws] } }]);
				}),
			);
			return { ...authority, id, isEnabled: true };
		},
		list: () => database.rows(sql`SELECT ${columns} FROM authorities ORDER BY name`, authorityRow),
		async findByKeyHash(keyHash) {
			const [row] = await database.rows(
				sql`SELECT ${columns} FROM authority_keys AS keys JOIN authorities ON authorities.id = authority_id
					WHERE keys.key_hash = ${Buffer.from(keyHash)} AND ${opensNow}`,
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
		rotateKeys: (id, keyHash, rotation) =>
			database.transaction(async (tx) => {
				const ended = await endKeys(tx, "authority", id, rotation);
				await addKey(tx, id, keyHash);
				const act = { on: id, by: rotation.by } as const;
				if (ended.count > 0) await appendActs(tx, [{ ...act, what: "authority-keys-revoked", details: ended }]);
				await appendActs(tx, [{ ...act, what: "authority-key-added", details: {} }]);
			}),
		receive: (authority, request, starts) =>
			database.transaction((tx) => receiveRequest(tx, authority, request, starts)),
		ofCase: (id) => requestsOnCase(database, id),
		requestsOf: (authority, limit) => listRequests(database, authority, limit),
		findRequest: (authority, id, at) => showRequest(database, { authority, id, at }),
	};
}

async function addKey(tx: Connection, id: AuthorityId, keyHash: Uint8Array): Promise<void> {
	await tx.rows(sql`INSERT INTO authority_keys (key_hash, authority_id) VALUES (${Buffer.from(keyHash)}, ${id})`);
}

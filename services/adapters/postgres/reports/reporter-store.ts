import { sql } from "kysely";
import { z } from "zod";
import { reporterId, uuidv7 } from "../../../core/ids.ts";
import type { Reporter, ReporterStore } from "../../../core/ports/reporter-store.ts";
import { reporterKind } from "../../../core/reports/notice.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { changeTold } from "../acts/change-told.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { endKeys, opensNow } from "../connection/key-ring.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { toWebhook } from "../platforms/webhook-columns.ts";
import { createNoticeStore } from "./notice-store.ts";
import { trustOf } from "./reporter-trust.ts";

const columns = sql.raw("reporters.id, name, kind, webhook_url, webhook_secret, is_enabled");
const reporterRow = z.object({
	...{ id: reporterId, name: column.text, kind: reporterKind, is_enabled: column.flag },
	...{ webhook_url: column.text.nullable(), webhook_secret: column.text.nullable() },
});

export function createReporterStore(database: Database): ReporterStore {
	const change = (statement: Parameters<Database["rows"]>[0], told: NewAct) => changeTold(database, statement, told);
	return {
		...createNoticeStore(database),
		async create({ name, kind, webhook }, by) {
			const id = reporterId.parse(uuidv7(Date.now()));
			await unlessTaken("a reporter has that name", () =>
				change(
					sql`INSERT INTO reporters (id, name, kind, webhook_url, webhook_secret)
						VALUES (${id}, ${name}, ${kind}, ${webhook?.url ?? null}, ${webhook?.secret ?? null}) RETURNING 1`,
					{ what: "reporter-added", on: id, by, details: { name, kind } },
				),
			);
			return { id, name, kind, webhook, isEnabled: true };
		},
		async list() {
			const rows = await database.rows(sql`SELECT ${columns} FROM reporters ORDER BY name`, reporterRow);
			const trust = await trustOf(
				database,
				rows.map(({ id }) => id),
			);
			return rows.map((row) => ({ ...toReporter(row), record: trust.get(row.id) ?? { right: 0, decided: 0 } }));
		},
		setEnabled: (id, isEnabled, by) =>
			change(sql`UPDATE reporters SET is_enabled = ${isEnabled} WHERE id = ${id} RETURNING 1`, {
				...{ what: isEnabled ? "reporter-enabled" : "reporter-disabled", on: id, by, details: {} },
			}),
		addKey: (id, keyHash, by) =>
			change(
				sql`INSERT INTO reporter_keys (key_hash, reporter_id) VALUES (${Buffer.from(keyHash)}, ${id}) RETURNING 1`,
				{ what: "reporter-key-added", on: id, by, details: {} },
			),
		rotateKeys: (id, keyHash, rotation) =>
			database.transaction(async (tx) => {
				const ended = await endKeys(tx, "reporter", id, rotation);
				await tx.rows(sql`INSERT INTO reporter_keys (key_hash, reporter_id) VALUES (${Buffer.from(keyHash)}, ${id})`);
				const act = { on: id, by: rotation.by } as const;
				if (ended.count > 0) await appendActs(tx, [{ ...act, what: "reporter-keys-revoked", details: ended }]);
				await appendActs(tx, [{ ...act, what: "reporter-key-added", details: {} }]);
			}),
		async findByKeyHash(keyHash) {
			const [row] = await database.rows(
				sql`SELECT ${columns} FROM reporter_keys JOIN reporters ON reporters.id = reporter_id
					WHERE key_hash = ${Buffer.from(keyHash)} AND ${opensNow} AND is_enabled`,
				reporterRow,
			);
			return row === undefined ? null : toReporter(row);
		},
	};
}

function toReporter(row: z.infer<typeof reporterRow>): Reporter {
	const { id, name, kind, webhook_url: url, webhook_secret: secret, is_enabled: isEnabled } = row;
	return { id, name, kind, webhook: toWebhook(url, secret), isEnabled };
}

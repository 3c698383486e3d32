import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import { platformId, uuidv7 } from "../../../core/ids.ts";
import type { Platform, PlatformStore } from "../../../core/ports/platform-store.ts";
import { column } from "../connection/columns.ts";
import { type Database, isUniqueViolation } from "../connection/database.ts";

const columns = sql.raw("id, name, source, webhook_url, webhook_secret, media_hosts, is_enabled");

const platformRow = z.object({
	id: platformId,
	name: column.text,
	source: column.text,
	webhook_url: column.text.nullable(),
	webhook_secret: column.text.nullable(),
	media_hosts: column.texts,
	is_enabled: column.flag,
});
const keyRow = platformRow.extend({ may_curate: column.flag });

export function createPlatformStore(database: Database): PlatformStore {
	const one = async (statement: ReturnType<typeof sql>): Promise<Platform | null> => {
		const [row] = await database.rows(statement, platformRow);
		return row === undefined ? null : toPlatform(row);
	};
	return {
		async create(platform) {
			const id = platformId.parse(uuidv7(Date.now()));
			const { name, source, webhook, mediaHosts } = platform;
			try {
				await database.rows(
					sql`INSERT INTO platforms (id, name, source, webhook_url, webhook_secret, media_hosts)
						VALUES (${id}, ${name}, ${source}, ${webhook?.url ?? null}, ${webhook?.secret ?? null}, ${[...mediaHosts]}::text[])`,
				);
			} catch (error) {
				if (isUniqueViolation(error))
					throw new BreakwaterError("name-taken", { detail: "a platform has that name or source", cause: error });
				throw error;
			}
			return { ...platform, id, isEnabled: true };
		},
		list: async () =>
			(await database.rows(sql`SELECT ${columns} FROM platforms ORDER BY name`, platformRow)).map(toPlatform),
		find: (id) => one(sql`SELECT ${columns} FROM platforms WHERE id = ${id}`),
		findBySource: (source) => one(sql`SELECT ${columns} FROM platforms WHERE source = ${source}`),
		async setWebhook(id, webhook) {
			await database.rows(
				sql`UPDATE platforms SET webhook_url = ${webhook?.url ?? null}, webhook_secret = ${webhook?.secret ?? null} WHERE id = ${id}`,
			);
		},
		async setEnabled(id, isEnabled) {
			await database.rows(sql`UPDATE platforms SET is_enabled = ${isEnabled} WHERE id = ${id}`);
		},
		async addKey(id, keyHash, label, { mayCurate } = { mayCurate: false }) {
			await database.rows(
				sql`INSERT INTO api_keys (key_hash, platform_id, label, may_curate) VALUES (${Buffer.from(keyHash)}, ${id}, ${label}, ${mayCurate})`,
			);
		},
		async revokeKeys(id) {
			const revoked = await database.rows(
				sql`UPDATE api_keys SET revoked_at = now() WHERE platform_id = ${id} AND revoked_at IS NULL RETURNING 1`,
			);
			return revoked.length;
		},
		async findByKeyHash(keyHash) {
			const [row] = await database.rows(
				sql`SELECT ${columns}, may_curate FROM api_keys JOIN platforms ON id = platform_id
					WHERE key_hash = ${Buffer.from(keyHash)} AND revoked_at IS NULL AND is_enabled`,
				keyRow,
			);
			return row === undefined ? null : { ...toPlatform(row), mayCurate: row.may_curate };
		},
	};
}

function toPlatform(row: z.infer<typeof platformRow>): Platform {
	const webhook =
		row.webhook_url === null || row.webhook_secret === null
			? null
			: { url: row.webhook_url, secret: row.webhook_secret };
	return {
		id: row.id,
		name: row.name,
		source: row.source,
		webhook,
		mediaHosts: row.media_hosts,
		isEnabled: row.is_enabled,
	};
}

import { sql } from "kysely";
import { z } from "zod";
import { machine } from "../../../core/acts/doer.ts";
import { platformId, uuidv7 } from "../../../core/ids.ts";
import type { Platform, PlatformStore } from "../../../core/ports/platform-store.ts";
import { country } from "../../../core/wire/country.ts";
import { appendActs, type NewAct } from "../acts/append-acts.ts";
import { changeTold } from "../acts/change-told.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { endKeys, opensNow } from "../connection/key-ring.ts";
import { unlessTaken } from "../connection/name-taken.ts";
import { toWebhook } from "./webhook-columns.ts";

const columns = sql.raw(
	"id, name, source, webhook_url, webhook_secret, media_hosts, address_templates, country, jurisdictions, is_enabled",
);

const platformRow = z.object({
	id: platformId,
	name: column.text,
	source: column.text,
	webhook_url: column.text.nullable(),
	webhook_secret: column.text.nullable(),
	media_hosts: column.texts,
	address_templates: column.texts,
	country: country.nullable(),
	jurisdictions: column.texts,
	is_enabled: column.flag,
});
const keyRow = platformRow.extend({ may_curate: column.flag });

export function createPlatformStore(database: Database): PlatformStore {
	const one = async (statement: ReturnType<typeof sql>): Promise<Platform | null> => {
		const [row] = await database.rows(statement, platformRow);
		return row === undefined ? null : toPlatform(row);
	};
	const change = (statement: Parameters<Database["rows"]>[0], told: NewAct) => changeTold(database, statement, told);
	return {
		async create(platform, by = machine) {
			const id = platformId.parse(uuidv7(Date.now()));
			const { name, source, webhook, mediaHosts } = platform;
			await unlessTaken("a platform has that name or source", () =>
				change(
					sql`INSERT INTO platforms (id, name, source, webhook_url, webhook_secret, media_hosts)
						VALUES (${id}, ${name}, ${source}, ${webhook?.url ?? null}, ${webhook?.secret ?? null}, ${[...mediaHosts]}::text[]) RETURNING 1`,
					{ what: "platform-added", on: id, by, details: { name } },
				),
			);
			return { ...platform, id, addressTemplates: [], country: null, jurisdictions: [], isEnabled: true };
		},
		list: async () =>
			(await database.rows(sql`SELECT ${columns} FROM platforms ORDER BY name`, platformRow)).map(toPlatform),
		find: (id) => one(sql`SELECT ${columns} FROM platforms WHERE id = ${id}`),
		findBySource: (source) => one(sql`SELECT ${columns} FROM platforms WHERE source = ${source}`),
		setWebhook: (id, webhook, by = machine) =>
			change(
				sql`UPDATE platforms SET webhook_url = ${webhook?.url ?? null}, webhook_secret = ${webhook?.secret ?? null} WHERE id = ${id} RETURNING 1`,
				{ what: "platform-webhook-set", on: id, by, details: { isSet: webhook !== null } },
			),
		setAddresses: (id, templates, by = machine) =>
			change(sql`UPDATE platforms SET address_templates = ${[...templates]}::text[] WHERE id = ${id} RETURNING 1`, {
				...{ what: "platform-addresses-set", on: id, by, details: { count: templates.length } },
			}),
		setCountry: (id, named, by = machine) =>
			change(sql`UPDATE platforms SET country = ${named} WHERE id = ${id} RETURNING 1`, {
				...{ what: "platform-country-set", on: id, by, details: { country: named } },
			}),
		setJurisdictions: (id, jurisdictions, by = machine) =>
			change(sql`UPDATE platforms SET jurisdictions = ${[...jurisdictions]}::text[] WHERE id = ${id} RETURNING 1`, {
				...{ what: "platform-jurisdictions-set", on: id, by, details: { jurisdictions: [...jurisdictions] } },
			}),
		setEnabled: (id, isEnabled, by = machine) =>
			change(sql`UPDATE platforms SET is_enabled = ${isEnabled} WHERE id = ${id} RETURNING 1`, {
				...{ what: isEnabled ? "platform-enabled" : "platform-disabled", on: id, by, details: {} },
			}),
		addKey: (id, keyHash, label, { mayCurate = false, by = machine } = {}) =>
			change(
				sql`INSERT INTO api_keys (key_hash, platform_id, label, may_curate) VALUES (${Buffer.from(keyHash)}, ${id}, ${label}, ${mayCurate}) RETURNING 1`,
				{ what: "platform-key-added", on: id, by, details: { label, mayCurate } },
			),
		rotateKeys: (id, keyHash, rotation) =>
			database.transaction(async (tx) => {
				const ended = await endKeys(tx, "platform", id, rotation);
				const key = { label: "rotated", mayCurate: false };
				await tx.rows(
					sql`INSERT INTO api_keys (key_hash, platform_id, label) VALUES (${Buffer.from(keyHash)}, ${id}, ${key.label})`,
				);
				const act = { on: id, by: rotation.by } as const;
				if (ended.count > 0) await appendActs(tx, [{ ...act, what: "platform-keys-revoked", details: ended }]);
				await appendActs(tx, [{ ...act, what: "platform-key-added", details: key }]);
			}),
		async findByKeyHash(keyHash) {
			const [row] = await database.rows(
				sql`SELECT ${columns}, may_curate FROM api_keys JOIN platforms ON id = platform_id
					WHERE key_hash = ${Buffer.from(keyHash)} AND ${opensNow} AND is_enabled`,
				keyRow,
			);
			return row === undefined ? null : { ...toPlatform(row), mayCurate: row.may_curate };
		},
	};
}

function toPlatform(row: z.infer<typeof platformRow>): Platform {
	return {
		id: row.id,
		name: row.name,
		source: row.source,
		webhook: toWebhook(row.webhook_url, row.webhook_secret),
		mediaHosts: row.media_hosts,
		addressTemplates: row.address_templates,
		country: row.country,
		jurisdictions: row.jurisdictions,
		isEnabled: row.is_enabled,
	};
}

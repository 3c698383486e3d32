// The rows of newly examined items: the items themselves, their verdicts, the hash history.
import { sql } from "kysely";
import { z } from "zod";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import { hashOfFrames } from "../../../core/hashes/vpdq/hash-of-frames.ts";
import { type ItemId, itemId } from "../../../core/ids.ts";
import { nextItemState } from "../../../core/items/item.ts";
import { type ItemHash, mediaHashesOf } from "../../../core/items/item-hashes.ts";
import { orderOnArrival } from "../../../core/measures/advice.ts";
import { toStoredGrounds } from "../../../core/policy/recorded-grounds.ts";
import { type ExaminedItem, itemKeyText, type UnexaminedItem } from "../../../core/ports/verdict-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { keepFrames } from "../banks/video-frames.ts";
import { clusterRows, joinClusters } from "../clusters/write-members.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** By id: whether it was withheld before, on its bytes alone. */
export type WrittenItems = ReadonlyMap<ItemId, { readonly wasWithheld: boolean }>;

const writtenRow = z.object({ id: itemId, wasWithheld: column.flag });

/**
 * Inserts those whose key is new, with all that belongs to them, completes those that owe their examination, and answers both: one
 * statement, one round trip.
 */
export async function writeVerdicts(
	connection: Connection,
	items: readonly ExaminedItem[],
	at: Date,
	catalogue: SignalCatalogue,
): Promise<WrittenItems> {
	const rows = inOrder(items).map((item) => toRow(item, catalogue));
	for (const { frames = [] } of items)
		if (frames.length > 0) await keepFrames(connection, [{ hash: hashOfFrames(frames), frames }]);
	const written = await connection.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (${itemColumns}, tier text, action text, urgency real, "isIncomplete" boolean, category text,
					"policyRevision" integer, signals jsonb, grounds jsonb, "withheldOn" uuid[], "shadowTier" text, "shadowAction" text, "divertedBy" text[], hashes jsonb, clusters jsonb, layout integer, facts text, links text[])
			), inserted AS (
				${insertItems(at)}
			), owed AS (
				DELETE FROM examination_owed USING r WHERE item_id = r.id RETURNING item_id AS id
			), fresh AS (
				SELECT id, false AS "wasWithheld" FROM inserted UNION ALL SELECT id, true FROM owed
			), verdict AS (
				INSERT INTO verdicts (item_id, tier, action, urgency, is_incomplete, category, policy_revision, signals, grounds, withheld_on, shadow_tier, shadow_action, diverted_by, links)
				SELECT id, tier, action, urgency, "isIncomplete", category, "policyRevision", signals, grounds, "withheldOn", "shadowTier", "shadowAction", "divertedBy", links FROM r JOIN fresh USING (id)
			), told AS (
				INSERT INTO verdict_facts (item_id, layout, facts) SELECT id, layout, facts FROM r JOIN fresh USING (id) WHERE facts IS NOT NULL
			), ${joinClusters(at)}, made AS MATERIALIZED (
				SELECT r.id, one.type, decode(one.hash, 'hex') AS hash, one.quality, COALESCE(one."isPacked", false) AS "isPacked" FROM r JOIN fresh USING (id)
				CROSS JOIN LATERAL jsonb_to_recordset(r.hashes) AS one (type text, hash text, quality smallint, "isPacked" boolean)
			), packed AS (
				INSERT INTO packed_hashes (through, type, item_ids, hashes)
				SELECT (SELECT id FROM made WHERE "isPacked" ORDER BY id DESC LIMIT 1), type,
					string_agg(uuid_send(id), ''::bytea ORDER BY id), string_agg(hash, ''::bytea ORDER BY id)
				FROM made WHERE "isPacked" GROUP BY type
			), history AS (
				INSERT INTO item_hashes (item_id, type, hash, quality, at_ms)
				SELECT id, type, hash, quality, ${at.getTime()}::bigint FROM made WHERE NOT "isPacked"
				UNION SELECT item, type, decode(medoid, 'hex'), NULL, ${at.getTime()}::bigint FROM brought
				ON CONFLICT DO NOTHING
			)
			SELECT * FROM fresh`,
		writtenRow,
	);
	return new Map(written.map(({ id, wasWithheld }) => [id, { wasWithheld }]));
}

/** Inserts those whose key is new, each with the note that its examination is owed, and answers their ids. */
export async function writeUnexamined(
	connection: Connection,
	items: readonly UnexaminedItem[],
	at: Date,
): Promise<ReadonlySet<ItemId>> {
	const rows = inOrder(items).map(toItemRow);
	const written = await connection.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (${itemColumns})
			), inserted AS (
				${insertItems(at)}
			)
			INSERT INTO examination_owed (item_id) SELECT id FROM inserted RETURNING item_id AS id`,
		z.object({ id: itemId }),
	);
	return new Set(written.map(({ id }) => id));
}

/** Two detectors never wait for each other in a circle. */
function inOrder<T extends UnexaminedItem>(items: readonly T[]): readonly T[] {
	return items.toSorted((a, b) => (itemKeyText(a) < itemKeyText(b) ? -1 : 1));
}

const itemColumns = sql`id uuid, platform uuid, source text, event text, subject text, kind text, surface text, country text, author text, state text, version integer,
	"eventTime" timestamptz, "receivedAt" timestamptz`;

function insertItems(at: Date) {
	return sql`INSERT INTO items (id, platform_id, source, event_id, subject, kind, surface, country, author_id, state, version, event_time, received_at, recorded_at)
		SELECT id, platform, source, event, subject, kind, surface, country, author, state, version, "eventTime", "receivedAt", ${at} FROM r
		ON CONFLICT (source, event_id) DO NOTHING
		RETURNING id`;
}

function toItemRow(item: UnexaminedItem & Pick<ExaminedItem, "measures">) {
	const order = orderOnArrival(item);
	return {
		id: item.id,
		platform: item.platformId,
		source: item.source,
		event: item.eventId,
		subject: item.subject,
		kind: item.kind,
		surface: item.surface,
		country: item.country,
		author: item.authorId,
		state: order === null ? "live" : nextItemState("live", order.action),
		version: order === null ? 0 : 1,
		eventTime: item.eventTime,
		receivedAt: item.receivedAt,
	};
}

function hashesOf({ hashes, frames = [], textHashes = [], isPacked = false }: ExaminedItem) {
	const ofVideo: ItemHash = { type: "vpdq", hash: hashOfFrames(frames), quality: null };
	const ofMedia = [...(hashes === null ? [] : mediaHashesOf(hashes)), ...(frames.length === 0 ? [] : [ofVideo])];
	const ofText = textHashes.map((one) => (isPacked ? { isPacked, ...one } : one));
	return [...ofMedia, ...ofText].map((one) => ({ ...one, hash: toHex(one.hash) }));
}

function toRow(item: ExaminedItem, catalogue: SignalCatalogue) {
	const { verdict } = item;
	return {
		tier: verdict.tier,
		action: verdict.action,
		urgency: verdict.urgency,
		isIncomplete: verdict.isIncomplete,
		category: verdict.category,
		policyRevision: verdict.policyRevision,
		signals: verdict.signals.map((signal) => catalogue.toStored(signal)),
		grounds: toStoredGrounds(verdict.grounds, item.andMore),
		withheldOn: verdict.withheldOn,
		divertedBy: verdict.divertedBy,
		shadowTier: verdict.shadow?.tier ?? null,
		shadowAction: verdict.shadow?.action ?? null,
		hashes: hashesOf(item),
		clusters: clusterRows(item),
		links: item.links.length === 0 ? null : item.links,
		...item.facts,
		...toItemRow(item),
	};
}

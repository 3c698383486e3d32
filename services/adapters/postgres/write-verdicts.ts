// The rows of newly examined items: the items themselves, their verdicts, the hash history.
import { sql } from "kysely";
import type { ItemId } from "../../core/ids.ts";
import { type ExaminedItem, itemKeyText } from "../../core/ports/verdict-store.ts";
import type { Database, Executor } from "./database.ts";

/** Inserts those whose key is new and answers their ids. Sorted, so that two detectors never wait for each other in a circle. */
export async function writeItems(
	database: Database,
	tx: Executor,
	items: readonly ExaminedItem[],
	at: Date,
): Promise<ReadonlySet<ItemId>> {
	const rows = items
		.toSorted((a, b) => (itemKeyText(a) < itemKeyText(b) ? -1 : 1))
		.map((item) => ({
			id: item.id,
			platform: item.platformId,
			source: item.source,
			event: item.eventId,
			subject: item.subject,
			kind: item.kind,
			surface: item.surface,
			author: item.authorId,
			state: item.verdict.action === "withhold" ? "withheld" : "live",
			version: item.verdict.action === "withhold" ? 1 : 0,
			eventTime: item.eventTime,
			receivedAt: item.receivedAt,
		}));
	const written = await database.rows<{ id: ItemId }>(
		sql`INSERT INTO items (id, platform_id, source, event_id, subject, kind, surface, author_id, state, version, event_time, received_at, recorded_at)
			SELECT id, platform, source, event, subject, kind, surface, author, state, version, "eventTime", "receivedAt", ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, platform uuid, source text, event text, subject text, kind text, surface text, author text, state text,
					version integer, "eventTime" timestamptz, "receivedAt" timestamptz)
			ON CONFLICT (source, event_id) DO NOTHING
			RETURNING id`,
		tx,
	);
	return new Set(written.map(({ id }) => id));
}

export async function writeVerdicts(database: Database, tx: Executor, items: readonly ExaminedItem[]): Promise<void> {
	const rows = items.map(({ id, verdict }) => ({ id, ...verdict }));
	await database.rows(
		sql`INSERT INTO verdicts (item_id, tier, action, urgency, is_incomplete, category, policy_revision, signals)
			SELECT id, tier, action, urgency, "isIncomplete", category, "policyRevision", signals
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, tier text, action text, urgency real, "isIncomplete" boolean, category text, "policyRevision" integer, signals jsonb)`,
		tx,
	);
}

export async function writeHashes(
	database: Database,
	tx: Executor,
	items: readonly ExaminedItem[],
	at: Date,
): Promise<void> {
	const rows = items.flatMap(({ id, hashes }) =>
		hashes === null
			? []
			: [
					{
						id,
						sha256: toHex(hashes.sha256),
						md5: toHex(hashes.md5),
						pdq: hashes.pdq === null ? null : toHex(hashes.pdq.hash),
						quality: hashes.pdq?.quality ?? null,
					},
				],
	);
	if (rows.length === 0) return;
	await database.rows(
		sql`INSERT INTO media_hashes (item_id, sha256, md5, pdq, pdq_quality, recorded_at)
			SELECT id, decode(sha256, 'hex'), decode(md5, 'hex'), decode(pdq, 'hex'), quality, ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, sha256 text, md5 text, pdq text, quality smallint)`,
		tx,
	);
}

function toHex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}

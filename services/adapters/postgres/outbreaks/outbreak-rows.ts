// Rows of outbreaks, and the items that are kept of each as its picture.
import { sql } from "kysely";
import { z } from "zod";
import { caseId, itemId, type OutbreakId, outbreakId } from "../../../core/ids.ts";
import { itemState } from "../../../core/items/item.ts";
import { spreadStates } from "../../../core/outbreaks/limits.ts";
import { itemsShown, keptGrowth, outbreakAlert, outbreakEnd } from "../../../core/outbreaks/outbreak.ts";
import { subjectKind } from "../../../core/outbreaks/subject.ts";
import type { Outbreak, OutbreakPicture } from "../../../core/ports/outbreak-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const postFields = {
	...{ platform: z.string(), account: z.string(), subject: z.string(), at: column.timeInJson },
	caseId: caseId.nullable(),
};

const outbreakRow = z.object({
	...{
		id: outbreakId,
		kind: subjectKind,
		key: column.text,
		label: column.text,
		beganAt: column.time,
		foundAt: column.time,
	},
	...{ alert: outbreakAlert, latest: keptGrowth, caseId: caseId.nullable() },
	...{
		spread: z.enum(spreadStates),
		itemsAhead: column.whole,
		endedAt: column.time.nullable(),
		because: outbreakEnd.nullable(),
	},
	trippedBy: z.object({ itemId, ...postFields }).nullable(),
});

/** Counted no further than anybody needs to know. */
const mostAhead = 100_000;
const itemsAhead = sql`CASE WHEN is_lifting OR ended_at IS NULL AND spread IN ('machine', 'person')
	THEN (SELECT count(*)::integer FROM (SELECT FROM outbreak_items WHERE outbreak_id = outbreaks.id AND number > changed_through LIMIT ${mostAhead}) AS ahead) ELSE 0 END`;

const selectOutbreaks = sql`SELECT id, subject_kind AS kind, subject_key AS key,
	COALESCE((SELECT name FROM banks WHERE subject_kind = 'bank' AND banks.id::text = subject_key), subject_key) AS label, began_at AS "beganAt", found_at AS "foundAt", at_alert AS alert, latest,
	case_id AS "caseId", spread, ${itemsAhead} AS "itemsAhead", ended_at AS "endedAt", ended_because AS because,
	(SELECT jsonb_build_object('itemId', items.id, 'platform', platforms.name, 'account', author_id, 'subject', subject, 'at', received_at,
			'caseId', (SELECT case_items.case_id FROM case_items WHERE item_id = items.id ORDER BY case_items.case_id IS NOT DISTINCT FROM outbreaks.case_id DESC, case_items.case_id DESC LIMIT 1))
		FROM items JOIN platforms ON platforms.id = platform_id WHERE items.id = tripped_by) AS "trippedBy" FROM outbreaks`;

export async function selectWhere(
	connection: Connection,
	condition: ReturnType<typeof sql>,
): Promise<readonly Outbreak[]> {
	const rows = await connection.rows(sql`${selectOutbreaks} WHERE ${condition}`, outbreakRow);
	return rows.map(({ kind, key, endedAt, because, ...row }) => ({
		...row,
		subject: { kind, key },
		ended: endedAt === null || because === null ? null : { at: endedAt, because },
	}));
}

/** The first ones; what is beyond says no more of how it began and where it spreads. */
const itemsPictured = 20_000;

const pictureRow = z.object({
	isMore: column.flag,
	...{ items: column.count, accounts: column.count, firstSeenAt: column.time.nullable() },
	platforms: z.array(z.object({ name: z.string(), items: z.int(), accounts: z.int() })),
	curve: z.array(z.object({ at: column.timeInJson, items: z.int(), accounts: z.int() })),
	states: z.partialRecord(itemState, z.int()),
	newest: z.array(z.object(postFields)),
});

export async function pictureOf(connection: Connection, id: OutbreakId): Promise<OutbreakPicture> {
	const [picture] = await connection.rows(
		sql`WITH item AS (
				SELECT items.id, platforms.name, platform_id || '/' || author_id AS account, received_at, state
				FROM (SELECT item_id FROM outbreak_items WHERE outbreak_id = ${id} ORDER BY number LIMIT ${itemsPictured}) AS first
					JOIN items ON items.id = item_id JOIN platforms ON platforms.id = platform_id
			), newest AS (
				SELECT items.id, platforms.name, author_id, subject, received_at
				FROM (SELECT item_id FROM outbreak_items WHERE outbreak_id = ${id} ORDER BY item_id DESC LIMIT ${itemsShown}) AS last
					JOIN items ON items.id = item_id JOIN platforms ON platforms.id = platform_id
			)
			SELECT count(*) AS items, EXISTS (SELECT FROM outbreak_items WHERE outbreak_id = ${id} OFFSET ${itemsPictured}) AS "isMore", count(DISTINCT account) AS accounts, min(received_at) AS "firstSeenAt",
				COALESCE((SELECT jsonb_agg(jsonb_build_object('name', name, 'items', items, 'accounts', accounts) ORDER BY items DESC, name)
					FROM (SELECT name, count(*) AS items, count(DISTINCT account) AS accounts FROM item GROUP BY 1) AS one), '[]') AS platforms,
				COALESCE((SELECT jsonb_agg(jsonb_build_object('at', at, 'items', items, 'accounts', accounts) ORDER BY at)
					FROM (SELECT date_trunc('minute', received_at) AS at, count(*) AS items, count(DISTINCT account) AS accounts FROM item GROUP BY 1) AS one), '[]') AS curve,
				COALESCE((SELECT jsonb_object_agg(state, items) FROM (SELECT state, count(*) AS items FROM item GROUP BY 1) AS one), '{}') AS states,
				COALESCE((SELECT jsonb_agg(jsonb_build_object('platform', name, 'account', author_id, 'subject', subject, 'at', received_at,
						'caseId', (SELECT max(case_id::text) FROM case_items WHERE item_id = one.id)) ORDER BY one.id DESC)
					FROM newest AS one), '[]') AS newest
			FROM item`,
		pictureRow,
	);
	return (
		picture ?? {
			isMore: false,
			items: 0,
			accounts: 0,
			platforms: [],
			firstSeenAt: null,
			curve: [],
			states: {},
			newest: [],
		}
	);
}

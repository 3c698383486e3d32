// The items that a case shows, with all that people read of them.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { listedItems } from "../../../core/cases/listed-items.ts";
import { type CaseId, entryId, type ItemId, itemId, orderId } from "../../../core/ids.ts";
import { keptVideo } from "../../../core/items/choose-stills.ts";
import { itemKind, itemState } from "../../../core/items/item.ts";
import { keptMembers } from "../../../core/items/members.ts";
import { orderAction, orderState } from "../../../core/orders/order.ts";
import { readAndMore, readGrounds } from "../../../core/policy/recorded-grounds.ts";
import { tier, verdictAction } from "../../../core/policy/verdict.ts";
import type { CaseItem } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { wordExcerpt } from "../../../core/signals/written/word-excerpt.ts";
import { examinedAgain } from "../../../core/sweeps/examined-again.ts";
import { country } from "../../../core/wire/country.ts";
import { liveSegment, surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { liveOfItem } from "../items/live-segments.ts";
import { itemMeasure, measuresOfItem } from "../orders/item-measures.ts";
import { ordersOf } from "./case-rows.ts";

interface Listing {
	readonly catalogue: SignalCatalogue;
	/** How many at most, the oldest. */
	readonly listed: number;
}

export function loadItems(database: Database, id: CaseId, listing: Listing): Promise<readonly CaseItem[]> {
	return loadAmong(database, sql`SELECT item_id FROM case_items WHERE case_id = ${id}`, listing);
}

/** Those that the case shows beside its own. */
export function loadSpecimens(
	database: Database,
	id: CaseId,
	catalogue: SignalCatalogue,
): Promise<readonly CaseItem[]> {
	const listing = { catalogue, listed: listedItems.usual };
	return loadAmong(database, sql`SELECT item_id FROM specimens WHERE case_id = ${id}`, listing);
}

/** The one of that id, of its own or of those beside them; null where it is none of these. */
export async function loadItem(
	database: Database,
	{ id, of }: { readonly id: CaseId; readonly of: ItemId },
	catalogue: SignalCatalogue,
): Promise<CaseItem | null> {
	const ids = sql`SELECT item_id FROM case_items WHERE case_id = ${id} AND item_id = ${of}
		UNION SELECT item_id FROM specimens WHERE case_id = ${id} AND item_id = ${of}`;
	const [item = null] = await loadAmong(database, ids, { catalogue, listed: 1 });
	return item;
}

/** `ids`: as `item_id`. */
async function loadAmong(
	database: Database,
	ids: RawBuilder<unknown>,
	{ catalogue, listed }: Listing,
): Promise<readonly CaseItem[]> {
	const rows = await database.rows(
		sql`SELECT items.*, platforms.name AS platform_name, verdicts.signals, verdicts.grounds, verdicts.tier, verdicts.action, verdicts.withheld_on, verdicts.diverted_by, verdicts.policy_revision,
				item_evidence.text, item_evidence.media_key, item_evidence.media_type, item_evidence.video, item_evidence.members, item_evidence.words,
				(SELECT jsonb_build_object('at', judged_at, 'examined', examined) FROM reported_items WHERE item_id = items.id AND judged_at IS NOT NULL) AS judged_again,
				${liveOfItem} AS live,
				${ordersOf(["id", "action", "version", "state", "attempts", "issuedAt", "deliveredAt", "lastReason"])} AS orders, ${measuresOfItem} AS measures
			FROM (${ids}) AS one JOIN items ON items.id = one.item_id
				JOIN platforms ON platforms.id = items.platform_id
				JOIN verdicts ON verdicts.item_id = items.id
				LEFT JOIN item_evidence ON item_evidence.item_id = items.id
			ORDER BY items.id LIMIT ${listed}`,
		itemRow,
	);
	return rows.map((row) => toItem(row, catalogue));
}

const itemRow = z.object({
	id: itemId,
	kind: itemKind,
	state: itemState,
	version: column.whole,
	platform_name: column.text,
	subject: column.text,
	author_id: column.text,
	surface,
	country: country.nullable(),
	event_time: column.time.nullable(),
	received_at: column.time,
	/** Parsed by the catalogue of their kinds. */
	signals: z.array(z.unknown()),
	/** Parsed with the signals that they are of. */
	grounds: z.unknown(),
	tier,
	action: verdictAction,
	withheld_on: z.array(entryId),
	diverted_by: column.texts,
	policy_revision: column.whole,
	text: column.text.nullable(),
	media_key: column.text.nullable(),
	media_type: column.text.nullable(),
	video: keptVideo.nullable(),
	judged_again: z.object({ at: column.timeInJson, examined: examinedAgain.nullable() }).nullable(),
	members: keptMembers.nullable(),
	words: z.array(wordExcerpt).nullable(),
	live: liveSegment.nullable(),
	measures: z.array(itemMeasure),
	orders: z.array(
		z.object({
			id: orderId,
			action: orderAction,
			version: z.int(),
			state: orderState,
			attempts: z.int(),
			issuedAt: column.timeInJson,
			deliveredAt: column.timeInJson.nullable(),
			lastReason: z.string().nullable(),
		}),
	),
});

function toItem(row: z.infer<typeof itemRow>, catalogue: SignalCatalogue): CaseItem {
	const { id, kind, state, version, subject, surface, country: land, tier, text } = row;
	const signals = row.signals.map((stored) => catalogue.fromStored(stored));
	const reasons = { signals, policyRevision: row.policy_revision, divertedBy: row.diverted_by };
	return {
		...{ id, kind, state, version, subject, surface, country: land, signals, tier, text },
		grounds: readGrounds({ ...reasons, grounds: row.grounds }, catalogue),
		andMore: readAndMore(row),
		platformName: row.platform_name,
		authorId: row.author_id,
		eventTime: row.event_time,
		receivedAt: row.received_at,
		verdictAction: row.action,
		withheldOn: row.withheld_on,
		divertedBy: row.diverted_by,
		policyRevision: row.policy_revision,
		mediaKey: row.media_key,
		mediaType: row.media_type,
		video: row.video,
		judgedAgain: row.judged_again,
		members: row.members,
		words: row.words ?? [],
		live: row.live,
		measures: row.measures,
		orders: row.orders,
	};
}

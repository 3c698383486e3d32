// Rows of cases and what belongs to them, as the case store reads them.
import { sql } from "kysely";
import { ownSource } from "../../../core/banks/bank.ts";
import type { CaseSnapshot, CaseState, Decision } from "../../../core/cases/case.ts";
import type { DecidableItem, GivenDecision } from "../../../core/cases/consequences.ts";
import type { CaseId, ItemId, PlatformId, UserId } from "../../../core/ids.ts";
import type { OrderAction } from "../../../core/orders/order.ts";
import { readGrounds } from "../../../core/policy/recorded-grounds.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import type { CaseEventRecord, CaseItem, CaseLane, CaseSummary, MatchedEntry } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import type { Surface } from "../../../core/wire/item-event.ts";
import { type EntryDetailRow, toEntryDetail } from "../banks/bank-rows.ts";
import type { Connection, Database } from "../connection/database.ts";

export interface CaseRow {
	readonly id: CaseId;
	readonly state: CaseState;
	readonly tier: Tier;
	readonly urgency: number;
	readonly category: string | null;
	readonly is_incomplete: boolean;
	readonly platform_name: string;
	readonly surface: CaseSummary["surface"];
	readonly item_count: number;
	readonly opened_at: Date;
	readonly last_item_at: Date;
	readonly first_decision: Decision | null;
	readonly first_decided_by: UserId | null;
	readonly second_decision: Decision | null;
	readonly second_decided_by: UserId | null;
	readonly decided_by: UserId | null;
	readonly fence: number;
	readonly claimed_by: UserId | null;
	readonly claim_expires_at: Date | null;
	readonly claimer_name: string | null;
	readonly decision: Decision | null;
	readonly decided_at: Date | null;
}

export const selectCases = sql`SELECT cases.*, platforms.name AS platform_name, users.display_name AS claimer_name
	FROM cases JOIN platforms ON platforms.id = cases.platform_id LEFT JOIN users ON users.id = cases.claimed_by`;

/** A lease that has run out holds nothing: such a case is open to whoever comes next. */
export const isClaimExpired = (at: Date) => sql`(cases.state = 'claimed' AND cases.claim_expires_at <= ${at})`;

export const laneOf = sql`CASE
	WHEN cases.state IN ('second', 'held') THEN 'second'
	WHEN cases.tier IN ('K1', 'K2') THEN 'known'
	WHEN cases.tier = 'K3' THEN 'probable'
	WHEN cases.tier IN ('M', 'T') THEN 'model'
	ELSE 'unavailable' END`;
export const lanesInOrder: readonly CaseLane[] = ["known", "probable", "model", "unavailable", "second"];

export function toSummary(row: CaseRow, at: Date): CaseSummary {
	const isHeld = row.claimed_by !== null && row.claim_expires_at !== null && row.claim_expires_at > at;
	return {
		id: row.id,
		state: row.state === "claimed" && !isHeld ? "open" : row.state,
		tier: row.tier,
		urgency: row.urgency,
		category: row.category,
		platformName: row.platform_name,
		surface: row.surface,
		itemCount: row.item_count,
		isIncomplete: row.is_incomplete,
		openedAt: row.opened_at,
		lastItemAt: row.last_item_at,
		claimedBy:
			isHeld && row.claimed_by !== null && row.claim_expires_at !== null
				? { userId: row.claimed_by, displayName: row.claimer_name ?? "", expiresAt: row.claim_expires_at }
				: null,
		decided: row.decision === null || row.decided_at === null ? null : { decision: row.decision, at: row.decided_at },
	};
}

export async function loadSnapshot(on: Connection, row: CaseRow): Promise<CaseSnapshot> {
	const items = await on.rows<SnapshotItemRow>(
		sql`SELECT items.id, items.state, items.platform_id AS "platformId", items.surface, ${withheldOn} AS "withheldOn", ${ordersOf(["action", "issuedAt"])} AS orders
			FROM case_items JOIN items ON items.id = item_id JOIN verdicts USING (item_id) WHERE case_id = ${row.id} ORDER BY items.id`,
	);
	return {
		id: row.id,
		state: row.state,
		tier: row.tier,
		fence: row.fence,
		claim:
			row.claimed_by === null || row.claim_expires_at === null
				? null
				: { userId: row.claimed_by, fence: row.fence, expiresAt: row.claim_expires_at },
		firstDecision: given(row.first_decision, row.first_decided_by),
		secondDecision: given(row.second_decision, row.second_decided_by),
		decided: decidedOf(row),
		items: items.map(({ orders, ...item }) => ({
			...item,
			orders: orders.map(({ action, issuedAt }) => ({ action, issuedAt: new Date(issuedAt) })),
		})),
	};
}

function given(decision: Decision | null, userId: UserId | null): GivenDecision | null {
	return decision === null || userId === null ? null : { decision, userId };
}

function decidedOf({ decision, decided_by, decided_at }: CaseRow): CaseSnapshot["decided"] {
	const last = given(decision, decided_by);
	return last === null || decided_at === null ? null : { ...last, at: decided_at };
}

interface SnapshotItemRow extends DecidableItem {
	readonly id: ItemId;
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly orders: readonly { readonly action: OrderAction; readonly issuedAt: string }[];
}

/** On whose word alone a machine withheld the item of the row. What has left its bank, or people have cleared, is left out. */
const withheldOn = sql`COALESCE((
	SELECT jsonb_agg(jsonb_build_object('entryId', entry.id, 'isTrusted', EXISTS (
		SELECT FROM jsonb_array_elements(verdicts.signals) AS signal (value)
		WHERE value -> 'match' ->> 'entryId' = entry.id::text AND value -> 'match' -> 'trusted' = 'true')) ORDER BY entry.id)
	FROM bank_entries AS entry
	WHERE verdicts.action = 'withhold' AND entry.id = ANY (verdicts.withheld_on)
		AND opinions -> ${ownSource}::text ->> 'kind' IS DISTINCT FROM 'negative'), '[]')`;

const orderFields = {
	id: sql`orders.id`,
	action: sql`action`,
	version: sql`orders.version`,
	state: sql`orders.state`,
	attempts: sql`attempts`,
	issuedAt: sql`issued_at`,
	deliveredAt: sql`delivered_at`,
	lastReason: sql`last_reason`,
} as const;

/** All orders of the item of the row, in the order of their versions. */
function ordersOf(fields: readonly (keyof typeof orderFields)[]) {
	const pairs = fields.map((name) => sql`${name}::text, ${orderFields[name]}`);
	return sql`COALESCE((SELECT jsonb_agg(jsonb_build_object(${sql.join(pairs)}) ORDER BY orders.version) FROM orders WHERE orders.item_id = items.id), '[]')`;
}

export async function loadItems(
	database: Database,
	id: CaseId,
	catalogue: SignalCatalogue,
): Promise<readonly CaseItem[]> {
	const rows = await database.rows<ItemRow>(
		sql`SELECT items.*, platforms.name AS platform_name, verdicts.signals, verdicts.grounds, verdicts.tier, verdicts.action, verdicts.withheld_on, verdicts.diverted_by, verdicts.policy_revision,
				item_evidence.text, item_evidence.media_key, item_evidence.media_type,
				${ordersOf(["id", "action", "version", "state", "attempts", "issuedAt", "deliveredAt", "lastReason"])} AS orders
			FROM case_items JOIN items ON items.id = case_items.item_id
				JOIN platforms ON platforms.id = items.platform_id
				JOIN verdicts ON verdicts.item_id = items.id
				LEFT JOIN item_evidence ON item_evidence.item_id = items.id
			WHERE case_id = ${id} ORDER BY items.id LIMIT 200`,
	);
	return rows.map((row) => toItem(row, catalogue));
}

interface ItemRow {
	readonly id: ItemId;
	readonly kind: CaseItem["kind"];
	readonly state: CaseItem["state"];
	readonly version: number;
	readonly platform_name: string;
	readonly subject: string;
	readonly author_id: string;
	readonly surface: CaseItem["surface"];
	readonly event_time: Date | null;
	readonly received_at: Date;
	readonly signals: readonly unknown[];
	readonly grounds: unknown;
	readonly tier: Tier;
	readonly action: CaseItem["verdictAction"];
	readonly withheld_on: CaseItem["withheldOn"];
	readonly diverted_by: readonly string[];
	readonly policy_revision: number;
	readonly text: string | null;
	readonly media_key: string | null;
	readonly media_type: string | null;
	readonly orders: readonly (Omit<CaseItem["orders"][number], "issuedAt" | "deliveredAt"> & {
		readonly issuedAt: string;
		readonly deliveredAt: string | null;
	})[];
}

function toItem(row: ItemRow, catalogue: SignalCatalogue): CaseItem {
	const { id, kind, state, version, subject, surface, tier, text } = row;
	const signals = row.signals.map((stored) => catalogue.fromStored(stored));
	const reasons = { signals, policyRevision: row.policy_revision, divertedBy: row.diverted_by };
	return {
		...{ id, kind, state, version, subject, surface, signals, tier, text },
		grounds: readGrounds({ ...reasons, grounds: row.grounds }, catalogue),
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
		orders: row.orders.map((order) => ({
			...order,
			issuedAt: new Date(order.issuedAt),
			deliveredAt: order.deliveredAt === null ? null : new Date(order.deliveredAt),
		})),
	};
}

export async function loadMatchedEntries(
	database: Database,
	items: readonly CaseItem[],
	catalogue: SignalCatalogue,
): Promise<readonly MatchedEntry[]> {
	const ids = items.flatMap(({ signals }) => signals.flatMap((signal) => catalogue.entryOf(signal)?.id ?? []));
	if (ids.length === 0) return [];
	const rows = await database.rows<MatchedEntryRow>(
		sql`SELECT entry.*, banks.name AS bank_name, banks.kind AS bank_kind, banks.trusted, banks.sources
			FROM bank_entries AS entry JOIN banks ON banks.id = entry.bank_id
			WHERE entry.id = ANY (${[...new Set(ids)]}::uuid[]) ORDER BY banks.name, entry.id`,
	);
	return rows.map((row) => {
		const { id, hashType, opinions, isQuarantined } = toEntryDetail(row);
		const bank = { bankName: row.bank_name, bankKind: row.bank_kind, bankTrust: row };
		return { id, hashType, opinions, isQuarantined, ...bank };
	});
}

type MatchedEntryRow = EntryDetailRow & {
	readonly bank_name: string;
	readonly bank_kind: MatchedEntry["bankKind"];
	readonly trusted: boolean;
	readonly sources: readonly string[];
};

export async function loadEvents(database: Database, id: CaseId): Promise<readonly CaseEventRecord[]> {
	const rows = await database.rows<{
		readonly sequence: number;
		readonly kind: CaseEventRecord["kind"];
		readonly at: Date;
		readonly actor_id: UserId | null;
		readonly display_name: string | null;
		readonly data: string;
	}>(
		sql`SELECT sequence, kind, at, actor_id, display_name, data FROM case_events LEFT JOIN users ON users.id = actor_id
			WHERE case_id = ${id} ORDER BY sequence DESC LIMIT 500`,
	);
	return rows.toReversed().map(({ sequence, kind, at, actor_id, display_name, data }) => ({
		sequence,
		kind,
		at,
		actor:
			actor_id === null ? { kind: "machine" } : { kind: "person", userId: actor_id, displayName: display_name ?? "" },
		data: JSON.parse(data),
	}));
}

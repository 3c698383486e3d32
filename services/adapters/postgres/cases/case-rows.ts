// Rows of cases and what belongs to them, as the case store reads them.
import { sql } from "kysely";
import { z } from "zod";
import { bankKind, ownSource } from "../../../core/banks/bank.ts";
import { type CaseSnapshot, caseState, type Decision, decision } from "../../../core/cases/case.ts";
import type { GivenDecision } from "../../../core/cases/consequences.ts";
import { countedReports } from "../../../core/cases/count-reports.ts";
import { type CaseId, caseId, entryId, itemId, platformId, type UserId, userId } from "../../../core/ids.ts";
import { itemState } from "../../../core/items/item.ts";
import { orderAction } from "../../../core/orders/order.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { CaseItem, CaseSummary, MatchedEntry } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { entryDetailRow, toEntryDetail } from "../banks/bank-rows.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { itemMeasure, measuresOfItem } from "../orders/item-measures.ts";
import { newestOfAccount } from "../orders/newest-order.ts";
import { spreadOf } from "../outbreaks/keep-limits.ts";

export const caseRow = z.object({
	id: caseId,
	state: caseState,
	tier,
	urgency: column.real,
	category: column.text.nullable(),
	is_incomplete: column.flag,
	platform_name: column.text.nullable(),
	surface: surface.nullable(),
	copies_of: caseId.nullable(),
	item_count: column.whole,
	counted_reports: countedReports.nullable(),
	opened_at: column.time,
	last_item_at: column.time,
	due_at: column.time.nullable(),
	first_decision: decision.nullable(),
	first_decided_by: userId.nullable(),
	second_decision: decision.nullable(),
	second_decided_by: userId.nullable(),
	decided_by: userId.nullable(),
	fence: column.whole,
	claimed_by: userId.nullable(),
	claim_expires_at: column.time.nullable(),
	claimer_name: column.text.nullable(),
	decision: decision.nullable(),
	decided_at: column.time.nullable(),
	appealed_decision: decision.nullable(),
	appealed_at: column.time.nullable(),
	appealed_by: z.array(userId).nullable(),
	/** Its key, and what that was before an appeal that the case is under. */
	...{ cluster_key: column.text, gathered_as: column.text.nullable() },
	/** An appeal waits for what people decide. */
	is_appealed: column.flag,
	account_id: column.text.nullable(),
});
export type CaseRow = z.infer<typeof caseRow>;

export const selectCases = sql`SELECT cases.*, platforms.name AS platform_name, users.display_name AS claimer_name, account_cases.account_id,
		EXISTS (SELECT FROM appeals WHERE case_id = cases.id AND outcome IS NULL) AS is_appealed
	FROM cases LEFT JOIN platforms ON platforms.id = cases.platform_id LEFT JOIN users ON users.id = cases.claimed_by LEFT JOIN account_cases ON account_cases.case_id = cases.id`;

/** A lease that has run out holds nothing: such a case is open to whoever comes next. */
export const isClaimExpired = (at: Date) => sql`(cases.state = 'claimed' AND cases.claim_expires_at <= ${at})`;

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
		reportCount: row.counted_reports?.reports ?? 0,
		isAppealed: row.is_appealed,
		accountId: row.account_id,
		isIncomplete: row.is_incomplete,
		openedAt: row.opened_at,
		lastItemAt: row.last_item_at,
		dueAt: row.due_at,
		claimedBy:
			isHeld && row.claimed_by !== null && row.claim_expires_at !== null
				? { userId: row.claimed_by, displayName: row.claimer_name ?? "", expiresAt: row.claim_expires_at }
				: null,
		decided: row.decision === null || row.decided_at === null ? null : { decision: row.decision, at: row.decided_at },
	};
}

export async function loadSnapshot(on: Connection, row: CaseRow): Promise<CaseSnapshot> {
	const items = await on.rows(
		sql`${snapshotItems} WHERE items.id IN (SELECT item_id FROM case_items WHERE case_id = ${row.id}) ORDER BY items.id`,
		snapshotItemRow,
	);
	const copies =
		row.state !== "decided" && row.appealed_decision === null
			? []
			: await on.rows(
					sql`${snapshotItems} WHERE items.id IN (SELECT item_id FROM orders WHERE standing_case = ${row.id} AND item_id NOT IN (SELECT item_id FROM case_items WHERE case_id = ${row.id}))
						ORDER BY items.id`,
					snapshotItemRow,
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
		appealed: appealedOf(row),
		...{ items, copies },
		account: await loadAccount(on, row.id),
		spread: await spreadOf(on, row.id),
	};
}

async function loadAccount(on: Connection, id: CaseId): Promise<CaseSnapshot["account"]> {
	const [row] = await on.rows(
		sql`SELECT account_cases.platform_id AS "platformId", platforms.country, COALESCE(newest.action = 'account.restrict-recommended', false) AS "isRecommended",
				COALESCE(newest.case_id = ${id}, false) AS "isByThisCase"
			FROM account_cases JOIN platforms ON platforms.id = account_cases.platform_id LEFT JOIN LATERAL ${newestOfAccount(sql`action, case_id`, { platform: sql`account_cases.platform_id`, account: sql`account_cases.account_id` })} AS newest ON true
			WHERE account_cases.case_id = ${id}`,
		accountRow,
	);
	return row ?? null;
}

const accountRow = z.object({
	platformId,
	country: country.nullable(),
	isRecommended: column.flag,
	isByThisCase: column.flag,
});

function given(decision: Decision | null, userId: UserId | null): GivenDecision | null {
	return decision === null || userId === null ? null : { decision, userId };
}

function decidedOf({ decision, decided_by, decided_at }: CaseRow): CaseSnapshot["decided"] {
	const last = given(decision, decided_by);
	return last === null || decided_at === null ? null : { ...last, at: decided_at };
}

function appealedOf({ appealed_decision, appealed_at, appealed_by }: CaseRow): CaseSnapshot["appealed"] {
	if (appealed_decision === null || appealed_at === null || appealed_by === null) return null;
	return { decision: appealed_decision, at: appealed_at, by: appealed_by };
}

const snapshotItemRow = z.object({
	id: itemId,
	state: itemState,
	platformId,
	surface,
	country: country.nullable(),
	withheldOn: z.array(z.object({ entryId, isTrusted: z.boolean() })),
	measures: z.array(itemMeasure),
	orders: z.array(
		z.object({
			action: orderAction,
			issuedAt: column.timeInJson,
			standingCase: caseId.nullable(),
			takesBack: z.boolean(),
		}),
	),
});

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
	standingCase: sql`standing_case`,
	takesBack: sql`takes_back`,
	deliveredAt: sql`delivered_at`,
	lastReason: sql`last_reason`,
} as const;

/** All orders of the item of the row, in the order of their versions. */
export function ordersOf(fields: readonly (keyof typeof orderFields)[]) {
	const pairs = fields.map((name) => sql`${name}::text, ${orderFields[name]}`);
	return sql`COALESCE((SELECT jsonb_agg(jsonb_build_object(${sql.join(pairs)}) ORDER BY orders.version) FROM orders WHERE orders.item_id = items.id AND matter = ''), '[]')`;
}

export async function loadMatchedEntries(
	database: Database,
	items: readonly CaseItem[],
	catalogue: SignalCatalogue,
): Promise<readonly MatchedEntry[]> {
	const ids = items.flatMap(({ signals }) => signals.flatMap((signal) => catalogue.entryOf(signal)?.id ?? []));
	if (ids.length === 0) return [];
	const rows = await database.rows(
		sql`SELECT entry.*, banks.name AS bank_name, banks.kind AS bank_kind, banks.trusted, banks.sources
			FROM bank_entries AS entry JOIN banks ON banks.id = entry.bank_id
			WHERE entry.id = ANY (${[...new Set(ids)]}::uuid[]) ORDER BY banks.name, entry.id`,
		matchedEntryRow,
	);
	return rows.map((row) => {
		const { id, hashType, opinions, isQuarantined } = toEntryDetail(row);
		const bank = { bankName: row.bank_name, bankKind: row.bank_kind, bankTrust: row };
		return { id, hashType, opinions, isQuarantined, ...bank };
	});
}

const matchedEntryRow = entryDetailRow.extend({
	...{ bank_name: column.text, bank_kind: bankKind, trusted: column.flag, sources: column.texts },
});

const snapshotItems = sql`SELECT items.id, items.state, items.platform_id AS "platformId", items.surface, items.country, ${withheldOn} AS "withheldOn",
		${ordersOf(["action", "issuedAt", "standingCase", "takesBack"])} AS orders, ${measuresOfItem} AS measures
	FROM items JOIN verdicts ON verdicts.item_id = items.id`;

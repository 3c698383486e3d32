import { sql } from "kysely";
import { z } from "zod";
import type { Actor, CaseSnapshot, CaseTransition } from "../../../core/cases/case.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, caseId, orderId, type UserId, uuidv7 } from "../../../core/ids.ts";
import { itemState, nextItemState } from "../../../core/items/item.ts";
import type { Tier } from "../../../core/policy/verdict.ts";
import { type CaseFilter, type CaseStore, caseLanes } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { addRemoved, withdrawRemoved } from "../banks/own-bank.ts";
import { reopenClocks } from "../clocks/reopen-clocks.ts";
import { column } from "../connection/columns.ts";
import { type Connection, type Database, isUniqueViolation } from "../connection/database.ts";
import { type NewOrder, writeOrders } from "../orders/write-orders.ts";
import { answerCase } from "../reports/answer-reports.ts";
import { appendCaseEvents, type NewCaseEvent } from "./case-events.ts";
import { loadReports } from "./case-reports.ts";
import {
	type CaseRow,
	caseRow,
	isClaimExpired,
	laneOf,
	loadEvents,
	loadItems,
	loadMatchedEntries,
	loadSnapshot,
	selectCases,
	toSummary,
} from "./case-rows.ts";
import { isUndecided } from "./undecided.ts";
import { withdrawWords } from "./withdraw-words.ts";
import { nameOf, writeBack } from "./write-back.ts";

const laneRow = z.object({ lane: z.enum(caseLanes), count: column.count, oldest: column.time });

type Decide = (current: CaseSnapshot) => CaseTransition;

export function createCaseStore(database: Database, catalogue: SignalCatalogue): CaseStore {
	return {
		async list(filter) {
			const at = new Date();
			const rows = await database.rows(
				sql`${selectCases} WHERE ${whereOf(filter, at)} ORDER BY ${orderOf(filter)} LIMIT ${filter.limit} OFFSET ${filter.offset}`,
				caseRow,
			);
			return rows.map((row) => toSummary(row, at));
		},
		async lanes() {
			const rows = await database.rows(
				sql`SELECT ${laneOf} AS lane, count(*) AS count, min(opened_at) AS oldest FROM cases
					WHERE ${isUndecided} GROUP BY 1`,
				laneRow,
			);
			return caseLanes.map((lane) => {
				const row = rows.find((one) => one.lane === lane);
				return { lane, count: row?.count ?? 0, oldestAt: row?.oldest ?? null };
			});
		},
		async find(id) {
			const [row] = await database.rows(sql`${selectCases} WHERE cases.id = ${id}`, caseRow);
			if (row === undefined) return null;
			const [snapshot, items, events, reports] = await Promise.all([
				loadSnapshot(database, row),
				loadItems(database, id, catalogue),
				loadEvents(database, id),
				loadReports(database, row),
			]);
			const entries = await loadMatchedEntries(database, items, catalogue);
			return { ...toSummary(row, new Date()), snapshot, items, entries, events, reports };
		},
		transition: (id, actor, at, decide) =>
			withNewerCase(() =>
				database.transaction(async (tx) => {
					const [row] = await tx.rows(sql`${selectCases} WHERE cases.id = ${id} FOR UPDATE OF cases`, caseRow);
					return row === undefined ? null : apply(tx, row, { actor, at }, decide);
				}),
			),
		transitionNext: ({ userId, isLead, lane }, at, decide) =>
			database.transaction(async (tx) => {
				const [row] = await tx.rows(
					sql`${selectCases}
						WHERE (cases.state = 'open' OR ${isClaimExpired(at)}
								OR (${isWaitedFor(userId, isLead)} AND (cases.claim_expires_at IS NULL OR cases.claim_expires_at <= ${at})))
							AND ${lane === undefined ? sql`true` : sql`${laneOf} = ${lane}`}
							AND NOT EXISTS (SELECT 1 FROM case_skips WHERE case_skips.case_id = cases.id AND case_skips.user_id = ${userId})
						ORDER BY ${queueOrder} LIMIT 1 FOR UPDATE OF cases SKIP LOCKED`,
					caseRow,
				);
				return row === undefined ? null : apply(tx, row, { actor: { kind: "person", userId }, at }, decide);
			}),
		...views(database),
		markEscalated: (id, at) =>
			database.transaction(async (tx) => {
				const marked = await tx.rows(
					sql`UPDATE cases SET escalated_at = ${at} WHERE id = ${id} AND escalated_at IS NULL RETURNING 1`,
				);
				if (marked.length === 0) return false;
				await appendCaseEvents(tx, [{ caseId: id, actor: { kind: "machine" }, at, body: { kind: "escalated" } }]);
				return true;
			}),
		onChanged: (listener) =>
			database.listener.on("cases", (payload) => {
				const id = caseId.safeParse(payload);
				if (id.success) listener(id.data);
			}),
	};
}

/** One undecided case a cluster: a decided one does not come back beside it. */
async function withNewerCase<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		throw isUniqueViolation(error) ? new BreakwaterError("newer-case", { cause: error }) : error;
	}
}

/** What was shown to whom. */
function views(database: Database): Pick<CaseStore, "recordReveal" | "recordHidden" | "exposure"> {
	return {
		recordReveal: (id, actor, at, view) =>
			database.transaction((tx) =>
				appendCaseEvents(tx, [{ caseId: id, actor, at, body: { kind: "revealed", ...view } }]),
			),
		recordHidden: (id, actor, at, view) =>
			database.transaction((tx) =>
				appendCaseEvents(tx, [{ caseId: id, actor, at, body: { kind: "hidden", ...view } }]),
			),
		async exposure(userId, since) {
			const [row] = await database.rows(
				sql`SELECT count(*) FILTER (WHERE kind = 'revealed') AS views,
						(COALESCE(sum((data::jsonb ->> 'durationMs')::double precision) FILTER (WHERE kind = 'hidden'), 0) / 1000)::double precision AS seconds
					FROM case_events WHERE actor_id = ${userId} AND at >= ${since} AND kind IN ('revealed', 'hidden')`,
				z.object({ views: column.count, seconds: column.real }),
			);
			return row ?? { views: 0, seconds: 0 };
		},
	};
}

/** The nearest deadline first among those of one urgency; as its index has it. */
const queueOrder = sql`urgency DESC, due_at, opened_at`;

function orderOf({ states }: CaseFilter) {
	const queue = sql`${queueOrder}, cases.id`;
	// Only where decided ones may be among them: the queue's own order has an index.
	const mayBeDecided = states === undefined || states.includes("decided") || states.includes("closed");
	return mayBeDecided ? sql`cases.decided_at DESC NULLS FIRST, ${queue}` : queue;
}

/** Cases that wait for another person than those who gave a decision, and, where two differ, for a lead. */
function isWaitedFor(userId: UserId, isLead: boolean) {
	const states = isLead ? ["second", "held"] : ["second"];
	return sql`(cases.state = ANY (${states}::text[]) AND cases.first_decided_by <> ${userId} AND cases.second_decided_by IS DISTINCT FROM ${userId})`;
}

function whereOf(filter: CaseFilter, at: Date) {
	const { states, lane, claimedBy, search } = filter;
	const conditions = [sql`true`];
	if (lane !== undefined) conditions.push(sql`${laneOf} = ${lane}`, isUndecided);
	if (states !== undefined) {
		const effective = sql`CASE WHEN ${isClaimExpired(at)} THEN 'open' ELSE cases.state END`;
		conditions.push(sql`${effective} = ANY (${[...states]}::text[])`);
	}
	if (claimedBy !== undefined) conditions.push(sql`cases.claimed_by = ${claimedBy} AND cases.claim_expires_at > ${at}`);
	if (search !== undefined && search !== "") conditions.push(searchCondition(search));
	return sql.join(conditions, sql` AND `);
}

/**
 * By a part of the id of the case, of one of its items, orders or entries (pages show the end of an id), of its platform's or category's
 * name, or of the platform's own ids of the content and the account.
 */
function searchCondition(search: string) {
	const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
	return sql`(cases.id::text ILIKE ${part} OR cases.cluster_key ILIKE ${part} OR platforms.name ILIKE ${part} OR cases.category ILIKE ${part}
		OR EXISTS (SELECT 1 FROM case_items JOIN items ON items.id = item_id
			WHERE case_id = cases.id AND (items.id::text ILIKE ${part} OR subject ILIKE ${part} OR author_id ILIKE ${part}))
		OR EXISTS (SELECT 1 FROM orders WHERE orders.case_id = cases.id AND orders.id::text ILIKE ${part}))`;
}

/** Who does it, and when. */
interface Doing {
	readonly actor: Actor;
	readonly at: Date;
}

async function apply(tx: Connection, row: CaseRow, doing: Doing, decide: Decide): Promise<CaseSnapshot> {
	const { actor, at } = doing;
	const before = await loadSnapshot(tx, row);
	const change = decide(before);
	const { firstDecision, secondDecision, decided, claim } = change;
	await tx.rows(
		sql`UPDATE cases SET state = ${change.state}, decision = ${decided?.decision ?? null}, decided_by = ${decided?.userId ?? null}, decided_at = ${decided?.at ?? null},
				first_decision = ${firstDecision?.decision ?? null}, first_decided_by = ${firstDecision?.userId ?? null},
				second_decision = ${secondDecision?.decision ?? null}, second_decided_by = ${secondDecision?.userId ?? null},
				fence = ${claim === null ? row.fence : Math.max(claim.fence, row.fence)}, claimed_by = ${claim?.userId ?? null}, claim_expires_at = ${claim?.expiresAt ?? null}
			WHERE id = ${row.id}`,
	);
	if (change.skippedBy !== undefined) {
		await tx.rows(
			sql`INSERT INTO case_skips (case_id, user_id, at) VALUES (${row.id}, ${change.skippedBy}, ${at}) ON CONFLICT DO NOTHING`,
		);
	}
	const ordered = await moveItems(tx, row, change, doing);
	await tellOwnBank(tx, row, change, doing);
	const { entryJudgement } = change;
	const judged = entryJudgement === undefined ? [] : await writeBack(tx, row.id, entryJudgement, doing);
	const events: NewCaseEvent[] = change.events.map((body) => ({ caseId: row.id, actor, at, body }));
	const answered = await answer(tx, row.id, change, doing);
	await appendCaseEvents(tx, [...events, ...judged, ...ordered, ...answered]);
	await runClocksAgain(tx, change, doing);
	if (change.withdraws !== undefined)
		await withdrawWords(tx, row.id, change.withdraws.decidedAt, await nameOf(tx, actor));
	const [after] = await tx.rows(sql`${selectCases} WHERE cases.id = ${row.id}`, caseRow);
	return loadSnapshot(tx, after ?? row);
}

/** Those that a removal had stopped which is taken back. */
async function runClocksAgain(
	tx: Connection,
	{ events, itemActions }: CaseTransition,
	{ actor, at }: Doing,
): Promise<void> {
	if (actor.kind !== "person") return;
	const items = itemActions.map(({ itemId }) => itemId);
	for (const one of events)
		if ((one.kind === "undone" || one.kind === "reopened") && one.decision === "remove")
			await reopenClocks(tx, items, { doer: actor, reason: one.reason, at });
}

/** What people remove is known here from then on, until they take it back. */
async function tellOwnBank(
	tx: Connection,
	{ id: caseId, category }: CaseRow,
	{ itemActions, withdraws }: CaseTransition,
	{ actor }: Doing,
): Promise<void> {
	const items = itemActions.flatMap(({ itemId, action }) => (action === "remove" ? [itemId] : []));
	if (items.length > 0) await addRemoved(tx, { caseId, category, items }, await nameOf(tx, actor));
	if (withdraws !== undefined) await withdrawRemoved(tx, caseId, await nameOf(tx, actor));
}

async function answer(
	tx: Connection,
	caseId: CaseId,
	{ answersReports: code }: CaseTransition,
	{ actor, at }: Doing,
): Promise<readonly NewCaseEvent[]> {
	if (code === undefined || actor.kind !== "person") return [];
	const reports = await answerCase(tx, caseId, { code, by: actor.userId });
	return reports === 0 ? [] : [{ caseId, actor, at, body: { kind: "reports-answered", reports, answer: code } }];
}

async function moveItems(
	tx: Connection,
	row: { readonly id: CaseId; readonly tier: Tier; readonly category: string | null },
	change: CaseTransition,
	{ actor, at }: Doing,
): Promise<readonly NewCaseEvent[]> {
	const { id: caseId, tier, category } = row;
	const orders: NewOrder[] = [];
	for (const { itemId, action } of change.itemActions) {
		const [item] = await tx.rows(
			sql`SELECT state, version FROM items WHERE id = ${itemId} FOR UPDATE`,
			z.object({ state: itemState, version: column.whole }),
		);
		const state = item === undefined ? null : nextItemState(item.state, action);
		if (item === undefined || state === null) continue;
		const version = item.version + 1;
		await tx.rows(sql`UPDATE items SET state = ${state}, version = ${version} WHERE id = ${itemId}`);
		orders.push({
			...{ id: orderId.parse(uuidv7(at.getTime())), itemId, caseId, action, version, tier, category },
			...{ decidedBy: actor.kind, issuedAt: at },
		});
	}
	await writeOrders(tx, orders);
	return orders.map(({ id, itemId, action, version }) => ({
		...{ caseId, actor, at },
		body: { kind: "ordered", itemId, orderId: id, action, version },
	}));
}

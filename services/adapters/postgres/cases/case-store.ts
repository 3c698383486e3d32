import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { isKeyOfStream } from "../../../core/cases/cluster-key.ts";
import { listedItems } from "../../../core/cases/listed-items.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, caseId, type UserId } from "../../../core/ids.ts";
import { type CaseFilter, type CaseNotice, type CaseStore, caseLanes } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { column } from "../connection/columns.ts";
import { type Connection, type Database, isUniqueViolation } from "../connection/database.ts";
import { applyToCase } from "./apply-to-case.ts";
import { isOfAuthor, lastLetBe, letBeOf } from "./author-cases.ts";
import { loadCluster, loadStrip } from "./case-cluster.ts";
import { appendCaseEvents } from "./case-events.ts";
import { loadReports } from "./case-reports.ts";
import {
	type CaseRow,
	caseRow,
	isClaimExpired,
	laneOf,
	loadMatchedEntries,
	loadSnapshot,
	selectCases,
	toSummary,
} from "./case-rows.ts";
import { loadEvents } from "./load-events.ts";
import { loadItem, loadItems, loadSpecimens } from "./load-items.ts";
import { isUndecided } from "./undecided.ts";

const laneRow = z.object({ lane: z.enum(caseLanes), count: column.count, oldest: column.time });

export function createCaseStore(database: Database, catalogue: SignalCatalogue): CaseStore {
	const escalateTogether = createMicroBatch<{ readonly id: CaseId; readonly at: Date }, boolean>({
		...together,
		run: (asked) => database.transaction((tx) => markEscalated(tx, asked)),
	});
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
		async find(id, listed = listedItems.usual) {
			const [row] = await database.rows(sql`${selectCases} WHERE cases.id = ${id}`, caseRow);
			if (row === undefined) return null;
			const [snapshot, items, specimens, events, around] = await Promise.all([
				loadSnapshot(database, row),
				loadItems(database, id, { catalogue, listed }),
				loadSpecimens(database, id, catalogue),
				loadEvents(database, id),
				loadAround(database, row),
			]);
			const entries = await loadMatchedEntries(database, items, catalogue);
			return { ...toSummary(row, new Date()), snapshot, items, specimens, entries, events, ...around };
		},
		async findItem(id, of) {
			const [row] = await database.rows(sql`${selectCases} WHERE cases.id = ${id}`, caseRow);
			if (row === undefined) return null;
			const item = await loadItem(database, { id, of }, catalogue);
			return { snapshot: await loadSnapshot(database, row), item };
		},
		strip: (id, degree) => loadStrip(database, id, degree),
		transition: (id, actor, at, decide) =>
			withNewerCase(() =>
				database.transaction(async (tx) => {
					const [row] = await tx.rows(sql`${selectCases} WHERE cases.id = ${id} FOR UPDATE OF cases`, caseRow);
					return row === undefined ? null : applyToCase(tx, row, { actor, at }, decide);
				}),
			),
		transitionNext: (asker, at, decide) =>
			database.transaction(async (tx) => {
				// Whose orders are being settled at this moment is passed over for another one, but it is there.
				const row = (await nextOf(tx, asker, at, sql`SKIP LOCKED`)) ?? (await nextOf(tx, asker, at, sql``));
				const actor = { kind: "person", userId: asker.userId } as const;
				return row === null ? null : applyToCase(tx, row, { actor, at }, decide);
			}),
		...views(database),
		lastLetBe: (keys) => lastLetBe(database, keys),
		letBeOf: (keys) => letBeOf(database, keys, catalogue),
		markEscalated(id, at) {
			return escalateTogether({ id, at });
		},
		onChanged: (listener) => onChanged(database, listener),
	};
}

async function onChanged({ listener }: Database, tell: (notice: CaseNotice) => void): Promise<AsyncDisposable> {
	const forget = listener.onLost(() => tell({ kind: "away" }));
	const listening = await listener.on("cases", (payload) => {
		const id = caseId.safeParse(payload);
		if (payload === null) tell({ kind: "back" });
		else if (id.success) tell({ kind: "changed", id: id.data });
	});
	return {
		async [Symbol.asyncDispose]() {
			forget();
			await listening[Symbol.asyncDispose]();
		},
	};
}

/** The most urgent case that is open to who asks; `locked` says what is done of one that somebody else works on. */
async function nextOf(
	tx: Connection,
	{ userId, isLead, lane }: Parameters<CaseStore["transitionNext"]>[0],
	at: Date,
	locked: RawBuilder<unknown>,
): Promise<CaseRow | null> {
	const [row] = await tx.rows(
		sql`${selectCases}
			WHERE (cases.state = 'open' OR ${isClaimExpired(at)}
					OR (${isWaitedFor(userId, isLead)} AND (cases.claim_expires_at IS NULL OR cases.claim_expires_at <= ${at})))
				AND ${lane === undefined ? sql`true` : sql`${laneOf} = ${lane}`}
				AND NOT EXISTS (SELECT 1 FROM case_skips WHERE case_skips.case_id = cases.id AND case_skips.user_id = ${userId})
			ORDER BY ${queueOrder} LIMIT 1 FOR UPDATE OF cases ${locked}`,
		caseRow,
	);
	return row ?? null;
}

/** Cases that reports open by the hundred are put before people in few transactions: each that tells others waits for the disk by itself. */
const together = { maxSize: 100, maxWaitMs: 5, concurrency: 1 };

async function markEscalated(
	tx: Connection,
	asked: readonly { readonly id: CaseId; readonly at: Date }[],
): Promise<readonly boolean[]> {
	const ids = [...new Set(asked.map(({ id }) => id))];
	await tx.rows(sql`SELECT FROM cases WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`);
	const at = asked[0]?.at ?? new Date();
	const marked = await tx.rows(
		sql`UPDATE cases SET escalated_at = ${at} WHERE id = ANY (${ids}::uuid[]) AND escalated_at IS NULL RETURNING id`,
		z.object({ id: caseId }),
	);
	await appendCaseEvents(
		tx,
		marked.map(({ id }) => ({ caseId: id, actor: { kind: "machine" }, at, body: { kind: "escalated" } }) as const),
	);
	const isMarked = new Set(marked.map(({ id }) => id));
	// Asked twice at once: marked for one of the two.
	return asked.map(({ id }) => isMarked.delete(id));
}

/** What is known beside the case's own items. */
async function loadAround(database: Database, row: CaseRow) {
	const [reports, cluster] = await Promise.all([loadReports(database, row), loadCluster(database, row.id)]);
	const around = { reports, cluster, copyOf: row.copies_of };
	return { ...around, isOfAuthor: isOfAuthor(row), isOfStream: isKeyOfStream(row.gathered_as ?? row.cluster_key) };
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
				sql`SELECT COALESCE(sum(COALESCE(jsonb_array_length(data::jsonb -> 'members'), 1)) FILTER (WHERE kind = 'revealed'), 0)::bigint AS views,
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
	return sql`(cases.state = ANY (${states}::text[]) AND cases.first_decided_by IS DISTINCT FROM ${userId} AND cases.second_decided_by IS DISTINCT FROM ${userId}
		AND ${userId} <> ALL (COALESCE(cases.appealed_by, '{}')))`;
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
 * By a part of the id of the case, of one of its items, orders or entries (pages show the end of an id), of what its items are copies of, of
 * its platform's or category's name, or of the platform's own ids of the content and the account.
 */
function searchCondition(search: string) {
	const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
	return sql`(cases.id::text ILIKE ${part} OR cases.cluster_key ILIKE ${part} OR platforms.name ILIKE ${part} OR cases.category ILIKE ${part}
		OR EXISTS (SELECT 1 FROM case_items JOIN items ON items.id = item_id
			WHERE case_id = cases.id AND (items.id::text ILIKE ${part} OR subject ILIKE ${part} OR author_id ILIKE ${part}))
		OR EXISTS (SELECT 1 FROM case_items JOIN cluster_members ON cluster_members.item_id = case_items.item_id
			WHERE case_id = cases.id AND cluster_id::text ILIKE ${part})
		OR EXISTS (SELECT 1 FROM orders WHERE orders.case_id = cases.id AND orders.id::text ILIKE ${part}))`;
}

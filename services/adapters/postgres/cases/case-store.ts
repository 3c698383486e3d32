import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { isKeyOfStream } from "../../../core/cases/cluster-key.ts";
import { listedItems } from "../../../core/cases/listed-items.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, caseId } from "../../../core/ids.ts";
import { type CaseNotice, type CaseStore, caseLanes, mostCounted } from "../../../core/ports/case-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { column } from "../connection/columns.ts";
import { type Connection, type Database, isUniqueViolation } from "../connection/database.ts";
import { applyToCase } from "./apply-to-case.ts";
import { isOfAuthor, lastLetBe, letBeOf } from "./author-cases.ts";
import { loadCluster, loadStrip } from "./case-cluster.ts";
import { appendCaseEvents } from "./case-events.ts";
import { loadReports } from "./case-reports.ts";
import { type CaseRow, caseRow, loadMatchedEntries, loadSnapshot, selectCases, toSummary } from "./case-rows.ts";
import { loadEvents } from "./load-events.ts";
import { loadItem, loadItems, loadSpecimens } from "./load-items.ts";
import { countLanes, nextOfQueue, pageOfQueue, placeInQueue } from "./read-queue.ts";

const laneRow = z.object({ lane: z.enum(caseLanes), count: column.count, oldest: column.time.nullable() });

export function createCaseStore(database: Database, catalogue: SignalCatalogue): CaseStore {
	const escalateTogether = createMicroBatch<{ readonly id: CaseId; readonly at: Date }, boolean>({
		...together,
		run: (asked) => database.transaction((tx) => markEscalated(tx, asked)),
	});
	return {
		async list(filter) {
			const at = new Date();
			const after = filter.after === undefined ? null : await placeInQueue(database, filter.after);
			if (filter.after !== undefined && after === null) return [];
			const rows = await database.rows(pageOfQueue(filter, at, after), caseRow);
			return rows.map((row) => toSummary(row, at));
		},
		async lanes() {
			const rows = await database.rows(countLanes(), laneRow);
			return caseLanes.map((lane) => {
				const { count = 0, oldest = null } = rows.find((one) => one.lane === lane) ?? {};
				return { lane, count: Math.min(count, mostCounted), isMore: count > mostCounted, oldestAt: oldest };
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
				const next = async (locked: RawBuilder<unknown>) => (await tx.rows(nextOfQueue(asker, at, locked), caseRow))[0];
				const row = (await next(sql`SKIP LOCKED`)) ?? (await next(sql``));
				const actor = { kind: "person", userId: asker.userId } as const;
				return row === undefined ? null : applyToCase(tx, row, { actor, at }, decide);
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

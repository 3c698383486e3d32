import { sql } from "kysely";
import { z } from "zod";
import { caseId } from "../../../core/ids.ts";
import type { OutboxRow, OutboxStore } from "../../../core/ports/outbox-store.ts";
import { jobCatalogue, jobNames } from "../../../core/wire/jobs.ts";
import { createMicroBatch } from "../../../runtime/micro-batch.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { tellStuckActs, whereStuck } from "../stuck/where-stuck.ts";

/** Jobs that end together share one commit. */
const together = { maxSize: 200, maxWaitMs: 2, concurrency: 2 };

const jobName = z.enum(jobNames);
const outboxRow = z.object({
	/** 64 bits, in decimal. */
	id: column.text,
	name: jobName,
	job_id: column.text,
	payload: z.unknown(),
	created_at: column.time,
});
const pendingJob = z.object({
	...{ jobId: column.text, name: jobName, createdAt: column.time, enqueuedAt: column.time.nullable() },
	...{ platformName: column.text.nullable(), attempts: column.whole.nullable(), lastReason: column.text.nullable() },
	caseId: caseId.nullable(),
});
const backlogRow = z.object({ count: column.count, oldest: column.time.nullable(), untaken: column.time.nullable() });

const columns = { id: "job_id", reason: "name", at: "created_at" };

export function createOutboxStore(database: Database): OutboxStore {
	/** `due` picks the rows; they stay locked, and are marked, while `enqueue` runs. */
	const move = (due: ReturnType<typeof sql>, limit: number, enqueue: (rows: readonly OutboxRow[]) => Promise<void>) =>
		database.transaction(async (tx) => {
			const rows = await tx.rows(
				sql`UPDATE outbox SET enqueued_at = now()
					WHERE id IN (SELECT id FROM outbox WHERE ${due} ORDER BY priority, id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
					RETURNING id, name, job_id, payload, created_at`,
				outboxRow,
			);
			if (rows.length > 0)
				await enqueue(rows.map(toOutboxRow).toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)));
			return rows.length;
		});
	return {
		relay: (limit, enqueue) => move(sql`enqueued_at IS NULL`, limit, enqueue),
		// By the database's clock alone, which also marked them. A mark in the future is from before it was set back.
		reconcile: (olderThanMs, limit, enqueue) =>
			move(
				sql`(enqueued_at < now() - make_interval(secs => ${olderThanMs / 1_000}) OR enqueued_at > now() + interval '1 minute')`,
				limit,
				enqueue,
			),
		acknowledge: createMicroBatch<string, void>({
			...together,
			run: async (jobIds) => {
				await database.rows(
					sql`DELETE FROM outbox WHERE job_id = ANY (${[...jobIds]}::text[])
						AND NOT EXISTS (SELECT 1 FROM orders WHERE orders.id = (payload ->> 'orderId')::uuid AND orders.state = 'pending')`,
				);
				return jobIds.map(() => undefined);
			},
		}),
		async backlog() {
			const [row] = await database.rows(
				sql`SELECT count(*) AS count, min(created_at) AS oldest, min(created_at) FILTER (WHERE enqueued_at IS NULL) AS untaken
					FROM outbox`,
				backlogRow,
			);
			return { count: row?.count ?? 0, oldestAt: row?.oldest ?? null, oldestUntakenAt: row?.untaken ?? null };
		},
		list: ({ limit, ...filter }) =>
			database.rows(
				sql`SELECT job_id AS "jobId", waiting.name, waiting.created_at AS "createdAt", enqueued_at AS "enqueuedAt",
						platforms.name AS "platformName", attempts, last_reason AS "lastReason",
						COALESCE(orders.case_id, (payload ->> 'caseId')::uuid) AS "caseId"
					FROM (SELECT * FROM outbox WHERE ${whereStuck(filter, columns)} ORDER BY id LIMIT ${limit}) AS waiting
						LEFT JOIN orders ON orders.id = (payload ->> 'orderId')::uuid LEFT JOIN items ON items.id = orders.item_id
						LEFT JOIN platforms ON platforms.id = COALESCE(items.platform_id, account_platform)
					ORDER BY waiting.id`,
				pendingJob,
			),
		hasten: (filter, actor) =>
			database.transaction(async (tx) => {
				const rows = await tx.rows(
					sql`WITH again AS (UPDATE outbox SET enqueued_at = NULL WHERE ${whereStuck(filter, columns)} RETURNING job_id AS id)
						SELECT id, pg_notify('outbox', '') FROM again`,
					z.object({ id: column.text }),
				);
				const ids = rows.map(({ id }) => id);
				return tellStuckActs(tx, ["job", "replayed"], actor, ids);
			}),
		discard: (filter, actor) =>
			database.transaction(async (tx) => {
				const rows = await tx.rows(
					sql`WITH dropped AS (
							DELETE FROM outbox WHERE ${whereStuck(filter, columns)} RETURNING job_id AS id, (payload ->> 'orderId')::uuid AS order_id
						), unsent AS (
							UPDATE orders SET state = 'discarded' FROM dropped WHERE orders.id = dropped.order_id AND state = 'pending'
						)
						SELECT id FROM dropped`,
					z.object({ id: column.text }),
				);
				const ids = rows.map(({ id }) => id);
				return tellStuckActs(tx, ["job", "discarded"], actor, ids);
			}),
		onAdded: (listener) => database.listener.on("outbox", () => listener()),
	};
}

function toOutboxRow(row: z.infer<typeof outboxRow>): OutboxRow {
	const payload = jobCatalogue[row.name].payload.parse(row.payload);
	return { id: row.id, name: row.name, jobId: row.job_id, payload, createdAt: row.created_at };
}

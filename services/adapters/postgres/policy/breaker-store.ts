import { sql } from "kysely";
import { z } from "zod";
import { namedOrMachine } from "../../../core/acts/doer.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import type { BankId } from "../../../core/ids.ts";
import { breakerKinds, scopeText } from "../../../core/policy/breaker.ts";
import {
	type BreakerStore,
	breakerActs,
	type NewBreaker,
	type OpenBreaker,
} from "../../../core/ports/breaker-store.ts";
import { appendActs } from "../acts/append-acts.ts";
import { lockSequence } from "../banks/bank-changes.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { closeBreaker, closeBreakerAlone, lockBreaker } from "./close-breaker.ts";

const openRow = z.object({
	kind: z.enum(breakerKinds),
	key: column.text,
	label: column.text,
	opened_at: column.time,
	opened_by: column.text.nullable(),
	reason: column.text.nullable(),
	per_minute: column.real.nullable(),
	baseline_per_minute: column.real.nullable(),
});
const eventRow = openRow
	.pick({ kind: true, key: true, label: true, reason: true })
	.extend({ act: z.enum(breakerActs), at: column.time, by: column.text.nullable() });
const pace = z.object({ kind: z.enum(breakerKinds), key: column.text, perMinute: column.real });
const pastRow = z.object({ baseline: column.real, closed: column.time.nullable() });

const label = sql`COALESCE(banks.name, platforms.name, key)`;
const withNames = sql`LEFT JOIN banks ON breakers.kind = 'bank' AND banks.id::text = key
	LEFT JOIN platforms ON breakers.kind = 'platform' AND platforms.id::text = key`;

export function createBreakerStore(database: Database): BreakerStore {
	return {
		async listOpen() {
			const rows = await database.rows(
				sql`SELECT breakers.*, ${label} AS label FROM breakers ${withNames} ORDER BY opened_at`,
				openRow,
			);
			return rows.map(toOpenBreaker);
		},
		history: (limit) =>
			database.rows(
				sql`SELECT breakers.kind, key, ${label} AS label, act, at, by, reason FROM breaker_events AS breakers ${withNames}
					ORDER BY breakers.id DESC LIMIT ${limit}`,
				eventRow,
			),
		open: (breaker) => database.transaction((tx) => openBreaker(tx, breaker)),
		close: (scope, by, reason) => database.transaction((tx) => closeBreaker(tx, scope, { by, reason })),
		closeAlone: (scope, by, reason) => database.transaction((tx) => closeBreakerAlone(tx, scope, { by, reason })),
		async count(counts) {
			if (counts.length === 0) return [];
			const rows = JSON.stringify(counts);
			await database.rows(
				sql`INSERT INTO breaker_counts (kind, key, minute, count)
					SELECT kind, key, date_trunc('minute', now()), count FROM jsonb_to_recordset(${rows}::jsonb) AS r (kind text, key text, count integer)
					ORDER BY kind, key
					ON CONFLICT (kind, key, minute) DO UPDATE SET count = breaker_counts.count + excluded.count`,
			);
			// The last minute reaches into the one before.
			return database.rows(
				sql`SELECT kind, key, sum(CASE WHEN minute = date_trunc('minute', now()) THEN c.count
						ELSE c.count * (60 - extract(second FROM now())) / 60 END)::float8 AS "perMinute"
					FROM breaker_counts AS c JOIN jsonb_to_recordset(${rows}::jsonb) AS r (kind text, key text) USING (kind, key)
					WHERE minute >= date_trunc('minute', now()) - interval '1 minute' GROUP BY kind, key`,
				pace,
			);
		},
		async past({ kind, key }) {
			const [row] = await database.rows(
				sql`SELECT (SELECT COALESCE(sum(count) / GREATEST(60, extract(epoch FROM now() - min(minute)) / 60), 0)::float8 FROM breaker_counts
						WHERE kind = ${kind} AND key = ${key} AND minute BETWEEN now() - interval '1 day' AND now() - interval '2 minutes') AS baseline,
					(SELECT max(at) FROM breaker_events WHERE kind = ${kind} AND key = ${key} AND act = 'closed') AS closed`,
				pastRow,
			);
			return { baselinePerMinute: row?.baseline ?? 0, closedAt: row?.closed ?? null };
		},
		async prune() {
			await database.rows(sql`DELETE FROM breaker_counts WHERE minute < now() - interval '25 hours'`);
		},
		onChanged: (listener) => database.listener.on("breakers", () => listener()),
	};
}

/** An entry's is kept with the bank, type and hash that it stops; nobody removes it or adds it anew meanwhile. */
async function openBreaker(tx: Connection, breaker: NewBreaker): Promise<boolean> {
	const { kind, key, by } = breaker;
	const [reason, perMinute, baselinePerMinute] =
		breaker.by === null ? [null, breaker.perMinute, breaker.baselinePerMinute] : [breaker.reason, null, null];
	if (kind === "entry") await lockSequence(tx);
	await lockBreaker(tx, breaker);
	const isClosedSince =
		breaker.by === null
			? sql`EXISTS (SELECT FROM breaker_events WHERE kind = ${kind} AND key = ${key} AND act = 'closed'
					AND date_trunc('milliseconds', at) > COALESCE(${breaker.closedAt}::timestamptz, '-infinity'))`
			: sql`false`;
	const entries = sql`(SELECT bank_id, hash_type, hash FROM bank_entries WHERE ${kind}::text = 'entry' AND id::text = ${key}::text)`;
	if (kind === "entry" && (await tx.rows(entries)).length === 0)
		throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "entry" }] });
	const opened = await tx.rows(
		sql`WITH opened AS (
				INSERT INTO breakers (kind, key, opened_by, reason, per_minute, baseline_per_minute, bank_id, hash_type, hash)
				SELECT ${kind}, ${key}, ${by}, ${reason}, ${perMinute}::real, ${baselinePerMinute}::real, bank_id, hash_type, hash
				FROM (SELECT) AS one LEFT JOIN ${entries} AS entry ON true WHERE NOT ${isClosedSince}
				ON CONFLICT DO NOTHING RETURNING kind, key, opened_by, reason
			), told AS (
				INSERT INTO breaker_events (kind, key, act, by, reason) SELECT kind, key, 'opened', opened_by, reason FROM opened
			)
			SELECT pg_notify('breakers', '') FROM opened`,
	);
	const told = {
		on: scopeText(breaker),
		by: namedOrMachine(by),
		reason,
		details: { kind, perMinute, baselinePerMinute },
	};
	await appendActs(tx, opened.length === 0 ? [] : [{ what: "breaker-opened", ...told }]);
	return opened.length > 0;
}

/** In a query over entries that come into a bank: the id under which a kill switch holds an entry of that hash, as `stopped_id`. */
export function stoppedEntries(bankId: BankId) {
	return sql`(SELECT key::uuid AS stopped_id, hash_type, hash FROM breakers WHERE kind = 'entry' AND bank_id = ${bankId})`;
}

function toOpenBreaker(row: z.infer<typeof openRow>): OpenBreaker {
	const { kind, key, label, reason } = row;
	return {
		...{ kind, key, label, reason },
		openedAt: row.opened_at,
		openedBy: row.opened_by,
		perMinute: row.per_minute,
		baselinePerMinute: row.baseline_per_minute,
	};
}

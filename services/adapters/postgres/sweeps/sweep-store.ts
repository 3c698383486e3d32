import { type Sql, sql } from "kysely";
import { z } from "zod";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import { hashType } from "../../../core/hashes/hash-type.ts";
import type { SweepId } from "../../../core/ids.ts";
import type { Sweep, SweepStore } from "../../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { behindAll, isEnded, startOf, sweepState, sweepStates } from "../../../core/sweeps/sweep.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { takeToLook } from "../reports/reported-items.ts";
import { actOn } from "./act-on-sweep.ts";
import { endActing, endJudging, endLooking, noteCompared, noteExact } from "./advance-sweep.ts";
import { changedAmong, nextEntries } from "./changed-entries.ts";
import { coverageOf } from "./coverage.ts";
import { heldItems } from "./held-items.ts";
import { pastItems } from "./past-items.ts";
import { settleReported, settleSwept } from "./settle-swept.ts";
import { beginSweep, startSweep } from "./start-sweep.ts";
import { emptyTally, sweepColumns, sweepRow, talliesOf } from "./sweep-rows.ts";

const pageRow = z.object({
	...{ type: hashType, hashes: column.bytes, itemIds: column.bytes },
	...{ rows: column.count, last: column.text },
});

export function createSweepStore(database: Database, catalogue: SignalCatalogue): SweepStore {
	return {
		begin: (now) => database.transaction((tx) => beginSweep(tx, now)),
		start: (fromSequence, by, now) => database.transaction((tx) => startSweep(tx, { fromSequence, by, now })),
		async lease(worker, leaseMs) {
			const [sweep] = await database.rows(
				sql`UPDATE sweeps SET leased_by = ${worker}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
					WHERE id = (SELECT id FROM sweeps
						WHERE state IN ('looking', 'judging', 'acting') AND NOT is_paused
							AND (lease_until IS NULL OR lease_until < now() OR leased_by = ${worker})
						ORDER BY state = 'looking' AND cursor = ${behindAll}, started_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
					RETURNING ${sweepColumns}`,
				sweepRow,
			);
			return sweep ?? null;
		},
		list: (limit) => withTallies(database, sql`true ORDER BY started_at DESC, id DESC LIMIT ${limit}`),
		async find(id) {
			const [sweep] = await withTallies(database, sql`id = ${id}`);
			return sweep ?? null;
		},
		coverage: () => coverageOf(database),
		async countUnfinished() {
			const rows = await database.rows(
				sql`SELECT state, count(*) AS sweeps FROM sweeps WHERE state NOT IN ('done', 'canceled') GROUP BY state`,
				z.object({ state: sweepState, sweeps: column.count }),
			);
			return sweepStates
				.filter((state) => !isEnded(state))
				.map((state) => ({ state, sweeps: rows.find((row) => row.state === state)?.sweeps ?? 0 }));
		},
		act: (id, act, said) => database.transaction((tx) => actOn(tx, id, { act, ...said })),
		nextEntries: (sweep, limit) => nextEntries(database, sweep, limit),
		changedAmong: (sweep, ids) => changedAmong(database, sweep, ids),
		noteExact: (sweep, type, hashes) => noteExact(database, sweep, type, hashes.map(toHex)),
		async hasHashes(sweep) {
			const [row] = await database.rows(
				sql`SELECT EXISTS (SELECT FROM item_hashes WHERE ${isAhead({ ...sweep, cursor: startOf(sweep) })}) AS "isThere"`,
				z.object({ isThere: column.flag }),
			);
			return row?.isThere ?? false;
		},
		async nextHashes(sweep, types, limit) {
			const pages = await database.rows(
				sql`WITH page AS (
						SELECT item_id, type, hash FROM item_hashes WHERE ${isAhead(sweep)} AND type = ANY (${[...types]}::text[])
						ORDER BY item_id, type LIMIT ${limit}
					)
					SELECT type, string_agg(hash, ''::bytea ORDER BY item_id) AS hashes, string_agg(uuid_send(item_id), ''::bytea ORDER BY item_id) AS "itemIds",
						count(*) AS rows, (SELECT item_id FROM page ORDER BY item_id DESC LIMIT 1) AS last
					FROM page GROUP BY type`,
				pageRow,
			);
			return { cursor: pages[0]?.last ?? sweep.cursor, pages };
		},
		noteCompared: (sweep, step) => database.transaction((tx) => noteCompared(tx, sweep, step)),
		endLooking: (sweep) => database.transaction((tx) => endLooking(tx, sweep)),
		unjudged: (id, limit) => pastItems(database, findings(id, sql`tier IS NULL`, limit), catalogue),
		async noteJudged(id, judged) {
			await database.rows(
				sql`UPDATE sweep_findings AS finding SET tier = r.tier, effect = r.effect
					FROM jsonb_to_recordset(${JSON.stringify(judged)}::jsonb) AS r ("itemId" uuid, tier text, effect text)
					WHERE sweep_id = ${id} AND item_id = r."itemId" AND finding.tier IS NULL`,
			);
		},
		endJudging: (id, allowedItems) => database.transaction((tx) => endJudging(tx, id, allowedItems)),
		unsettled: (id, limit) =>
			pastItems(database, findings(id, sql`settled_at IS NULL AND effect <> 'none'`, limit), catalogue),
		settle: ({ id }, judged) => database.transaction((tx) => settleSwept(tx, id, judged, catalogue)),
		async reported(limit) {
			const ids = await takeToLook(database, limit, lookMs);
			return heldItems(database, sql`SELECT unnest(${[...ids]}::uuid[]) AS item_id`, catalogue);
		},
		settleReported: (judged) => database.transaction((tx) => settleReported(tx, judged, catalogue)),
		endActing: (id) => database.transaction((tx) => endActing(tx, id)),
	};
}

/** Long enough to decode and score as many as are taken at once. */
const lookMs = 30_000;

const findings = (id: SweepId, which: ReturnType<Sql>, limit: number) =>
	sql`SELECT item_id FROM sweep_findings WHERE sweep_id = ${id} AND ${which} ORDER BY item_id LIMIT ${limit}`;

/** This pass of the sweep has still to come to the hash. */
function isAhead({ cursor, pass, through }: Pick<Sweep, "cursor" | "pass" | "through">) {
	return pass === 1 ? sql`item_id > ${cursor}` : sql`item_id > ${cursor} AND item_id <= ${through}`;
}

async function withTallies(connection: Connection, which: ReturnType<Sql>) {
	const sweeps = await connection.rows(sql`SELECT ${sweepColumns} FROM sweeps WHERE ${which}`, sweepRow);
	const tallies = await talliesOf(
		connection,
		sweeps.map(({ id }) => id),
	);
	return sweeps.map((sweep) => ({ ...sweep, tally: tallies.get(sweep.id) ?? emptyTally }));
}

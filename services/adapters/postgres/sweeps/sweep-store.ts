import { type Sql, sql } from "kysely";
import { z } from "zod";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import type { SweepId } from "../../../core/ids.ts";
import type { SweepStore } from "../../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { behindAll, isEnded, sweepState, sweepStates } from "../../../core/sweeps/sweep.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { letGo, takeToLook } from "../reports/reported-items.ts";
import { actOn } from "./act-on-sweep.ts";
import { endActing, endJudging, endLooking, noteCompared, noteExact } from "./advance-sweep.ts";
import { changedAmong, entriesByType, nextEntries } from "./changed-entries.ts";
import { coverageOf } from "./coverage.ts";
import { heldItems } from "./held-items.ts";
import { forgetPacked, hasHashes, nextHashes, unpackNamed } from "./past-hashes.ts";
import { pastItems } from "./past-items.ts";
import { settleReported, settleSwept } from "./settle-swept.ts";
import { beginSweep, startRuleSweep, startSweep } from "./start-sweep.ts";
import { emptyTally, sweepColumns, sweepRow, talliesOf } from "./sweep-rows.ts";

export function createSweepStore(database: Database, catalogue: SignalCatalogue): SweepStore {
	return {
		begin: (now) => database.transaction((tx) => beginSweep(tx, now)),
		start: (fromSequence, by, now) => database.transaction((tx) => startSweep(tx, { fromSequence, by, now })),
		startRule: (name, by, now) => database.transaction((tx) => startRuleSweep(tx, { name, by, now })),
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
		entriesByType: (sweep) => entriesByType(database, sweep),
		nextEntries: (sweep, limit) => nextEntries(database, sweep, limit),
		changedAmong: (sweep, ids) => changedAmong(database, sweep, ids),
		noteExact: (sweep, type, hashes) => noteExact(database, sweep, type, hashes.map(toHex)),
		hasHashes: (sweep) => hasHashes(database, sweep),
		nextHashes: (sweep, types, limit) => nextHashes(database, sweep, { types, limit }),
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
			const named = sql`SELECT unnest(${[...ids]}::uuid[]) AS item_id`;
			await unpackNamed(database, named);
			return heldItems(database, named, catalogue);
		},
		settleReported: (judged) => database.transaction((tx) => settleReported(tx, judged, catalogue)),
		returnReported: (items) => letGo(database, items),
		endActing: (id) => database.transaction((tx) => endActing(tx, id)),
		forgetPacked: (before, limit) => forgetPacked(database, before, limit),
	};
}

/** Long enough to decode and score as many as are taken at once. */
const lookMs = 30_000;

const findings = (id: SweepId, which: ReturnType<Sql>, limit: number) =>
	sql`SELECT item_id FROM sweep_findings WHERE sweep_id = ${id} AND ${which} ORDER BY item_id LIMIT ${limit}`;

async function withTallies(connection: Connection, which: ReturnType<Sql>) {
	const sweeps = await connection.rows(sql`SELECT ${sweepColumns} FROM sweeps WHERE ${which}`, sweepRow);
	const tallies = await talliesOf(
		connection,
		sweeps.map(({ id }) => id),
	);
	return sweeps.map((sweep) => ({ ...sweep, tally: tallies.get(sweep.id) ?? emptyTally }));
}

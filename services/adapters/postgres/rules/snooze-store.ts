// Of whom rules say nothing for a while. All that begins or ends one of a rule goes through the lock of its name.
import { sql } from "kysely";
import { z } from "zod";
import { BreakwaterError } from "../../../core/errors.ts";
import type { NamedThing } from "../../../core/fault.ts";
import { clusterId, platformId, type SnoozeId, snoozeId, uuidv7 } from "../../../core/ids.ts";
import type { NewSnooze, RuleSnooze, SnoozeStore } from "../../../core/ports/snooze-store.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { mostSnoozeDays, mostSnoozes, type Snoozed, snoozed } from "../../../core/rules/snooze.ts";
import { snoozedBy } from "../../../core/signals/rule/rule-signal.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { lockRule, nameOf } from "./rule-store.ts";

const snoozeRow = z.object({
	...{ id: snoozeId, rule: column.text, platform_id: platformId.nullable(), account_id: column.text.nullable() },
	...{ cluster_id: clusterId.nullable(), platform: column.text.nullable(), until: column.time, why: column.text },
	...{ begun_by: column.text, begun_at: column.time, ended_by: column.text.nullable() },
	...{ ended_why: column.text.nullable(), ended_at: column.time.nullable() },
	...{ firings: column.count, last_firing_at: column.time.nullable() },
});

const selectSnoozes = sql`SELECT own.id, rule, platform_id, account_id, COALESCE(merged_into, cluster_id) AS cluster_id, platforms.name AS platform, until, why,
		begun_by, begun_at, ended_by, ended_why, ended_at, firings, last_firing_at
	FROM rule_snoozes AS own LEFT JOIN platforms ON platforms.id = platform_id LEFT JOIN clusters ON clusters.id = cluster_id`;

const dayMs = 86_400_000;

export function createSnoozeStore(database: Database): SnoozeStore {
	return {
		async list({ rule, limit }) {
			const rows = await database.rows(
				sql`${selectSnoozes} WHERE ${rule === undefined ? sql`true` : sql`rule = ${rule}`}
					ORDER BY ended_at IS NULL AND until > now() DESC, begun_at DESC, own.id LIMIT ${limit}`,
				snoozeRow,
			);
			return rows.map(toSnooze);
		},
		begin: (snooze, now) => database.transaction((tx) => begin(tx, snooze, now)),
		end: (id, by, why) =>
			database.transaction(async (tx) => {
				const [found] = await tx.rows(
					sql`SELECT rule FROM rule_snoozes WHERE id = ${id} AND ended_at IS NULL AND until > now()`,
					z.object({ rule: column.text }),
				);
				if (found === undefined) throw notThere("snooze");
				await lockRule(tx, found.rule);
				const ended = await tx.rows(
					sql`UPDATE rule_snoozes SET ended_by = ${await nameOf(tx, by)}, ended_why = ${why}, ended_at = now()
						WHERE id = ${id} AND ended_at IS NULL RETURNING 1`,
				);
				if (ended.length === 0) throw notThere("snooze");
				await tx.rows(sql`SELECT pg_notify('rules', '')`);
				const after = await requireSnooze(tx, id);
				await appendActs(tx, [
					{ what: "rule-snooze-ended", on: found.rule, by, reason: why, details: { snooze: id, of: after.of.kind } },
				]);
				return after;
			}),
	};
}

async function begin(tx: Connection, { rule, of, until, by, why }: NewSnooze, now: Date): Promise<RuleSnooze> {
	if (until <= now) throw wrongEnd({ rule: "lies-behind" });
	if (until.getTime() > now.getTime() + mostSnoozeDays * dayMs)
		throw wrongEnd({ rule: "too_big", limit: mostSnoozeDays });
	if ((await lockRule(tx, rule)).length === 0) throw notThere("rule");
	const columns = await columnsOf(tx, of);
	const name = await nameOf(tx, by);
	await tx.rows(
		sql`UPDATE rule_snoozes SET ended_by = ${name}, ended_why = ${why}, ended_at = ${now} WHERE rule = ${rule} AND ended_at IS NULL AND until > now()
			AND (platform_id, account_id, cluster_id) IS NOT DISTINCT FROM (${columns.platform}::uuid, ${columns.account}::text, ${columns.cluster}::uuid)`,
	);
	const lasting = await tx.rows(
		sql`SELECT FROM rule_snoozes WHERE rule = ${rule} AND ended_at IS NULL AND until > now()`,
	);
	if (lasting.length >= mostSnoozes)
		throw new BreakwaterError("rule-broken", {
			reasons: [{ code: "field-refused", field: "rule", rule: "too_big", limit: mostSnoozes }],
		});
	const id = snoozeId.parse(uuidv7(now.getTime()));
	await tx.rows(
		sql`INSERT INTO rule_snoozes (id, rule, platform_id, account_id, cluster_id, until, why, begun_by, begun_at)
			VALUES (${id}, ${rule}, ${columns.platform}, ${columns.account}, ${columns.cluster}, ${until}, ${why}, ${name}, ${now})`,
	);
	await tx.rows(sql`SELECT pg_notify('rules', '')`);
	const details = { snooze: id, of: of.kind, until: until.toISOString() };
	await appendActs(tx, [{ what: "rule-snoozed", on: rule, by, reason: why, details }]);
	return requireSnooze(tx, id);
}

interface Columns {
	readonly platform: string | null;
	readonly account: string | null;
	readonly cluster: string | null;
}

/** A cluster that was merged is the one that stands in its place. */
async function columnsOf(tx: Connection, of: Snoozed): Promise<Columns> {
	if (of.kind === "account") {
		const known = await tx.rows(sql`SELECT FROM platforms WHERE id = ${of.platformId}`);
		if (known.length === 0) throw notThere("platform");
		return { platform: of.platformId, account: of.accountId, cluster: null };
	}
	const [known] = await tx.rows(
		sql`SELECT COALESCE(merged_into, id) AS id FROM clusters WHERE id = ${of.clusterId}`,
		z.object({ id: clusterId }),
	);
	if (known === undefined) throw notThere("cluster");
	return { platform: null, account: null, cluster: known.id };
}

async function requireSnooze(tx: Connection, id: SnoozeId): Promise<RuleSnooze> {
	const [row] = await tx.rows(sql`${selectSnoozes} WHERE own.id = ${id}`, snoozeRow);
	if (row === undefined) throw notThere("snooze");
	return toSnooze(row);
}

function toSnooze(row: z.infer<typeof snoozeRow>): RuleSnooze {
	const { id, rule, until, why, firings, ended_by, ended_why, ended_at } = row;
	const isEnded = ended_by !== null && ended_why !== null && ended_at !== null;
	return {
		...{ id, rule, until, why, firings, by: row.begun_by, at: row.begun_at, platformName: row.platform },
		of: snoozed.parse(
			row.cluster_id === null
				? { kind: "account", platformId: row.platform_id, accountId: row.account_id }
				: { kind: "cluster", clusterId: row.cluster_id },
		),
		ended: isEnded ? { by: ended_by, why: ended_why, at: ended_at } : null,
		lastFiringAt: row.last_firing_at,
	};
}

/** Written last, like what shadows said: the row of an account that a rule speaks of often is waited for. */
export async function writeSnoozedFirings(
	connection: Connection,
	items: readonly ExaminedItem[],
	at: Date,
): Promise<void> {
	const counts = new Map<SnoozeId, number>();
	for (const { verdict } of items) for (const id of snoozedBy(verdict)) counts.set(id, (counts.get(id) ?? 0) + 1);
	if (counts.size === 0) return;
	const sorted = [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([id, count]) => ({ id, count }));
	await connection.rows(
		sql`WITH due AS (
				SELECT own.id, r.count FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb) AS r (id uuid, count integer)
					JOIN rule_snoozes AS own USING (id) ORDER BY own.id FOR UPDATE OF own
			)
			UPDATE rule_snoozes AS kept SET firings = kept.firings + due.count, last_firing_at = ${at} FROM due WHERE kept.id = due.id`,
	);
}

function notThere(what: NamedThing): BreakwaterError {
	return new BreakwaterError("not-found", { reasons: [{ code: "not-there", what }] });
}

function wrongEnd(how: { readonly rule: "lies-behind" | "too_big"; readonly limit?: number }): BreakwaterError {
	return new BreakwaterError("rule-broken", { reasons: [{ code: "field-refused", field: "until", ...how }] });
}

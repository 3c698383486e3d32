import { sql } from "kysely";
import { z } from "zod";
import { machine, named } from "../../../core/acts/doer.ts";
import { entryAccountBits, estimateAccounts } from "../../../core/banks/account-bits.ts";
import { baselineMs, type EntryActivity, recentSlots, slotMs } from "../../../core/banks/entry-surge.ts";
import { textHashTypes } from "../../../core/hashes/hash-type.ts";
import { entryId } from "../../../core/ids.ts";
import type { EntryWatchStore } from "../../../core/ports/entry-watch-store.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { tellBankAct } from "./bank-acts.ts";
import { lockSequence, writeEntryChanges } from "./bank-changes.ts";
import { entryDetailRow, toEntryDetail } from "./bank-rows.ts";
import { judgeEntries } from "./judge-entries.ts";

const activityRow = z.object({
	id: entryId,
	recent_hits: column.count,
	bits_set: column.whole.nullable(),
	earlier_hits: column.count,
	since: column.time,
	is_vouched_for: column.flag,
});
const quarantinedRow = entryDetailRow.extend({
	...activityRow.shape,
	...{ bank_name: column.text, open_cases: column.count },
});

export function createEntryWatchStore(database: Database): EntryWatchStore {
	return {
		async activity(ids, at) {
			const rows = await database.rows(
				sql`SELECT entry.id, ${activityColumns(at)} FROM bank_entries AS entry WHERE id = ANY (${[...ids]}::uuid[]) AND quarantined_at IS NULL`,
				activityRow,
			);
			return rows.map((row) => ({ entryId: row.id, activity: toActivity(row, at) }));
		},
		quarantine: (id, reason, at) =>
			database.transaction(async (tx) => {
				await lockSequence(tx);
				const set = await tx.rows(
					sql`UPDATE bank_entries SET quarantined_at = ${at}, quarantine_reason = ${JSON.stringify(reason)}::jsonb, updated_at = ${at}
						WHERE id = ${id} AND quarantined_at IS NULL RETURNING 1`,
				);
				if (set.length === 0) return false;
				await writeEntryChanges(tx, "quarantine", [id]);
				await tellBankAct(tx, { what: "entry-quarantined", on: id, by: machine, at, details: {} });
				return true;
			}),
		async listQuarantined(at, limit) {
			const rows = await database.rows(
				sql`SELECT entry.*, banks.name AS bank_name, ${activityColumns(at)},
						-- Every wording that resembles a text is a case of its own: they are too few, and too seldom asked for, to want an index.
						CASE WHEN hash_type = ANY (${[...textHashTypes]}::text[])
							THEN (SELECT count(*) FROM cases WHERE starts_with(cluster_key, 'entry:' || entry.id) AND ${isUndecided})
							ELSE (SELECT count(*) FROM cases WHERE cluster_key = 'entry:' || entry.id AND ${isUndecided})
						END AS open_cases
					FROM bank_entries AS entry JOIN banks ON banks.id = entry.bank_id
					WHERE quarantined_at IS NOT NULL ORDER BY quarantined_at, entry.id LIMIT ${limit}`,
				quarantinedRow,
			);
			return rows.flatMap((row) => {
				const { id, bankId, hashType, opinions, quarantine } = toEntryDetail(row);
				if (quarantine === null) return [];
				const openCases = row.open_cases;
				const found = { id, bankId, hashType, opinions, ...quarantine, openCases };
				return [{ ...found, bankName: row.bank_name, activity: toActivity(row, at) }];
			});
		},
		async countQuarantined() {
			const [row] = await database.rows(
				sql`SELECT count(*) FROM bank_entries WHERE quarantined_at IS NOT NULL`,
				z.object({ count: column.count }),
			);
			return row?.count ?? 0;
		},
		judge: (id, judgement, person) =>
			database.transaction(async (tx) => {
				const judged = await judgeEntries(tx, [id], judgement, person);
				if (judged.length === 0) return false;
				const { by, why: reason, at } = person;
				await tellBankAct(tx, { what: "entry-judged", on: id, by: named(by), reason, at, details: { judgement } });
				return true;
			}),
		async trim(at) {
			const oldest = new Date(at.getTime() - baselineMs - recentSlots * slotMs);
			await database.rows(sql`DELETE FROM entry_hits WHERE slot < ${oldest}`);
		},
	};
}

function recentFrom(at: Date): Date {
	return new Date((Math.floor(at.getTime() / slotMs) - recentSlots + 1) * slotMs);
}

function activityColumns(at: Date) {
	const recent = recentFrom(at);
	const oldest = new Date(recent.getTime() - baselineMs);
	return sql`(SELECT COALESCE(sum(hits), 0) FROM entry_hits WHERE entry_id = entry.id AND slot >= ${recent}) AS recent_hits,
		(SELECT bit_count(bit_or(accounts))::integer FROM entry_hits WHERE entry_id = entry.id AND slot >= ${recent}) AS bits_set,
		(SELECT COALESCE(sum(hits), 0) FROM entry_hits WHERE entry_id = entry.id AND slot >= ${oldest} AND slot < ${recent}) AS earlier_hits,
		GREATEST(added_at, ${oldest}) AS since, COALESCE(vouched_until > ${at}, false) AS is_vouched_for`;
}

function toActivity(row: z.infer<typeof activityRow>, at: Date): EntryActivity {
	return {
		recentHits: row.recent_hits,
		recentAccounts: estimateAccounts(row.bits_set ?? 0, entryAccountBits),
		earlierHits: row.earlier_hits,
		earlierMs: Math.max(0, recentFrom(at).getTime() - row.since.getTime()),
		isVouchedFor: row.is_vouched_for,
	};
}

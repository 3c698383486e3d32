// Reads the log, and numbers what was committed since: one sequencer at a time, so that numbers have no gaps and are seen in order.
import { sql } from "kysely";
import { z } from "zod";
import { readAct } from "../../../core/acts/act.ts";
import { eventsOfDecisions, eventsOfDeliveries } from "../../../core/cases/second-look.ts";
import type { UserId } from "../../../core/ids.ts";
import type { ActLog, ActPage } from "../../../core/ports/act-log.ts";
import { isDecisionKeptFrom } from "../cases/kept-decisions.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const sequencerLock = 8_273_649_052;
/** A step is short, so that nobody waits long for a number. */
const numberedPerStep = 1_000;

const actRow = z.object({ sequence: column.count, body: column.text });
const dueRow = z.object({ is_due: column.flag });

export function createActLog(database: Database): ActLog {
	return {
		number: () => numberDue(database),
		async list(page) {
			await numberDue(database);
			const isForward = page.after !== undefined;
			const rows = await database.rows(
				sql`SELECT sequence, body FROM acts WHERE ${whereOf(page)}
					ORDER BY sequence ${isForward ? sql`ASC` : sql`DESC`} LIMIT ${page.limit}`,
				actRow,
			);
			return rows.map(({ sequence, body }) => readAct(sequence, body));
		},
	};
}

async function numberDue(database: Database): Promise<number> {
	for (let numbered = 0; ; ) {
		// Most times there is nothing, and then nobody waits for the lock.
		const [due] = await database.rows(sql`SELECT EXISTS (SELECT FROM acts_due) AS is_due`, dueRow);
		if (due?.is_due !== true) return numbered;
		numbered += await numberStep(database);
	}
}

function numberStep(database: Database): Promise<number> {
	return database.transaction(async (tx) => {
		// A statement of its own: the next one sees what the sequencer before it has committed.
		await tx.rows(sql`SELECT pg_advisory_xact_lock(${sequencerLock})`);
		const rows = await tx.rows(
			sql`WITH due AS (
					DELETE FROM acts_due WHERE id IN (SELECT id FROM acts_due ORDER BY id LIMIT ${numberedPerStep}) RETURNING id, body
				)
				INSERT INTO acts (sequence, body)
				SELECT (SELECT COALESCE(max(sequence), 0) FROM acts) + row_number() OVER (ORDER BY id), body FROM due ORDER BY id
				RETURNING 1`,
		);
		return rows.length;
	});
}

function whereOf({ actor, on, what, since, notOn, reader, before, after }: ActPage) {
	const conditions = [sql`true`];
	if (before !== undefined) conditions.push(sql`sequence < ${before}`);
	if (after !== undefined) conditions.push(sql`sequence > ${after}`);
	if (actor !== undefined) conditions.push(sql`actor = ${actor}`);
	if (what !== undefined) conditions.push(sql`what = ${what}`);
	if (on !== undefined) conditions.push(sql`subject_kind = ${on.kind}`);
	if (on?.id !== undefined) conditions.push(sql`subject_id = ${on.id}`);
	// Both are UTC with milliseconds, and so in the order of their texts.
	if (since !== undefined) conditions.push(sql`at >= ${since.toISOString()}`);
	if (notOn !== undefined) conditions.push(sql`subject_kind <> ALL (${[...notOn]}::text[])`);
	if (reader !== undefined) conditions.push(sql`NOT ${isKeptFrom(reader)}`);
	return sql.join(conditions, sql` AND `);
}

const saidByPeople = eventsOfDecisions.map((kind) => `case-${kind}`);
const ofOrders = eventsOfDeliveries.map((kind) => `case-${kind}`);

/** What would tell the decision that is kept: by whomever, since an order that was delivered was given. The rest of the case's acts its page shows, too. */
function isKeptFrom(reader: UserId) {
	return sql`(subject_kind = 'case' AND (what = ANY (${ofOrders}::text[]) OR (what = ANY (${saidByPeople}::text[]) AND body::jsonb -> 'actor' ->> 'kind' <> 'machine'))
		AND EXISTS (SELECT FROM cases WHERE cases.id = CASE WHEN subject_kind = 'case' THEN subject_id::uuid END AND ${isDecisionKeptFrom(reader)}))`;
}

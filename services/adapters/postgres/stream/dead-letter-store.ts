import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { keptFault } from "../../../core/fault.ts";
import { deadLetterId, uuidv7 } from "../../../core/ids.ts";
import {
	type DeadLetter,
	type DeadLetterStore,
	deadLetterReasons,
	deadLetterStates,
} from "../../../core/ports/dead-letter-store.ts";
import { storable } from "../../../core/text/storable.ts";
import { topic, topics } from "../../../core/wire/topics.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { tellStuckActs, whereStuck } from "../stuck/where-stuck.ts";

const letterRow = z.object({
	id: deadLetterId,
	reason: z.enum(deadLetterReasons),
	faults: z.array(keptFault),
	/** A sentence in English, where there were no codes yet. */
	detail: column.text,
	topic,
	partition: column.whole,
	offset: column.text,
	key: column.text.nullable(),
	value: column.bytes,
	headers: z.record(z.string(), z.string()),
	attempts: column.whole,
	state: z.enum(deadLetterStates),
	parked_at: column.time,
	resolved_at: column.time.nullable(),
	resolved_by: column.text.nullable(),
	resolution: column.text.nullable(),
});
const reasonCount = z.object({ reason: z.enum(deadLetterReasons), count: column.count });

const columns = { id: "id", reason: "reason", at: "parked_at" };

export function createDeadLetterStore(database: Database): DeadLetterStore {
	const list = async (where: ReturnType<typeof sql>, limit: number): Promise<readonly DeadLetter[]> => {
		const rows = await database.rows(
			sql`SELECT * FROM dead_letters WHERE ${where} ORDER BY parked_at LIMIT ${limit}`,
			letterRow,
		);
		return rows.map(toDeadLetter);
	};
	return {
		park: (letters) =>
			database.transaction(async (tx) => {
				for (const letter of letters) {
					const { reason, faults, topic, partition, offset, attempts } = letter;
					const value = Buffer.from(letter.value);
					const key = letter.key === null ? null : withoutRefused(letter.key);
					await tx.rows(
						sql`INSERT INTO dead_letters (id, reason, faults, topic, partition, "offset", key, value, value_sha256, headers, attempts)
							VALUES (${deadLetterId.parse(uuidv7(Date.now()))}, ${reason}, ${JSON.stringify(faults)}::jsonb, ${topic}, ${partition}, ${offset}, ${key}, ${value},
								${createHash("sha256").update(value).digest()}, ${withoutRefused(JSON.stringify(letter.headers))}::jsonb, ${attempts})
							ON CONFLICT DO NOTHING`,
					);
				}
			}),
		list: ({ state, limit, ...filter }) =>
			list(sql`${whereStuck(filter, columns)} AND (${state ?? null}::text IS NULL OR state = ${state ?? null})`, limit),
		find: async (id) => (await list(sql`id = ${id}`, 1)).at(0) ?? null,
		async mentioned(texts) {
			const rows = await database.rows(
				sql`SELECT text FROM unnest(${[...texts]}::text[]) AS text WHERE EXISTS (
						SELECT 1 FROM dead_letters WHERE state = 'parked' AND topic IN (${topics.media}, ${topics.overflow}) AND position(convert_to(text, 'UTF8') IN value) > 0
					)`,
				z.object({ text: column.text }),
			);
			return new Set(rows.map(({ text }) => text));
		},
		async counts() {
			return database.rows(
				sql`SELECT reason, count(*) AS count FROM dead_letters WHERE state = 'parked' GROUP BY reason ORDER BY reason`,
				reasonCount,
			);
		},
		resolve: (filter, act, actor) =>
			database.transaction(async (tx) => {
				const rows = await tx.rows(
					sql`UPDATE dead_letters SET state = ${act}, resolved_at = now(), resolved_by = ${actor.by}, resolution = ${actor.why}
						WHERE ${whereStuck(filter, columns)} AND state = 'parked' RETURNING id`,
					z.object({ id: deadLetterId }),
				);
				const ids = rows.map(({ id }) => id);
				return tellStuckActs(tx, ["dead-letter", act], actor, ids);
			}),
	};
}

/** What PostgreSQL's text and jsonb refuse is replaced: a record must be parked whatever its headers hold. Its value is kept as bytes. */
function withoutRefused(text: string): string {
	return storable(text)
		.replaceAll("\\u0000", "\\ufffd")
		.replace(/\\ud[89a-f][0-9a-f]{2}/gi, "\\ufffd");
}

function toDeadLetter(row: z.infer<typeof letterRow>): DeadLetter {
	const { parked_at, resolved_at, resolved_by, faults, detail, ...letter } = row;
	return {
		faults: faults.length === 0 && detail !== "" ? [{ code: "quoted", text: detail }] : faults,
		parkedAt: parked_at,
		resolvedAt: resolved_at,
		resolvedBy: resolved_by,
		...letter,
	};
}

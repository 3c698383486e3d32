import { sql } from "kysely";
import { z } from "zod";
import { caseId, itemId, orderId, platformId, uuidv7 } from "../../../core/ids.ts";
import {
	type ExaminedItem,
	type ItemKey,
	itemKeyText,
	type RecordedKey,
	type RecordOutcome,
	type UnexaminedItem,
	type VerdictStore,
	type WithholdOutcome,
} from "../../../core/ports/verdict-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { country } from "../../../core/wire/country.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { hasHits, writeHits } from "../banks/entry-hits.ts";
import { writeTallies } from "../banks/shadow-tallies.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { isUndecided } from "../cases/undecided.ts";
import { gatherItems } from "../cases/write-cases.ts";
import { clocksOn, tellRemoved } from "../clocks/tell-removed.ts";
import { atOnce } from "../connection/at-once.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { keepSpecimens } from "../outbreaks/specimens.ts";
import { writeAnswered } from "../rules/answered-rules.ts";
import { writeShadowDays } from "../rules/shadow-days.ts";
import { writeSnoozedFirings } from "../rules/snooze-store.ts";
import { writeSegments } from "./live-segments.ts";
import { writeUnexamined, writeVerdicts } from "./write-verdicts.ts";

const owedRow = z.object({
	...{ examination: column.count, oldestExaminationSeconds: column.real, evidence: column.count },
});
const recentRow = z.object({
	platform_id: platformId,
	surface,
	country: country.nullable(),
	signals: z.array(z.unknown()),
});

export function createVerdictStore(database: Database, catalogue: SignalCatalogue): VerdictStore {
	return {
		record: (items) =>
			items.every(isOneStatement)
				? recordBatch(database, items, catalogue)
				: database.transaction((tx) => recordBatch(tx, items, catalogue)),

		withhold: (items) => database.transaction((tx) => withholdBatch(tx, items)),
		async findRecorded(keys) {
			const found = await findKeys(database, keys);
			return new Map([...found].map(([key, known]) => [key, { itemId: known.itemId, owes: owes(known) }]));
		},
		async findSettled(keys) {
			const found = await findKeys(database, keys);
			return new Set([...found].filter(([, known]) => owes(known) === "nothing").map(([key]) => key));
		},
		async markKept(id) {
			await database.rows(sql`DELETE FROM evidence_owed WHERE item_id = ${id}`);
		},
		async countOwed() {
			const [row] = await database.rows(
				sql`SELECT count(*) AS examination, GREATEST(0, extract(epoch FROM now() - min(since)))::double precision AS "oldestExaminationSeconds",
						(SELECT count(*) FROM evidence_owed) AS evidence
					FROM examination_owed`,
				owedRow,
			);
			return row ?? { examination: 0, oldestExaminationSeconds: 0, evidence: 0 };
		},

		...newest(database, catalogue),
		markGone: ({ source, subject, at }) =>
			database.transaction(async (tx) => {
				const gone = await tx.rows(
					sql`UPDATE items SET state = 'gone' WHERE source = ${source} AND subject = ${subject} AND state <> 'gone' RETURNING id`,
					z.object({ id: itemId }),
				);
				const ids = gone.map(({ id }) => id);
				if (ids.length === 0) return 0;
				await tx.rows(
					sql`UPDATE orders SET state = 'superseded' WHERE item_id = ANY (${ids}::uuid[]) AND state = 'pending' AND matter <> 'friction'`,
				);
				const open = await tx.rows(
					sql`SELECT case_id, item_id FROM case_items JOIN cases ON cases.id = case_id
						WHERE item_id = ANY (${ids}::uuid[]) AND ${isUndecided}`,
					z.object({ case_id: caseId, item_id: itemId }),
				);
				const actor = { kind: "machine" } as const;
				await appendCaseEvents(
					tx,
					open.map(({ case_id, item_id }) => ({
						caseId: case_id,
						actor,
						at,
						body: { kind: "item-gone", itemId: item_id },
					})),
				);
				await tellRemoved(tx, await clocksOn(tx, ids), at);
				return ids.length;
			}),
	};
}

/** The items that were judged last. */
function newest(database: Database, catalogue: SignalCatalogue): Pick<VerdictStore, "lastRecordedAt" | "recent"> {
	return {
		async lastRecordedAt() {
			const [row] = await database.rows(
				sql`SELECT recorded_at AS "recordedAt" FROM items ORDER BY id DESC LIMIT 1`,
				z.object({ recordedAt: z.date() }),
			);
			return row?.recordedAt ?? null;
		},
		async recent(limit) {
			const rows = await database.rows(
				sql`SELECT platform_id, surface, country, signals
					FROM (SELECT item_id, signals FROM verdicts ORDER BY item_id DESC LIMIT ${limit}) AS newest
						JOIN items ON items.id = item_id ORDER BY item_id DESC`,
				recentRow,
			);
			return rows.map(({ platform_id, surface, country, signals }) => ({
				platformId: platform_id,
				surface,
				country,
				signals: signals.map((stored) => catalogue.fromStored(stored)),
			}));
		},
	};
}

/** What is clear and nothing else is one statement, and needs no transaction around it. */
function isOneStatement(item: ExaminedItem): boolean {
	const { verdict, specimenFor = null, live = null } = item;
	return verdict.action === "none" && specimenFor === null && live === null && !hasHits(item);
}

async function recordBatch(
	connection: Connection,
	items: readonly ExaminedItem[],
	catalogue: SignalCatalogue,
): Promise<readonly RecordOutcome[]> {
	const at = new Date();
	const first = firstOfEach(items);
	const written = await writeVerdicts(connection, first, at, catalogue);
	const fresh = first.filter(({ id }) => written.has(id));
	const known = fresh.length === items.length ? new Map<string, Known>() : await findKeys(connection, items);
	const due = fresh.filter(({ verdict }) => verdict.action !== "none");
	const cases = await gatherItems(connection, due, at, written);
	await atOnce([
		...cases.write(),
		writeSegments(connection, fresh),
		writeHits(connection, fresh, at),
		writeTallies(connection, fresh),
		writeShadowDays(connection, fresh, at),
		writeSnoozedFirings(connection, fresh, at),
		writeAnswered(connection, fresh, at),
	]);
	const specimens = await keepSpecimens(connection, fresh, at);
	return items.map((item) => {
		if (!written.has(item.id)) {
			const found = known.get(itemKeyText(item));
			if (found === undefined) throw new Error("a refused key must be in the record");
			return { kind: "duplicate", itemId: found.itemId, owedEvidence: found.owedEvidence };
		}
		const outcome = cases.outcomes.get(item.id);
		const isKept = item.verdict.action !== "none" || specimens.has(item.id);
		const owedEvidence = isKept ? item.evidence.mediaKey : null;
		const { caseId = null, orderId = null } = outcome ?? {};
		return { kind: "recorded", itemId: item.id, caseId, orderId, owedEvidence };
	});
}

/** Their cases come with the verdicts: nobody can say yet which other copies they belong to. */
async function withholdBatch(tx: Connection, items: readonly UnexaminedItem[]): Promise<readonly WithholdOutcome[]> {
	const at = new Date();
	const first = firstOfEach(items);
	const written = await writeUnexamined(tx, first, at);
	const fresh = first.filter(({ id }) => written.has(id));
	const known = fresh.length === items.length ? new Map<string, Known>() : await findKeys(tx, items);
	await writeOrders(
		tx,
		fresh.map(({ id: itemId, verdict: { tier, category } }) => ({
			...{ id: orderId.parse(uuidv7(at.getTime())), itemId, caseId: null, action: "withhold", version: 1 },
			...{ tier, category, decidedBy: "machine", issuedAt: at },
		})),
	);
	return items.map((item) => {
		if (written.has(item.id)) return { kind: "withheld", itemId: item.id };
		const found = known.get(itemKeyText(item));
		if (found === undefined) throw new Error("a refused key must be in the record");
		return { kind: "duplicate", itemId: found.itemId };
	});
}

function firstOfEach<T extends ItemKey>(items: readonly T[]): readonly T[] {
	const first = new Map<string, T>();
	for (const item of items) if (!first.has(itemKeyText(item))) first.set(itemKeyText(item), item);
	return [...first.values()];
}

const knownRow = z.object({
	...{ itemId, source: column.text, eventId: column.text },
	...{ owedEvidence: column.text.nullable(), isUnexamined: column.flag },
});
type Known = Omit<z.infer<typeof knownRow>, keyof ItemKey>;

function owes({ isUnexamined, owedEvidence }: Known): RecordedKey["owes"] {
	if (isUnexamined) return "examination";
	return owedEvidence === null ? "nothing" : "evidence";
}

async function findKeys(connection: Connection, keys: readonly ItemKey[]): Promise<ReadonlyMap<string, Known>> {
	const rows = keys.map(({ source, eventId }) => ({ source, eventId }));
	const found = await connection.rows(
		sql`SELECT items.id AS "itemId", items.source, items.event_id AS "eventId", owed.media_key AS "owedEvidence",
				EXISTS (SELECT FROM examination_owed WHERE examination_owed.item_id = items.id) AS "isUnexamined"
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (source text, "eventId" text)
			JOIN items ON items.source = r.source AND items.event_id = r."eventId"
			LEFT JOIN (evidence_owed JOIN item_evidence USING (item_id)) AS owed ON owed.item_id = items.id`,
		knownRow,
	);
	return new Map(found.map(({ source, eventId, ...known }) => [itemKeyText({ source, eventId }), known]));
}

// What the banks' history tells people.
import { sql } from "kysely";
import { z } from "zod";
import { assertNever } from "../../../core/assert-never.ts";
import { bankSettings } from "../../../core/banks/bank.ts";
import { type BankStep, bankStep } from "../../../core/banks/bank-step.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type BankId, bankId, draftId, entryId } from "../../../core/ids.ts";
import type { BankRevision, BankStore } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";
import { changeKind, storedEntry } from "./bank-rows.ts";

const revisionRow = z.object({
	sequence: column.count,
	at: column.time,
	by: column.text,
	/** `draft`: all that an import wrote, or putting the bank back. */
	kind: z.enum([...changeKind.options, "draft"]),
	entry_id: entryId.nullable(),
	/** As its kind has it. */
	data: z.unknown(),
});
const bankIdRow = z.object({ id: bankId });

/** The bank that has the name, or had it last. */
export async function findBankByHistory(database: Database, name: string): Promise<BankId | null> {
	const [now] = await database.rows(sql`SELECT id FROM banks WHERE name = ${name}`, bankIdRow);
	if (now !== undefined) return now.id;
	const [then] = await database.rows(
		sql`SELECT bank_id AS id FROM bank_changes WHERE kind = 'bank' AND data ->> 'name' = ${name} ORDER BY sequence DESC LIMIT 1`,
		bankIdRow,
	);
	return then?.id ?? null;
}

export async function bankHistory(
	database: Database,
	name: string,
	{ before, limit, within = null }: Parameters<BankStore["history"]>[1],
): Promise<readonly BankRevision[]> {
	const id = await findBankByHistory(database, name);
	if (id === null) return [];
	const earlier = sql`(${before}::bigint IS NULL OR sequence < ${before}::bigint)`;
	const single = sql`SELECT sequence, at, by, kind, entry_id, data FROM bank_changes
		WHERE bank_id = ${id} AND draft_id IS NOT DISTINCT FROM ${within}::uuid AND ${earlier} ORDER BY sequence DESC LIMIT ${limit}`;
	const rows = await database.rows(
		within !== null
			? single
			: sql`(${single}) UNION ALL (
					SELECT sequence, at, by, 'draft', NULL, jsonb_build_object('draftId', draft.id, 'origin', origin, 'toRevision', ${revisionAt(id, sql`put_back_to`)},
						'added', added, 'changed', changed, 'removed', removed)
					FROM bank_drafts AS draft CROSS JOIN LATERAL (
						SELECT sequence, at, by FROM bank_changes WHERE draft_id = draft.id ORDER BY sequence DESC LIMIT 1
					) AS last WHERE bank_id = ${id} AND ${earlier}
				) ORDER BY sequence DESC LIMIT ${limit}`,
		revisionRow,
	);
	const newest = within === null && rows[0] !== undefined ? await countRevisions(database, id, rows[0].sequence) : null;
	return rows.map(({ sequence, at, by, kind, entry_id, data }, index) => ({
		...{ at, by },
		revision: newest === null ? null : newest - index,
		sequence,
		entryId: entry_id,
		step: toStep(kind, data),
	}));
}

/** Every change is a revision of its bank but those that an import or a revert wrote: they are one, and it stands at their last. */
const revisionsOf = (id: BankId) => sql`(
	SELECT sequence FROM bank_changes WHERE bank_id = ${id} AND draft_id IS NULL
	UNION ALL SELECT (SELECT max(sequence) FROM bank_changes WHERE draft_id = bank_drafts.id) FROM bank_drafts WHERE bank_id = ${id})`;

/** How many revisions there were at a sequence, null where that is null. */
function revisionAt(id: BankId, sequence: ReturnType<typeof sql>) {
	return sql`CASE WHEN ${sequence} IS NOT NULL THEN (SELECT count(*) FROM ${revisionsOf(id)} AS revision WHERE revision.sequence <= ${sequence}) END`;
}

async function countRevisions(database: Database, id: BankId, upTo: number): Promise<number> {
	const [row] = await database.rows(
		sql`SELECT ${revisionAt(id, sql`${upTo}::bigint`)} AS count`,
		z.object({ count: column.count }),
	);
	return row?.count ?? 0;
}

export async function sequenceOf(database: Database, name: string, revision: number): Promise<number> {
	const id = await findBankByHistory(database, name);
	if (id === null) throw new BreakwaterError("not-found", { detail: `there never was a bank ${name}` });
	const [row] = await database.rows(
		sql`SELECT sequence FROM ${revisionsOf(id)} AS revision WHERE sequence IS NOT NULL ORDER BY sequence LIMIT 1 OFFSET ${revision - 1}`,
		z.object({ sequence: column.count }),
	);
	if (row !== undefined) return row.sequence;
	const count = await countRevisions(database, id, Number.MAX_SAFE_INTEGER);
	throw new BreakwaterError("not-found", { detail: `bank ${name} has ${count} revisions; there is no ${revision}` });
}

const storedDraft = z.object({
	...{ draftId, origin: z.string(), toRevision: z.int().nullable() },
	...{ added: z.int(), changed: z.int(), removed: z.int() },
});

function toStep(kind: z.infer<typeof revisionRow>["kind"], data: unknown): BankStep {
	switch (kind) {
		case "bank":
			return bankStep.parse({ ...bankSettings.parse(data), code: "settings-step" });
		case "entry":
			return toEntryStep(storedEntry.parse(data));
		case "draft":
			return toDraftStep(storedDraft.parse(data));
		case "entry-removed":
			return { code: "entry-removed-step" };
		case "bank-removed":
			return { code: "bank-removed-step" };
		default:
			return assertNever(kind);
	}
}

function toEntryStep({ hashType, opinions: stored, isQuarantined }: z.infer<typeof storedEntry>): BankStep {
	const opinions = Object.entries(stored).map(([source, { kind }]) => ({ source, kind }));
	return { code: "entry-step", hashType, opinions, isQuarantined: isQuarantined === true };
}

function toDraftStep({ toRevision, origin, ...draft }: z.infer<typeof storedDraft>): BankStep {
	return toRevision === null
		? { code: "import-step", origin, ...draft }
		: { code: "put-back-step", toRevision, ...draft };
}

// What the banks' history tells people.
import { sql } from "kysely";
import { z } from "zod";
import { assertNever } from "../../../core/assert-never.ts";
import { type BankChange, bankSettings } from "../../../core/banks/bank.ts";
import { type BankStep, bankStep } from "../../../core/banks/bank-step.ts";
import { type BankId, draftId, type EntryId } from "../../../core/ids.ts";
import type { BankRevision, BankStore } from "../../../core/ports/bank-store.ts";
import type { Database } from "../connection/database.ts";
import type { StoredEntry } from "./bank-rows.ts";

interface RevisionRow {
	readonly sequence: string;
	readonly at: Date;
	readonly by: string;
	/** `draft`: all that an import wrote, or putting the bank back. */
	readonly kind: BankChange["kind"] | "draft";
	readonly entry_id: EntryId | null;
	readonly data: unknown;
}

/** The bank that has the name, or had it last. */
export async function findBankByHistory(database: Database, name: string): Promise<BankId | null> {
	const [now] = await database.rows<{ id: BankId }>(sql`SELECT id FROM banks WHERE name = ${name}`);
	if (now !== undefined) return now.id;
	const [then] = await database.rows<{ id: BankId }>(
		sql`SELECT bank_id AS id FROM bank_changes WHERE kind = 'bank' AND data ->> 'name' = ${name} ORDER BY sequence DESC LIMIT 1`,
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
	const rows = await database.rows<RevisionRow>(
		within !== null
			? single
			: sql`(${single}) UNION ALL (
					SELECT sequence, at, by, 'draft', NULL, jsonb_build_object('draftId', draft.id, 'origin', origin, 'toSequence', put_back_to,
						'added', added, 'changed', changed, 'removed', removed)
					FROM bank_drafts AS draft CROSS JOIN LATERAL (
						SELECT sequence, at, by FROM bank_changes WHERE draft_id = draft.id ORDER BY sequence DESC LIMIT 1
					) AS last WHERE bank_id = ${id} AND ${earlier}
				) ORDER BY sequence DESC LIMIT ${limit}`,
	);
	return rows.map(({ sequence, at, by, kind, entry_id, data }) => ({
		...{ at, by },
		sequence: Number(sequence),
		entryId: entry_id,
		step: toStep(kind, data),
	}));
}

const storedDraft = z.object({
	...{ draftId, origin: z.string(), toSequence: z.int().nullable() },
	...{ added: z.int(), changed: z.int(), removed: z.int() },
});

function toStep(kind: RevisionRow["kind"], data: unknown): BankStep {
	switch (kind) {
		case "bank":
			return bankStep.parse({ ...bankSettings.parse(data), code: "settings-step" });
		case "entry":
			return toEntryStep(data as StoredEntry);
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

function toEntryStep({ hashType, opinions: stored, isQuarantined }: StoredEntry): BankStep {
	const opinions = Object.entries(stored).map(([source, { kind }]) => ({ source, kind }));
	return { code: "entry-step", hashType, opinions, isQuarantined: isQuarantined === true };
}

function toDraftStep({ toSequence, origin, ...draft }: z.infer<typeof storedDraft>): BankStep {
	return toSequence === null
		? { code: "import-step", origin, ...draft }
		: { code: "put-back-step", toSequence, ...draft };
}

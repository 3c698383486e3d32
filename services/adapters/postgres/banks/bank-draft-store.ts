import { sql } from "kysely";
import { z } from "zod";
import { machine, named } from "../../../core/acts/doer.ts";
import { ownSource } from "../../../core/banks/bank.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { toHex } from "../../../core/hashes/hash-hex.ts";
import { type DraftId, draftId, uuidv7 } from "../../../core/ids.ts";
import type { Acceptance, BankDraftStore } from "../../../core/ports/bank-draft-store.ts";
import type { NewEntry } from "../../../core/ports/bank-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection, Database } from "../connection/database.ts";
import { acceptProposal, type Outcome } from "./accept-proposal.ts";
import { tellDraftAct } from "./bank-acts.ts";
import { carryOutRows } from "./carry-out-draft.ts";
import { writeDelta, writeFaults } from "./draft-delta.ts";
import { type DraftRow, draftRow, isOnePerson, toDraft } from "./draft-rows.ts";
import { findRemarks } from "./import-remarks.ts";
import { sweepAll } from "./sweep-banks.ts";
import { keepFrames } from "./video-frames.ts";
import { refuseOtherLengths, storedOpinion } from "./write-entries.ts";

/** A draft may have a million rows. */
const longStatements = sql`SET LOCAL statement_timeout = '15min'`;

/** With a number made of the bank's id. */
const acceptanceLock = 827_364;

export function createBankDraftStore(database: Database): BankDraftStore {
	return {
		open: (draft) =>
			database.transaction(async (tx) => {
				await dropAbandoned(tx);
				const id = draftId.parse(uuidv7(Date.now()));
				const [opened] = await tx.rows(
					sql`INSERT INTO bank_drafts (id, bank_id, bank_name, origin, source, is_replacing, created_by)
						SELECT ${id}, id, name, ${draft.origin}, ${draft.source}, ${draft.isReplacing}, ${draft.by} FROM banks WHERE id = ${draft.bankId}
						RETURNING *`,
					draftRow,
				);
				if (opened === undefined)
					throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "bank" }] });
				await tellDraftAct(tx, "draft-opened", opened, { by: named(draft.by) });
				return id;
			}),
		stage: (id, entries) => database.transaction((tx) => stageRows(tx, id, entries)),
		close: (id, rejected) =>
			database.transaction(async (tx) => {
				await requireDraft(tx, id, ["building"]);
				await tx.rows(longStatements);
				const remarks = JSON.stringify(await findRemarks(tx, id));
				await tx.rows(
					sql`UPDATE bank_drafts SET state = 'open', rejected = ${JSON.stringify(rejected)}::jsonb, remarks = ${remarks}::jsonb WHERE id = ${id}`,
				);
				return toDraft(await writeDelta(tx, id));
			}),
		async find(id) {
			const [row] = await database.rows(sql`SELECT * FROM bank_drafts WHERE id = ${id}`, draftRow);
			return row === undefined ? null : toDraft(row);
		},
		async list({ states, limit }) {
			const rows = await database.rows(
				sql`SELECT * FROM bank_drafts WHERE ${states === undefined ? sql`true` : sql`state = ANY (${[...states]}::text[])`}
					ORDER BY created_at DESC, id DESC LIMIT ${limit}`,
				draftRow,
			);
			return rows.map(toDraft);
		},
		accept: (id, by, said = {}) => acceptDraft(database, id, by, said),
		carryOut: (id, maxRows) =>
			database.transaction(async (tx) => {
				const draft = await requireDraft(tx, id, ["accepted", "applied"]);
				if (draft.state === "applied") return toDraft(draft);
				await tx.rows(longStatements);
				const after = await carryOutRows(tx, draft, maxRows);
				if (after.state === "applied") await tellDraftAct(tx, "draft-applied", after, { by: machine });
				return toDraft(after);
			}),
		async reject(id, by, why) {
			const rejected = await database.transaction(async (tx) => {
				await requireDraft(tx, id, ["building", "open", "accepted"]);
				const [row] = await tx.rows(
					sql`UPDATE bank_drafts SET state = 'rejected', decided_by = ${by}, decided_at = now(), why = ${why} WHERE id = ${id} RETURNING *`,
					draftRow,
				);
				await tellDraftAct(tx, "draft-rejected", required(row), { by: named(by), reason: why });
				return toDraft(required(row));
			});
			await sweepAll(database);
			return rejected;
		},
	};
}

/** Whoever was building it has gone away. */
async function dropAbandoned(tx: Connection): Promise<void> {
	await tx.rows(
		sql`UPDATE bank_drafts SET state = 'rejected', decided_by = created_by, decided_at = now(), lapsed = 'abandoned'
			WHERE state = 'building' AND created_at < now() - interval '1 day'`,
	);
}

async function stageRows(tx: Connection, id: DraftId, entries: Parameters<BankDraftStore["stage"]>[1]): Promise<void> {
	const [counted] = await tx.rows(
		sql`UPDATE bank_drafts SET row_count = row_count + ${entries.length} WHERE id = ${id} AND state = 'building' RETURNING row_count AS after`,
		z.object({ after: column.whole }),
	);
	if (counted === undefined) throw new BreakwaterError("not-decidable", { reasons: [{ code: "takes-no-more-rows" }] });
	refuseOtherLengths(entries);
	await keepFrames(tx, entries);
	if (entries.some(({ opinion }) => opinion.source === ownSource))
		throw new BreakwaterError("rule-broken", {
			reasons: [{ code: "field-refused", field: "source", rule: "own-source" }],
		});
	const nowMs = Date.now();
	// Arrays of what needs no escaping as PostgreSQL writes them, the rest as JSON: a driver that looks at each value takes longer
	// than the server.
	const arrayOf = (value: (entry: NewEntry) => string | number | null) => `{${entries.map(value).join(",")}}`;
	await tx.rows(
		sql`INSERT INTO bank_draft_rows (draft_id, n, id, hash_type, hash, quality, source, opinion)
			SELECT ${id}::uuid, ${counted.after - entries.length} + n, id, type, decode(hash, 'hex'), quality, source, opinion
			FROM ROWS FROM (
				unnest(${arrayOf(() => uuidv7(nowMs))}::uuid[], ${arrayOf((one) => one.hashType)}::text[], ${arrayOf((one) => toHex(one.hash))}::text[],
					${arrayOf((one) => String(one.quality))}::smallint[]),
				jsonb_array_elements_text(${JSON.stringify(entries.map((one) => one.opinion.source))}::jsonb),
				jsonb_array_elements(${JSON.stringify(entries.map(storedOpinion))}::jsonb)
			) WITH ORDINALITY AS r (id, type, hash, quality, source, opinion, n)`,
	);
}

async function acceptDraft(database: Database, id: DraftId, by: string, said: Acceptance) {
	const outcome = await database.transaction(async (tx): Promise<Outcome> => {
		const draft = await requireDraft(tx, id, ["open", "accepted", "applied"]);
		if (draft.state !== "open") return { draft };
		const { proposal } = toDraft(draft);
		return proposal === null
			? acceptImport(tx, draft, { ...said, by })
			: acceptProposal(tx, draft, proposal, { ...said, by });
	});
	if (outcome.refusal !== undefined) throw outcome.refusal;
	return toDraft(outcome.draft);
}

async function acceptImport(
	tx: Connection,
	draft: DraftRow,
	accepted: Acceptance & { readonly by: string },
): Promise<Outcome> {
	// Drafts of one bank are accepted one after the other: the second counts what the first lets in.
	await tx.rows(sql`SELECT pg_advisory_xact_lock(${acceptanceLock}, hashtext(${draft.bank_id}::text))`);
	const [bank] = await tx.rows(
		sql`SELECT EXISTS (SELECT 1 FROM bank_changes WHERE bank_id = banks.id AND sequence > ${draft.base_sequence}) AS moved
			FROM banks WHERE id = ${draft.bank_id}`,
		z.object({ moved: column.flag }),
	);
	if (bank === undefined) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "bank" }] });
	const fresh = await asOfNow(tx, draft, bank.moved);
	// Whoever accepts agrees to the delta that was shown, so a new one is shown first. The new one must outlive this refusal.
	if (deltaOf(fresh) !== deltaOf(draft)) return { draft: fresh, refusal: new BreakwaterError("draft-stale") };
	const { by, why } = accepted;
	const isAlone = isOnePerson(draft, accepted);
	const reasons = toDraft(fresh).faults;
	if (reasons.length > 0 && isAlone)
		return { draft: fresh, refusal: new BreakwaterError("over-allowance", { reasons }) };
	const [row] = await tx.rows(
		sql`UPDATE bank_drafts SET state = 'accepted', decided_by = ${by}, decided_at = now(), why = ${why ?? null}, accepted_alone = ${isAlone} WHERE id = ${draft.id} RETURNING *`,
		draftRow,
	);
	await tellDraftAct(tx, "draft-accepted", required(row), { by: named(by), reason: why ?? null });
	return { draft: required(row) };
}

/** With its delta and its faults as they now are. */
async function asOfNow(tx: Connection, draft: DraftRow, hasBankMoved: boolean): Promise<DraftRow> {
	if (!hasBankMoved) return writeFaults(tx, draft);
	await tx.rows(longStatements);
	return writeDelta(tx, draft.id);
}

function deltaOf({ added, changed, removed }: DraftRow): string {
	return `${added} ${changed} ${removed}`;
}

async function requireDraft(tx: Connection, id: DraftId, states: readonly DraftRow["state"][]): Promise<DraftRow> {
	const [row] = await tx.rows(sql`SELECT * FROM bank_drafts WHERE id = ${id} FOR UPDATE`, draftRow);
	if (row === undefined) throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "draft" }] });
	if (!states.includes(row.state))
		throw new BreakwaterError("not-decidable", {
			reasons: [{ code: "decided-already", what: "draft", state: row.state }],
		});
	return row;
}

function required<T>(row: T | undefined): T {
	if (row === undefined) throw new Error("the row was there a moment ago");
	return row;
}

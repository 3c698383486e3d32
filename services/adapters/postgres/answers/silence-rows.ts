// Whether a law, or a person of ours, forbids telling anybody outside of a case now; and what is held meanwhile.
import { sql } from "kysely";
import { z } from "zod";
import {
	type CaseId,
	caseId,
	type RequestId,
	type SilenceId,
	silenceId,
	type UserId,
	uuidv7,
} from "../../../core/ids.ts";
import type { ReportAnswerCode } from "../../../core/reports/answer.ts";
import { appendActs } from "../acts/append-acts.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** One whose time has come lasts until it is ended, and what was held is told before anything else. */
export function isSilent(caseId: ReturnType<typeof sql>) {
	return sql`EXISTS (SELECT FROM silences WHERE silences.case_id = ${caseId} AND silences.ended_at IS NULL)`;
}

/** Whether nobody may be told of an account's case: it would tell how often something was removed, what is held of one of its strikes, too. */
export function isAccountSilent(caseId: ReturnType<typeof sql>) {
	return sql`(${isSilent(caseId)} OR EXISTS (
		SELECT FROM account_strikes JOIN orders AS struck ON struck.id = account_strikes.order_id JOIN silences ON silences.case_id = struck.case_id
		WHERE account_strikes.case_id = ${caseId} AND silences.ended_at IS NULL))`;
}

/** Waits for those who begin or end one of this case. */
export async function lockSilence(tx: Connection, id: CaseId): Promise<boolean> {
	await tx.rows(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`silence ${id}`}, 0))`);
	const [row] = await tx.rows(sql`SELECT ${isSilent(sql`${id}::uuid`)} AS is`, z.object({ is: column.flag }));
	return row?.is === true;
}

export interface Beginning {
	readonly caseId: CaseId;
	readonly reason: string;
	readonly until: Date | null;
	readonly cause:
		| { readonly kind: "person"; readonly userId: UserId }
		| { readonly kind: "request"; readonly id: RequestId };
}

export async function beginSilence(
	tx: Connection,
	{ caseId, reason, until, cause }: Beginning,
	at: Date,
): Promise<SilenceId> {
	await lockSilence(tx, caseId);
	const id = silenceId.parse(uuidv7(at.getTime()));
	const by = cause.kind === "person" ? cause.userId : null;
	await tx.rows(
		sql`INSERT INTO silences (id, case_id, reason, request_id, begun_by, begun_at, until)
			VALUES (${id}, ${caseId}, ${reason}, ${cause.kind === "request" ? cause.id : null}, ${by}, ${at}, ${until})`,
	);
	const doer = cause.kind === "person" ? cause : ({ kind: "machine" } as const);
	const details = { silenceId: id, until: until?.toISOString() ?? null };
	await appendActs(tx, [{ what: "silence-begun", on: caseId, by: doer, at, reason, details }]);
	return id;
}

type Whom = "all" | "unanswered" | readonly string[];

interface HeldAnswer {
	readonly code: ReportAnswerCode;
	readonly by: UserId;
	readonly to: Whom;
}

/** What everybody would have been told takes the place of what they would have been told before. */
export async function holdAnswer(tx: Connection, caseId: CaseId, { code, by, to }: HeldAnswer): Promise<void> {
	if (to === "all") await tx.rows(sql`DELETE FROM held_answers WHERE case_id = ${caseId}`);
	const at = new Date();
	await tx.rows(
		sql`INSERT INTO held_answers (id, case_id, answer, by_user, whom, held_at)
			VALUES (${uuidv7(at.getTime())}, ${caseId}, ${code}, ${by}, ${JSON.stringify(to)}::jsonb, ${at})`,
	);
}

export async function silentAmong(on: Connection, cases: readonly CaseId[]): Promise<ReadonlySet<CaseId>> {
	if (cases.length === 0) return new Set();
	const rows = await on.rows(
		sql`SELECT DISTINCT case_id AS id FROM silences WHERE ended_at IS NULL AND case_id = ANY (${[...cases]}::uuid[])`,
		z.object({ id: caseId }),
	);
	return new Set(rows.map(({ id }) => id));
}

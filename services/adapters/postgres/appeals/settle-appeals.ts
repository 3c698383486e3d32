// What becomes of appeals by what people decide, in its transaction: each waits for one decision, and is answered by it once.
import { sql } from "kysely";
import { z } from "zod";
import { appellants, outcomeOf } from "../../../core/appeals/appeal.ts";
import type { CaseSnapshot } from "../../../core/cases/case.ts";
import { appealId, type CaseId, reportId } from "../../../core/ids.ts";
import type { Undoing } from "../clocks/reopen-clocks.ts";
import type { Connection } from "../connection/database.ts";
import { answerCase } from "../reports/answer-reports.ts";
import { reopenAppealClocks, tellAppealsDecided } from "./appeal-clocks.ts";

/** A reporter whose appeal changed nothing is told so; what changes everybody is told who was told before. */
export async function settleAppeals(
	tx: Connection,
	id: CaseId,
	{ decision, userId: by, at }: NonNullable<CaseSnapshot["decided"]>,
): Promise<void> {
	for (const appellant of appellants) {
		const outcome = outcomeOf(appellant, decision);
		const settled = await tx.rows(
			sql`UPDATE appeals SET outcome = ${outcome}, settled_at = ${at}
				WHERE case_id = ${id} AND appellant = ${appellant} AND outcome IS NULL RETURNING id AS "appealId", report_id AS id`,
			z.object({ appealId, id: reportId.nullable() }),
		);
		await tellAppealsDecided(
			tx,
			settled.map((one) => one.appealId),
			at,
		);
		const reports = settled.flatMap((one) => one.id ?? []);
		if (outcome === "upheld" && reports.length > 0) await answerCase(tx, id, { code: "upheld", by, to: reports });
	}
}

/** The decision of then is taken back. */
export async function reopenAppeals(
	tx: Connection,
	id: CaseId,
	{ settledAt, ...undoing }: Undoing & { readonly settledAt: Date },
): Promise<void> {
	const reopened = await tx.rows(
		sql`UPDATE appeals SET outcome = NULL, settled_at = NULL WHERE case_id = ${id} AND settled_at = ${settledAt} RETURNING id`,
		z.object({ id: appealId }),
	);
	await reopenAppealClocks(
		tx,
		reopened.map((one) => one.id),
		undoing,
	);
}

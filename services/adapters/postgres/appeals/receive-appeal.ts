// Takes in an appeal: what it says, and its case, which waits for people once more. All of it, or nothing.
import { sql } from "kysely";
import { z } from "zod";
import { type Appellant, isRestricted } from "../../../core/appeals/appeal.ts";
import { appealCase } from "../../../core/cases/appeal-case.ts";
import type { AppealArrival } from "../../../core/cases/gather.ts";
import {
	type AppealId,
	appealId,
	type CaseId,
	caseId,
	type OrderId,
	type ReportId,
	uuidv7,
} from "../../../core/ids.ts";
import type { Appeal, AppealAnswer, NewAppeal, RestrictionKey } from "../../../core/ports/appeal-store.ts";
import { applyToCase } from "../cases/apply-to-case.ts";
import { type CaseRow, caseRow, selectCases } from "../cases/case-rows.ts";
import { gatherCases } from "../cases/gather-cases.ts";
import type { Connection } from "../connection/database.ts";
import { startAppealClocks } from "./appeal-clocks.ts";
import { appealRow, findRestricted, leftOf, selectAppeals, standsOn, toAppeal } from "./appeal-rows.ts";

const machine = { kind: "machine" } as const;
const refused = (why: Extract<AppealAnswer, { kind: "refused" }>["why"]): AppealAnswer => ({ kind: "refused", why });

export async function appealRestriction(tx: Connection, key: RestrictionKey, appeal: NewAppeal): Promise<AppealAnswer> {
	const found = await findRestricted(tx, key);
	if (found === null) return refused("unknown");
	const { orderId, orderedAt, caseId: id } = found;
	if (id === null) return refused("early");
	const row = await lockCase(tx, id);
	const [known] = await tx.rows(
		sql`${selectAppeals} WHERE ${standsOn(found)} ORDER BY received_at DESC LIMIT 1`,
		appealRow,
	);
	if (known !== undefined) return { kind: "received", appeal: toAppeal(known), isNew: false };
	// Again under the lock: people may have decided meanwhile.
	const now = await findRestricted(tx, key);
	if (now === null || !isRestricted(now.state)) return refused("nothing-to-appeal");
	if (appeal.at > appeal.until(row.decided_at ?? orderedAt)) return refused("too-late");
	return { kind: "received", appeal: await putBeforePeople(tx, row, { ...appeal, by: "user", orderId }), isNew: true };
}

export async function appealReport(tx: Connection, id: ReportId, appeal: NewAppeal): Promise<AppealAnswer> {
	const left = await tx.rows(sql`${leftOf(sql`${id}`)} ORDER BY id`, z.object({ id: caseId }));
	const appeals: Appeal[] = [];
	let isLate = false;
	for (const one of left) {
		const row = await lockCase(tx, one.id);
		if (row.state !== "decided" || row.decision !== "restore" || row.decided_at === null) continue;
		if (appeal.at > appeal.until(row.decided_at)) isLate = true;
		else appeals.push(await putBeforePeople(tx, row, { ...appeal, text: "", by: "reporter", reportId: id }));
	}
	const [first] = appeals;
	if (first === undefined) return refused(isLate ? "too-late" : "nothing-to-appeal");
	await tx.rows(
		sql`INSERT INTO report_messages (id, report_id, body) VALUES (${uuidv7(Date.now())}, ${id}, ${appeal.text})`,
	);
	await tx.rows(sql`UPDATE reports SET answered_at = NULL, is_waiting = true WHERE id = ${id}`);
	return { kind: "received", appeal: first, isNew: true };
}

async function lockCase(tx: Connection, id: CaseId): Promise<CaseRow> {
	const [row] = await tx.rows(sql`${selectCases} WHERE cases.id = ${id} FOR UPDATE OF cases`, caseRow);
	if (row === undefined) throw new Error("a case that something is in was not found");
	return row;
}

interface Received extends Omit<NewAppeal, "until"> {
	readonly by: Appellant;
	readonly orderId?: OrderId | null;
	readonly reportId?: ReportId | null;
}

async function putBeforePeople(
	tx: Connection,
	row: CaseRow,
	{ by, orderId = null, reportId = null, channel, text, at }: Received,
): Promise<Appeal> {
	const id = appealId.parse(uuidv7(at.getTime()));
	await tx.rows(
		sql`INSERT INTO appeals (id, case_id, appellant, channel, order_id, report_id, body, received_at, against)
			VALUES (${id}, ${row.id}, ${by}, ${channel}, ${orderId}, ${reportId}, ${text}, ${at}, ${row.decided_at})`,
	);
	await applyToCase(tx, row, { actor: machine, at }, (current) => appealCase(current, { appealId: id, by }));
	await gatherAppeal(tx, row.id, id, at);
	await startAppealClocks(tx, { id, caseId: row.id, at });
	return { id, caseId: row.id, by, channel, orderId, text, receivedAt: at, settled: null };
}

/** The case is undecided by now, and the appeal joins it as whatever else brings something before people. */
async function gatherAppeal(tx: Connection, id: CaseId, appeal: AppealId, at: Date): Promise<void> {
	const row = await lockCase(tx, id);
	const arrival: AppealArrival = {
		...{ kind: "appeal", appealId: appeal, clusterKey: row.cluster_key, itemId: null },
		...{ platformId: null, surface: null },
	};
	await gatherCases(tx, [arrival], at);
}

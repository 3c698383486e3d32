// Tells authorities what people decided of the cases that their requests brought, in the decision's transaction: from the templates in force, in
// every language, kept as it was told.
import { sql } from "kysely";
import { z } from "zod";
import { type AnswerLanguage, answerLanguages } from "../../../core/answers/slots.ts";
import { type Facts, inWords } from "../../../core/answers/template-book.ts";
import { type CaseId, type RequestId, requestId, uuidv7 } from "../../../core/ids.ts";
import type { AuthorityAnswerCode } from "../../../core/reports/answer.ts";
import { templatesInForce } from "../answers/template-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const requestRow = z.object({ id: requestId, reference: column.text, received: column.time, places: column.text });

interface Told {
	readonly code: AuthorityAnswerCode;
	readonly at: Date;
	/** `unanswered`: those who were told of this case before know it already. */
	readonly to: "all" | "unanswered" | RequestId;
}

export async function answerRequests(tx: Connection, caseId: CaseId, { code, at, to }: Told): Promise<void> {
	const isMeant =
		to === "all"
			? sql`true`
			: to === "unanswered"
				? sql`NOT EXISTS (SELECT FROM authority_answers WHERE request_id = requests.id AND case_id = ${caseId})`
				: sql`requests.id = ${to}`;
	const requests = await tx.rows(
		sql`SELECT requests.id, reference, received_at AS received, string_agg(address, E'\n' ORDER BY position) AS places
			FROM authority_requests AS requests JOIN authority_request_places ON request_id = requests.id
			WHERE case_id = ${caseId} AND ${isMeant} GROUP BY requests.id ORDER BY requests.id`,
		requestRow,
	);
	if (requests.length === 0) return;
	const { revision, set } = await templatesInForce(tx);
	const slot = `authority/${code}` as const;
	const inAll = (facts: Facts) => {
		const says = (language: AnswerLanguage) => [language, inWords(set, { slot, language }, facts)] as const;
		return Object.fromEntries(answerLanguages.map(says));
	};
	const rows = requests.map(({ id: request, ...facts }) => ({ id: uuidv7(at.getTime()), request, text: inAll(facts) }));
	await tx.rows(
		sql`INSERT INTO authority_answers (id, request_id, case_id, answer, template_revision, text, told_at)
			SELECT id, request, ${caseId}, ${code}, ${revision}, text, ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, request uuid, text jsonb)`,
	);
}

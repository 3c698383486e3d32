// A request as its authority may see it: what became of each place, what runs, which role works on it. No names, nothing of the content.
import { sql } from "kysely";
import { z } from "zod";
import { asked } from "../../../core/authorities/asked.ts";
import { channel } from "../../../core/authorities/channel.ts";
import { type AuthorityId, type CaseId, type RequestId, requestId } from "../../../core/ids.ts";
import { itemState } from "../../../core/items/item.ts";
import { role } from "../../../core/people/user.ts";
import type { RequestForAuthority, RequestInList, RequestOnCase } from "../../../core/ports/authority-store.ts";
import { authorityAnswerCodes } from "../../../core/reports/answer.ts";
import { clockRow, selectClocks, toKeptClock } from "../clocks/clock-rows.ts";
import { column } from "../connection/columns.ts";
import type { Database } from "../connection/database.ts";

const requestRow = z.object({
	...{ id: requestId, reference: column.text, asks: asked },
	...{
		legalBasis: column.text,
		urgentReason: column.text.nullable(),
		receivedAt: column.time,
		channel,
		arrivedAt: column.time.nullable(),
		hasDocument: column.flag,
	},
});
const placeRow = z.object({
	...{ address: column.text, state: itemState.nullable(), isRemovalAcknowledged: column.flag },
});
const historyRow = z.object({
	at: column.time,
	what: z.enum(["taken", "decided-remove", "decided-restore", "ordered", "acknowledged"]),
});

const answerRow = z.object({
	...{ at: column.time, outcome: z.enum(authorityAnswerCodes), templateRevision: column.whole },
	text: z.object({ vi: z.string(), en: z.string() }),
});

export async function showRequest(
	database: Database,
	{ authority, id, at }: { readonly authority: AuthorityId; readonly id: RequestId; readonly at: Date },
): Promise<RequestForAuthority | null> {
	const [found] = await database.rows(
		sql`SELECT id, reference, asks, legal_basis AS "legalBasis", urgent_reason AS "urgentReason", received_at AS "receivedAt",
				silence_basis AS "silenceBasis", silence_until AS "silenceUntil", channel, arrived_at AS "arrivedAt", EXISTS (SELECT FROM authority_request_documents WHERE request_id = authority_requests.id) AS "hasDocument"
			FROM authority_requests WHERE id = ${id} AND authority_id = ${authority}`,
		requestRow.extend({ silenceBasis: column.text.nullable(), silenceUntil: column.time.nullable() }),
	);
	if (found === undefined) return null;
	const { silenceBasis: basis, silenceUntil: until, ...request } = found;
	const [places, clocks, working, history, answers] = await Promise.all([
		database.rows(
			sql`SELECT address, items.state, EXISTS (SELECT FROM orders WHERE orders.item_id = items.id AND orders.matter = '' AND orders.version = items.version
					AND orders.action = 'remove' AND orders.state = 'delivered') AS "isRemovalAcknowledged"
				FROM authority_request_places LEFT JOIN items ON items.id = item_id WHERE request_id = ${id} ORDER BY position`,
			placeRow,
		),
		database.rows(
			sql`${selectClocks} WHERE cause_kind = 'authority-request' AND cause_id = ${id} ORDER BY due_at, clocks.id`,
			clockRow,
		),
		database.rows(
			sql`SELECT users.roles FROM cases JOIN users ON users.id = cases.claimed_by
				WHERE cases.id IN (${casesOf(id)}) AND cases.claim_expires_at > ${at} LIMIT 1`,
			z.object({ roles: z.array(role) }),
		),
		database.rows(historyOf(id), historyRow),
		database.rows(
			sql`SELECT told_at AS at, answer AS outcome, template_revision AS "templateRevision", text FROM authority_answers
				WHERE request_id = ${id} ORDER BY told_at, id LIMIT 500`,
			answerRow,
		),
	]);
	return {
		...request,
		silence: basis === null ? null : { basis, until },
		...{ places, history, answers },
		clocks: clocks.map(toKeptClock),
		workedOnBy: working[0]?.roles[0] ?? null,
	};
}

const onCaseRow = requestRow.omit({ hasDocument: true }).extend({
	...{ authority: column.text, note: column.text, places: column.texts },
});

export function requestsOnCase(database: Database, id: CaseId): Promise<readonly RequestOnCase[]> {
	return database.rows(
		sql`SELECT requests.id, authorities.name AS authority, reference, asks, legal_basis AS "legalBasis", urgent_reason AS "urgentReason", note,
				received_at AS "receivedAt", channel, arrived_at AS "arrivedAt",
				ARRAY(SELECT address FROM authority_request_places WHERE request_id = requests.id AND case_id = ${id} ORDER BY position) AS places
			FROM authority_requests AS requests JOIN authorities ON authorities.id = authority_id
			WHERE requests.id IN (SELECT request_id FROM authority_request_places WHERE case_id = ${id})
			ORDER BY received_at DESC, requests.id LIMIT 50`,
		onCaseRow,
	);
}

const inListRow = requestRow.pick({ id: true, reference: true, asks: true, receivedAt: true }).extend({
	...{ isUrgent: column.flag, dueAt: column.time.nullable() },
});

export function listRequests(
	database: Database,
	authority: AuthorityId,
	limit: number,
): Promise<readonly RequestInList[]> {
	return database.rows(
		sql`SELECT id, reference, asks, received_at AS "receivedAt", urgent_reason IS NOT NULL AS "isUrgent",
				(SELECT min(due_at) FROM clocks WHERE cause_kind = 'authority-request' AND cause_id = requests.id AND ended_at IS NULL) AS "dueAt"
			FROM authority_requests AS requests WHERE authority_id = ${authority} ORDER BY received_at DESC, id DESC LIMIT ${limit}`,
		inListRow,
	);
}

const casesOf = (id: RequestId) => sql`SELECT case_id FROM authority_request_places WHERE request_id = ${id}`;

/** What people and platforms did since it came; a first decision that waits for another person is nobody's answer yet. */
function historyOf(id: RequestId) {
	return sql`SELECT at, what FROM (
			SELECT at, case_id, sequence, CASE
				WHEN kind = 'claimed' THEN 'taken'
				WHEN kind = 'decided' AND (data::jsonb ->> 'isFinal')::boolean THEN 'decided-' || (data::jsonb ->> 'decision')
				WHEN kind = 'ordered' AND data::jsonb ->> 'action' = 'remove' THEN 'ordered'
				WHEN kind = 'delivered' AND EXISTS (SELECT FROM orders WHERE orders.id = (data::jsonb ->> 'orderId')::uuid AND orders.action = 'remove') THEN 'acknowledged'
			END AS what
			FROM case_events WHERE case_id IN (${casesOf(id)})
				AND sequence > (SELECT COALESCE(min(sequence), 0) FROM case_events AS asked
					WHERE asked.case_id = case_events.case_id AND asked.kind = 'requested' AND asked.data::jsonb ->> 'requestId' = ${id}::text)
		) AS told WHERE what IS NOT NULL ORDER BY at, sequence LIMIT 500`;
}

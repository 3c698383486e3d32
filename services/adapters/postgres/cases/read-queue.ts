// The statements that read the queue: each page, the next case, and how many wait. Whatever they ask of undecided cases is spelled as indexes
// of the table have it, so that none of them looks at more than it answers.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import { caseStates, isUndecided as isUndecidedState } from "../../../core/cases/case.ts";
import { type CaseId, caseId, type UserId } from "../../../core/ids.ts";
import { type CaseFilter, type CaseStore, caseLanes, mostCounted } from "../../../core/ports/case-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { isClaimExpired, selectCases } from "./case-rows.ts";
import { isDecided, isUndecided } from "./undecided.ts";

/** Most urgent first, of those the nearest deadline, then the oldest: all ascending, so that what follows a case is one comparison. */
const queueOrder = sql.raw("(-cases.urgency), (COALESCE(cases.due_at, 'infinity')), cases.opened_at, cases.id");

/** Where a case stands in the queue; as text, so that no digit is lost on the way. */
const placeRow = z.object({ urgency: column.text, due: column.text, opened: column.text, id: caseId });
type Place = z.infer<typeof placeRow>;

export async function placeInQueue(on: Connection, id: CaseId): Promise<Place | null> {
	const [place] = await on.rows(
		sql`SELECT (-urgency)::text AS urgency, COALESCE(due_at, 'infinity')::text AS due, opened_at::text AS opened, id FROM cases WHERE id = ${id}`,
		placeRow,
	);
	return place ?? null;
}

export function pageOfQueue(filter: CaseFilter, at: Date, after: Place | null) {
	const conditions = [...conditionsOf(filter, at), ...(after === null ? [] : [isAfter(after)])];
	return sql`${selectCases} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY ${orderOf(filter)} LIMIT ${filter.limit} OFFSET ${filter.offset}`;
}

/** The most urgent case that is open to who asks; `locked` says what is done of one that somebody else works on. */
export function nextOfQueue(
	{ userId, isLead, lane }: Parameters<CaseStore["transitionNext"]>[0],
	at: Date,
	locked: RawBuilder<unknown>,
) {
	return sql`${selectCases}
		WHERE ${isUndecided} AND (cases.state = 'open' OR ${isClaimExpired(at)}
				OR (${isWaitedFor(userId, isLead)} AND (cases.claim_expires_at IS NULL OR cases.claim_expires_at <= ${at})))
			AND ${lane === undefined ? sql`true` : sql`cases.lane = ${lane}`}
			AND NOT EXISTS (SELECT 1 FROM case_skips WHERE case_skips.case_id = cases.id AND case_skips.user_id = ${userId})
		ORDER BY ${queueOrder} LIMIT 1 FOR UPDATE OF cases ${locked}`;
}

/** A lane's cases are counted until there are more than {@link mostCounted}. */
export function countLanes() {
	return sql`SELECT one.lane, waiting.count, oldest.opened_at AS oldest FROM unnest(${[...caseLanes]}::text[]) AS one (lane)
		CROSS JOIN LATERAL (
			SELECT count(*) FROM (SELECT FROM cases WHERE cases.lane = one.lane AND ${isUndecided} LIMIT ${mostCounted + 1}) AS counted
		) AS waiting
		CROSS JOIN LATERAL (SELECT min(cases.opened_at) AS opened_at FROM cases WHERE cases.lane = one.lane AND ${isUndecided}) AS oldest`;
}

function isAfter({ urgency, due, opened, id }: Place) {
	return sql`(${queueOrder}) > (${urgency}::real, ${due}::timestamptz, ${opened}::timestamptz, ${id}::uuid)`;
}

/** Whoever names no states means all. */
function mayBeDecided({ states = caseStates }: CaseFilter): boolean {
	return !states.every(isUndecidedState);
}

function orderOf(filter: CaseFilter) {
	return mayBeDecided(filter) ? sql`cases.decided_at DESC NULLS FIRST, ${queueOrder}` : queueOrder;
}

function conditionsOf(filter: CaseFilter, at: Date) {
	const { states = caseStates, lane, claimedBy, search } = filter;
	const [decided, undecided] = [mayBeDecided(filter), states.some(isUndecidedState)];
	const conditions = [];
	if (lane !== undefined) conditions.push(sql`cases.lane = ${lane}`);
	if (lane !== undefined || !decided) conditions.push(isUndecided);
	if (!undecided) conditions.push(isDecided);
	const possible = caseStates.filter((state) => (isUndecidedState(state) ? undecided : decided));
	if (!possible.every((state) => states.includes(state))) {
		const effective = sql`CASE WHEN ${isClaimExpired(at)} THEN 'open' ELSE cases.state END`;
		conditions.push(sql`${effective} = ANY (${[...states]}::text[])`);
	}
	if (claimedBy !== undefined) conditions.push(sql`cases.claimed_by = ${claimedBy} AND cases.claim_expires_at > ${at}`);
	if (search !== undefined && search !== "") conditions.push(searchCondition(search));
	return conditions.length === 0 ? [sql`true`] : conditions;
}

/** Cases that wait for another person than those who gave a decision, and, where two differ, for a lead. */
function isWaitedFor(userId: UserId, isLead: boolean) {
	const states = isLead ? ["second", "held"] : ["second"];
	return sql`(cases.state = ANY (${states}::text[]) AND cases.first_decided_by IS DISTINCT FROM ${userId} AND cases.second_decided_by IS DISTINCT FROM ${userId}
		AND ${userId} <> ALL (COALESCE(cases.appealed_by, '{}')))`;
}

/**
 * By a part of the id of the case, of one of its items, orders or entries (pages show the end of an id), of what its items are copies of, of
 * its platform's or category's name, or of the platform's own ids of the content and the account.
 */
function searchCondition(search: string) {
	const part = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
	return sql`(cases.id::text ILIKE ${part} OR cases.cluster_key ILIKE ${part} OR platforms.name ILIKE ${part} OR cases.category ILIKE ${part}
		OR EXISTS (SELECT 1 FROM case_items JOIN items ON items.id = item_id
			WHERE case_id = cases.id AND (items.id::text ILIKE ${part} OR subject ILIKE ${part} OR author_id ILIKE ${part}))
		OR EXISTS (SELECT 1 FROM case_items JOIN cluster_members ON cluster_members.item_id = case_items.item_id
			WHERE case_id = cases.id AND cluster_id::text ILIKE ${part})
		OR EXISTS (SELECT 1 FROM orders WHERE orders.case_id = cases.id AND orders.id::text ILIKE ${part}))`;
}

// Opens or joins the case of each cluster, in a caller's transaction; what comes of it is decided in core/cases/gather.ts.
import { sql } from "kysely";
import { z } from "zod";
import { countedReports } from "../../../core/cases/count-reports.ts";
import { type Arrival, type CaseStanding, type Gathering, gather } from "../../../core/cases/gather.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { groupBy } from "../../../core/group-by.ts";
import { type CaseId, caseId, type ItemId, platformId, uuidv7 } from "../../../core/ids.ts";
import { tier } from "../../../core/policy/verdict.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import type { NewJob } from "../orders/write-orders.ts";
import type { NewCaseEvent } from "./case-events.ts";
import { isUndecided } from "./undecided.ts";

export interface GatheredCase<A extends Arrival> extends Gathering {
	readonly id: CaseId;
	/** Before these arrivals; null where they opened it. */
	readonly before: CaseStanding | null;
	readonly arrivals: readonly [A, ...A[]];
}

type Clusters<A extends Arrival> = ReadonlyMap<string, readonly [A, ...A[]]>;

export const standingRow = z.object({
	...{ id: caseId, clusterKey: column.text, tier, urgency: column.real, category: column.text.nullable() },
	...{
		isIncomplete: column.flag,
		platformId: platformId.nullable(),
		surface: surface.nullable(),
		itemCount: column.whole,
	},
	reports: countedReports.nullable(),
});

/** What is read of a row of cases. */
export const standingColumns = sql`id, cluster_key AS "clusterKey", tier, urgency, category, is_incomplete AS "isIncomplete",
	platform_id AS "platformId", surface, item_count AS "itemCount", counted_reports AS reports`;

/** Between finding that a cluster has no case and opening one, another may have opened it: then it is joined, unless it was decided meanwhile. */
const mostTries = 10;

export async function gatherCases<A extends Arrival>(
	tx: Connection,
	arrivals: readonly A[],
	at: Date,
): Promise<readonly GatheredCase<A>[]> {
	const gathered = await lockCases(tx, arrivals, at);
	await writeJoined(tx, gathered, at);
	return gathered;
}

/** The case of each cluster, locked or opened. What the arrivals make of one that was there is still to be written: {@link writeJoined}. */
export async function lockCases<A extends Arrival>(
	tx: Connection,
	arrivals: readonly A[],
	at: Date,
): Promise<readonly GatheredCase<A>[]> {
	const gathered: GatheredCase<A>[] = [];
	let left: Clusters<A> = groupBy(arrivals, ({ clusterKey }) => clusterKey);
	for (let attempt = 0; left.size > 0; attempt += 1) {
		if (attempt === mostTries) throw new BreakwaterError("store-unavailable");
		// Joined first: where a case is under much change, opening would wait for the others once more than joining does.
		const joined = await lockJoined(tx, left);
		const missing = without(left, joined);
		const opened = missing.size === 0 ? [] : await openCases(tx, missing, at);
		gathered.push(...joined, ...opened);
		left = without(missing, opened);
	}
	return gathered;
}

/** Which case each cluster's arrivals came to. */
export function casesByCluster(cases: readonly GatheredCase<Arrival>[]): ReadonlyMap<string, CaseId> {
	return new Map(cases.map(({ id, arrivals: [{ clusterKey }] }) => [clusterKey, id]));
}

/** Brings the items that come with the arrivals into their cases. */
export async function bringItems(tx: Connection, cases: readonly GatheredCase<Arrival>[]): Promise<void> {
	const items = cases.flatMap(({ id, arrivals }) =>
		arrivals.flatMap(({ itemId }) => (itemId === null ? [] : [{ id, itemId }])),
	);
	await addItems(tx, items);
}

export async function addItems(
	tx: Connection,
	items: readonly { readonly id: CaseId; readonly itemId: ItemId }[],
): Promise<void> {
	const rows = items.map(({ id, itemId }) => ({ caseId: id, itemId }));
	await tx.rows(
		sql`INSERT INTO case_items (case_id, item_id) SELECT DISTINCT "caseId", "itemId"
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("caseId" uuid, "itemId" uuid) ON CONFLICT DO NOTHING`,
	);
}

/** A case that was opened says so first, and people are told of it; of one that was joined there is nothing. */
export function openingOf({ id: caseId, opened }: Pick<GatheredCase<Arrival>, "id" | "opened">, at: Date): Opening {
	if (opened === null) return { events: [], escalations: [] };
	return {
		events: [{ caseId, actor: { kind: "machine" }, at, body: opened }],
		escalations: [{ name: "escalate", payload: { caseId }, at }],
	};
}

interface Opening {
	readonly events: readonly NewCaseEvent[];
	readonly escalations: readonly NewJob[];
}

function without<A extends Arrival>(clusters: Clusters<A>, done: readonly GatheredCase<A>[]): Clusters<A> {
	const keys = new Set(done.map(({ arrivals: [{ clusterKey }] }) => clusterKey));
	return new Map([...clusters].filter(([key]) => !keys.has(key)));
}

/** Those whose cluster has no undecided case. Sorted, so that two detectors never wait for each other in a circle. */
async function openCases<A extends Arrival>(
	tx: Connection,
	clusters: Clusters<A>,
	at: Date,
): Promise<readonly GatheredCase<A>[]> {
	const proposals = inOrder(clusters).map(([clusterKey, arrivals]) => {
		const id = caseId.parse(uuidv7(at.getTime()));
		return { id, clusterKey, before: null, arrivals, ...gather(null, arrivals) };
	});
	const rows = proposals.map(({ id, clusterKey, standing, arrivals }) => ({
		...{ id, clusterKey, ...standing },
		copyOf: arrivals.flatMap((one) => (one.kind === "verdict" ? (one.copyOf ?? []) : []))[0],
	}));
	const written = await tx.rows(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, category, is_incomplete, platform_id, surface, item_count, counted_reports, copies_of, opened_at, last_item_at)
			SELECT id, "clusterKey", tier, urgency, category, "isIncomplete", "platformId", surface, "itemCount", NULLIF(reports, 'null'), "copyOf", ${at}, ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, "clusterKey" text, tier text, urgency real, category text, "isIncomplete" boolean, "platformId" uuid, surface text, "itemCount" integer, reports jsonb, "copyOf" uuid)
			ON CONFLICT DO NOTHING RETURNING id`,
		z.object({ id: caseId }),
	);
	const ids = new Set(written.map(({ id }) => id));
	return proposals.filter(({ id }) => ids.has(id));
}

async function lockJoined<A extends Arrival>(
	tx: Connection,
	clusters: Clusters<A>,
): Promise<readonly GatheredCase<A>[]> {
	const found = await tx.rows(
		sql`SELECT ${standingColumns} FROM cases WHERE cluster_key = ANY (${[...clusters.keys()]}::text[]) AND ${isUndecided} ORDER BY cluster_key FOR UPDATE`,
		standingRow,
	);
	return found.flatMap(({ id, clusterKey, ...standing }) => {
		const arrivals = clusters.get(clusterKey);
		return arrivals === undefined ? [] : [{ id, before: standing, arrivals, ...gather(standing, arrivals) }];
	});
}

/** Writes what the arrivals make of cases that were there; one that they opened is written. */
export async function writeJoined(tx: Connection, cases: readonly GatheredCase<Arrival>[], at: Date): Promise<void> {
	const joined = cases.filter(({ before }) => before !== null);
	if (joined.length === 0) return;
	await writeStandings(
		tx,
		joined.map(({ id, standing }) => ({ id, ...standing })),
		at,
	);
}

export async function writeStandings(
	tx: Connection,
	rows: readonly (CaseStanding & { readonly id: CaseId })[],
	at: Date,
): Promise<void> {
	await tx.rows(
		sql`UPDATE cases SET tier = r.tier, urgency = r.urgency, category = r.category, is_incomplete = r."isIncomplete",
				item_count = r."itemCount", platform_id = r."platformId", surface = r.surface, counted_reports = NULLIF(r.reports, 'null'),
				last_item_at = GREATEST(last_item_at, ${at})
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, tier text, urgency real, category text, "isIncomplete" boolean, "platformId" uuid, surface text, "itemCount" integer, reports jsonb)
			WHERE cases.id = r.id`,
	);
}

function inOrder<A extends Arrival>(clusters: Clusters<A>): readonly (readonly [string, readonly [A, ...A[]]])[] {
	return [...clusters].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

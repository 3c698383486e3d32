// Opens or joins the case of each cluster, in a caller's transaction; what comes of it is decided in core/cases/gather.ts.
import { sql } from "kysely";
import { z } from "zod";
import { type Arrival, type Gathering, gather } from "../../../core/cases/gather.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, caseId, platformId, uuidv7 } from "../../../core/ids.ts";
import { tier } from "../../../core/policy/verdict.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { isUndecided } from "./undecided.ts";

export interface GatheredCase {
	readonly id: CaseId;
	readonly opened: Gathering["opened"];
	readonly arrivals: readonly [Arrival, ...Arrival[]];
}

type Arrivals = GatheredCase["arrivals"];

const standingRow = z.object({
	...{ id: caseId, clusterKey: column.text, tier, urgency: column.real, category: column.text.nullable() },
	...{ isIncomplete: column.flag, platformId, surface, itemCount: column.whole },
});

/** Between finding that a cluster has no case and opening one, another may have opened it: then it is joined, unless it was decided meanwhile. */
const mostTries = 10;

export async function gatherCases(
	tx: Connection,
	arrivals: readonly Arrival[],
	at: Date,
): Promise<readonly GatheredCase[]> {
	const gathered: GatheredCase[] = [];
	let left = groupByCluster(arrivals);
	for (let attempt = 0; left.size > 0; attempt += 1) {
		if (attempt === mostTries) throw new BreakwaterError("store-unavailable");
		// Joined first: where a case is under much change, opening would wait for the others once more than joining does.
		const joined = await joinCases(tx, left, at);
		const missing = without(left, joined);
		const opened = missing.size === 0 ? [] : await openCases(tx, missing, at);
		gathered.push(...joined, ...opened);
		left = without(missing, opened);
	}
	return gathered;
}

function without(
	clusters: ReadonlyMap<string, Arrivals>,
	done: readonly GatheredCase[],
): ReadonlyMap<string, Arrivals> {
	const keys = new Set(done.map(({ arrivals: [{ clusterKey }] }) => clusterKey));
	return new Map([...clusters].filter(([key]) => !keys.has(key)));
}

/** Those whose cluster has no undecided case. Sorted, so that two detectors never wait for each other in a circle. */
async function openCases(
	tx: Connection,
	clusters: ReadonlyMap<string, Arrivals>,
	at: Date,
): Promise<readonly GatheredCase[]> {
	const proposals = inOrder(clusters).map(([clusterKey, arrivals]) => {
		const id = caseId.parse(uuidv7(at.getTime()));
		return { id, clusterKey, arrivals, ...gather(null, arrivals) };
	});
	const rows = proposals.map(({ id, clusterKey, standing }) => ({ id, clusterKey, ...standing }));
	const written = await tx.rows(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, category, is_incomplete, platform_id, surface, item_count, opened_at, last_item_at)
			SELECT id, "clusterKey", tier, urgency, category, "isIncomplete", "platformId", surface, "itemCount", ${at}, ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, "clusterKey" text, tier text, urgency real, category text, "isIncomplete" boolean, "platformId" uuid, surface text, "itemCount" integer)
			ON CONFLICT DO NOTHING RETURNING id`,
		z.object({ id: caseId }),
	);
	const ids = new Set(written.map(({ id }) => id));
	return proposals.filter(({ id }) => ids.has(id));
}

async function joinCases(
	tx: Connection,
	clusters: ReadonlyMap<string, Arrivals>,
	at: Date,
): Promise<readonly GatheredCase[]> {
	const found = await tx.rows(
		sql`SELECT id, cluster_key AS "clusterKey", tier, urgency, category, is_incomplete AS "isIncomplete",
				platform_id AS "platformId", surface, item_count AS "itemCount"
			FROM cases WHERE cluster_key = ANY (${[...clusters.keys()]}::text[]) AND ${isUndecided} ORDER BY cluster_key FOR UPDATE`,
		standingRow,
	);
	const joined = found.flatMap(({ id, clusterKey, ...standing }) => {
		const arrivals = clusters.get(clusterKey);
		return arrivals === undefined ? [] : [{ id, arrivals, ...gather(standing, arrivals) }];
	});
	if (joined.length === 0) return [];
	const rows = joined.map(({ id, standing }) => ({ id, ...standing }));
	await tx.rows(
		sql`UPDATE cases SET tier = r.tier, urgency = r.urgency, category = r.category, is_incomplete = r."isIncomplete",
				item_count = r."itemCount", last_item_at = GREATEST(last_item_at, ${at})
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, tier text, urgency real, category text, "isIncomplete" boolean, "itemCount" integer)
			WHERE cases.id = r.id`,
	);
	return joined;
}

function inOrder(clusters: ReadonlyMap<string, Arrivals>): readonly (readonly [string, Arrivals])[] {
	return [...clusters].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Map.groupBy came with Node 21. */
function groupByCluster(arrivals: readonly Arrival[]): ReadonlyMap<string, Arrivals> {
	const clusters = new Map<string, [Arrival, ...Arrival[]]>();
	for (const arrival of arrivals) {
		const members = clusters.get(arrival.clusterKey);
		if (members === undefined) clusters.set(arrival.clusterKey, [arrival]);
		else members.push(arrival);
	}
	return clusters;
}

// Puts items that people must see into cases: one undecided case per cluster, whoever comes first opens it.
import { sql } from "kysely";
import { type CaseId, caseId, type ItemId, orderId, uuidv7 } from "../../../core/ids.ts";
import { tiers } from "../../../core/policy/verdict.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import type { Connection } from "../connection/database.ts";
import { type NewOrder, writeOrders } from "../orders/write-orders.ts";
import { appendCaseEvents, type NewCaseEvent } from "./case-events.ts";

export interface CaseOutcome {
	readonly caseId: CaseId;
	readonly order: NewOrder | null;
}

const machine = { kind: "machine" } as const;

/** Every item given has an action other than `none`. */
export async function writeCases(
	tx: Connection,
	items: readonly ExaminedItem[],
	at: Date,
): Promise<ReadonlyMap<ItemId, CaseOutcome>> {
	if (items.length === 0) return new Map();
	const clusters = groupByCluster(items);
	const opened = await upsertCases(tx, clusters, at);
	const outcomes = new Map<ItemId, CaseOutcome>();
	const events: NewCaseEvent[] = [];
	for (const [clusterKey, members] of clusters) {
		const found = opened.get(clusterKey);
		const first = members[0];
		if (found === undefined || first === undefined) throw new Error("every cluster has a case and a member");
		const { tier, urgency, policyRevision } = first.verdict;
		if (found.isNew)
			events.push({ caseId: found.id, actor: machine, at, body: { kind: "opened", tier, urgency, policyRevision } });
		for (const item of members) {
			const order = item.verdict.action === "withhold" ? withholdOrder(item, found.id, at) : null;
			outcomes.set(item.id, { caseId: found.id, order });
			events.push(...eventsOf(item, found.id, order, at));
		}
	}
	const orders = [...outcomes.values()].flatMap(({ order }) => (order === null ? [] : [order]));
	const newCases = [...opened.values()].filter(({ isNew }) => isNew);
	await linkItems(tx, items, outcomes);
	const escalations = newCases.map(({ id }) => ({ name: "escalate" as const, payload: { caseId: id }, at }));
	await writeOrders(tx, orders, escalations);
	await appendCaseEvents(tx, events);
	return outcomes;
}

/** Map.groupBy came with Node 21. */
function groupByCluster(items: readonly ExaminedItem[]): Map<string, ExaminedItem[]> {
	const clusters = new Map<string, ExaminedItem[]>();
	for (const item of items) {
		const members = clusters.get(item.clusterKey);
		if (members === undefined) clusters.set(item.clusterKey, [item]);
		else members.push(item);
	}
	return clusters;
}

function withholdOrder(item: ExaminedItem, caseId: CaseId, at: Date): NewOrder {
	const { tier, category } = item.verdict;
	const id = orderId.parse(uuidv7(at.getTime()));
	return {
		id,
		itemId: item.id,
		caseId,
		action: "withhold",
		version: 1,
		tier,
		category,
		decidedBy: "machine",
		issuedAt: at,
	};
}

function eventsOf(item: ExaminedItem, caseId: CaseId, order: NewOrder | null, at: Date): readonly NewCaseEvent[] {
	const { tier, policyRevision } = item.verdict;
	const added: NewCaseEvent = {
		caseId,
		actor: machine,
		at,
		body: { kind: "item-added", itemId: item.id, tier, policyRevision },
	};
	if (order === null) return [added];
	const { id, action, version } = order;
	return [
		added,
		{ caseId, actor: machine, at, body: { kind: "ordered", itemId: item.id, orderId: id, action, version } },
	];
}

async function upsertCases(tx: Connection, clusters: ReadonlyMap<string, readonly ExaminedItem[]>, at: Date) {
	const rows = [...clusters]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([clusterKey, members]) => {
			const strongest = members.toSorted((a, b) => tiers.indexOf(a.verdict.tier) - tiers.indexOf(b.verdict.tier))[0];
			if (strongest === undefined) throw new Error("a cluster has members");
			return {
				id: caseId.parse(uuidv7(at.getTime())),
				clusterKey,
				tier: strongest.verdict.tier,
				urgency: Math.max(...members.map((item) => item.verdict.urgency)),
				category: strongest.verdict.category,
				isIncomplete: members.some((item) => item.verdict.isIncomplete),
				platformId: strongest.platformId,
				surface: strongest.surface,
				count: members.length,
			};
		});
	const written = await tx.rows<{ id: CaseId; cluster_key: string }>(
		sql`INSERT INTO cases (id, cluster_key, tier, urgency, category, is_incomplete, platform_id, surface, item_count, opened_at, last_item_at)
			SELECT id, "clusterKey", tier, urgency, category, "isIncomplete", "platformId", surface, count, ${at}, ${at}
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (id uuid, "clusterKey" text, tier text, urgency real, category text, "isIncomplete" boolean, "platformId" uuid, surface text, count integer)
			ON CONFLICT (cluster_key) WHERE state NOT IN ('decided', 'closed') DO UPDATE SET
				urgency = GREATEST(cases.urgency, excluded.urgency),
				tier = CASE WHEN array_position(${[...tiers]}::text[], excluded.tier) < array_position(${[...tiers]}::text[], cases.tier)
					THEN excluded.tier ELSE cases.tier END,
				category = COALESCE(cases.category, excluded.category),
				is_incomplete = cases.is_incomplete OR excluded.is_incomplete,
				item_count = cases.item_count + excluded.item_count,
				last_item_at = GREATEST(cases.last_item_at, excluded.last_item_at)
			RETURNING id, cluster_key`,
	);
	const proposed = new Set(rows.map(({ id }) => id));
	return new Map(written.map(({ id, cluster_key }) => [cluster_key, { id, isNew: proposed.has(id) }]));
}

async function linkItems(
	tx: Connection,
	items: readonly ExaminedItem[],
	outcomes: ReadonlyMap<ItemId, CaseOutcome>,
): Promise<void> {
	const rows = items.map(({ id, evidence }) => ({ id, caseId: outcomes.get(id)?.caseId, ...evidence }));
	await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "caseId" uuid, text text, "mediaKey" text, "mediaType" text)
			), linked AS (
				INSERT INTO case_items (case_id, item_id) SELECT "caseId", id FROM r
			), owed AS (
				INSERT INTO evidence_owed (item_id) SELECT id FROM r WHERE "mediaKey" IS NOT NULL
			)
			INSERT INTO item_evidence (item_id, text, media_key, media_type) SELECT id, text, "mediaKey", "mediaType" FROM r`,
	);
}

// Records what a sweep, or a report, makes of items: new verdicts, orders and cases, in one transaction with the note that it is done.
import { sql } from "kysely";
import { z } from "zod";
import type { CaseEventBody } from "../../../core/cases/case.ts";
import { standingCaseOf, type VerdictArrival } from "../../../core/cases/gather.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type ItemId, itemId, type OrderId, orderId, type SweepId, uuidv7 } from "../../../core/ids.ts";
import { itemState } from "../../../core/items/item.ts";
import { toStoredGrounds } from "../../../core/policy/recorded-grounds.ts";
import type { JudgedAgain, JudgedReported } from "../../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { isSameAsRemoved } from "../../../core/signals/decided/decided.ts";
import { appendCaseEvents, type NewCaseEvent } from "../cases/case-events.ts";
import { addItems, bringItems, gatherCases, openingOf } from "../cases/gather-cases.ts";
import { removeCopies, type SameBytes } from "../cases/remove-copies.ts";
import { lockStanding } from "../clusters/write-standing.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { type NewJob, type NewOrder, writeOrders } from "../orders/write-orders.ts";
import { takeDue } from "../reports/reported-items.ts";

const actor = { kind: "machine" } as const;

export async function settleSwept(
	tx: Connection,
	sweep: SweepId,
	judged: readonly JudgedAgain[],
	catalogue: SignalCatalogue,
): Promise<readonly OrderId[]> {
	const at = new Date();
	const mine = await lockFindings(
		tx,
		sweep,
		judged.map(({ item }) => item.id),
	);
	const all = judged.filter(({ item }) => mine.has(item.id));
	const orders = await writeEffects(tx, sweep, { judged: all, at, catalogue });
	// An item that is withheld and removed at once has two: the removal counts.
	const given = new Map(orders.map((one) => [one.itemId, one.id]));
	const rows = all.map(({ item: { id }, effect, verdict: { tier } }) => ({
		id,
		effect,
		tier,
		order: given.get(id) ?? null,
	}));
	await tx.rows(
		sql`UPDATE sweep_findings AS finding SET settled_at = ${at}, effect = r.effect, tier = r.tier, order_id = r."order"
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, effect text, tier text, "order" uuid)
			WHERE sweep_id = ${sweep} AND item_id = r.id`,
	);
	return orders.map(({ id }) => id);
}

/** What reported items come to now, whatever it is; noted as done. */
export async function settleReported(
	tx: Connection,
	judged: readonly JudgedReported[],
	catalogue: SignalCatalogue,
): Promise<readonly OrderId[]> {
	const at = new Date();
	const mine = await takeDue(tx, judged);
	const all = judged.filter(({ item }) => mine.has(item.id));
	return (await writeEffects(tx, null, { judged: all, at, catalogue })).map(({ id }) => id);
}

interface Effects {
	readonly judged: readonly JudgedAgain[];
	readonly at: Date;
	readonly catalogue: SignalCatalogue;
}

/** `sweep`: null where a report had them judged. */
async function writeEffects(
	tx: Connection,
	sweep: SweepId | null,
	{ judged, at, catalogue }: Effects,
): Promise<readonly NewOrder[]> {
	const due = judged.filter(({ effect }) => effect !== "none");
	await lockStanding(tx, new Set(due.flatMap(({ copy }) => copy?.caseId ?? [])));
	const others = due.filter((one) => !isRemovedCopy(one));
	const orders = await putIntoCases(tx, sweep, others, at);
	await lockUnchanged(tx, due);
	await writeAgain(tx, sweep, { judged: due, at, catalogue });
	return [...orders, ...(await removeAgain(tx, sweep, due.filter(isRemovedCopy), at))];
}

/** Those that nobody has settled, while the sweep may act. */
async function lockFindings(tx: Connection, sweep: SweepId, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>> {
	const rows = await tx.rows(
		sql`SELECT item_id AS id FROM sweep_findings
			WHERE sweep_id = ${sweep} AND item_id = ANY (${[...ids]}::uuid[]) AND settled_at IS NULL
				AND EXISTS (SELECT FROM sweeps WHERE id = ${sweep} AND state = 'acting' AND NOT is_paused FOR SHARE)
			ORDER BY item_id FOR UPDATE`,
		z.object({ id: itemId }),
	);
	return new Set(rows.map(({ id }) => id));
}

/** After the cases, as where people decide. What has changed since it was judged is judged once more: nothing of this is kept. */
async function lockUnchanged(tx: Connection, due: readonly JudgedAgain[]): Promise<void> {
	const ids = due.map(({ item }) => item.id);
	const rows = await tx.rows(
		sql`SELECT id, state, version FROM items WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`,
		z.object({ id: itemId, state: itemState, version: column.whole }),
	);
	const now = new Map(rows.map((row) => [row.id, row]));
	const isSame = due.every(({ item }) => {
		const row = now.get(item.id);
		return row?.state === item.state && row.version === item.version;
	});
	if (!isSame)
		throw new BreakwaterError("store-unavailable", { detail: "an item has changed while it was judged again" });
}

async function putIntoCases(
	tx: Connection,
	sweepId: SweepId | null,
	due: readonly JudgedAgain[],
	at: Date,
): Promise<NewOrder[]> {
	const arrivals = new Map(due.map((one) => [one.item.id, arrivalOf(one)]));
	const gathered = await gatherCases(tx, [...arrivals.values()], at);
	await bringItems(tx, gathered);
	const orders: NewOrder[] = [];
	const events: NewCaseEvent[] = [];
	const escalations: NewJob[] = [];
	for (const one of gathered) {
		const caseId = one.id;
		const opening = openingOf(one, at);
		events.push(...opening.events);
		escalations.push(...opening.escalations);
		for (const arrival of one.arrivals) {
			const { itemId, tier, category, policyRevision, order, isInCase } = arrival;
			const by = { caseId, actor, at };
			if (isInCase !== true) events.push({ ...by, body: { kind: "item-added", itemId, tier, policyRevision } });
			events.push({ ...by, body: foundBy(sweepId, { itemId, tier, policyRevision }) });
			if (order === null) continue;
			const id = orderId.parse(uuidv7(at.getTime()));
			orders.push({
				id,
				itemId,
				caseId,
				...order,
				tier,
				category,
				decidedBy: "machine",
				issuedAt: at,
				...(sweepId === null ? {} : { sweepId }),
				...standingCaseOf(arrival),
			});
			events.push({ ...by, body: { kind: "ordered", itemId, orderId: id, ...order } });
		}
	}
	await writeOrders(tx, orders, escalations);
	await appendCaseEvents(tx, events);
	return orders;
}

function foundBy(
	sweepId: SweepId | null,
	{ itemId, tier, policyRevision }: Pick<SameBytes, "itemId" | "tier" | "policyRevision">,
): CaseEventBody {
	return sweepId === null
		? { kind: "judged-again", itemId, tier, policyRevision }
		: { kind: "found-by-sweep", itemId, sweepId, tier };
}

/** What is before people already is theirs. */
function isRemovedCopy({ copy, effect, item }: JudgedAgain): boolean {
	return effect === "withhold" && isSameAsRemoved(copy) && item.openCluster === null;
}

/** Behind the new verdicts, which have them withheld. */
async function removeAgain(
	tx: Connection,
	sweepId: SweepId | null,
	due: readonly JudgedAgain[],
	at: Date,
): Promise<readonly NewOrder[]> {
	const same = due.flatMap(({ item, copy, verdict: { tier, category, policyRevision } }): readonly SameBytes[] =>
		copy === null
			? []
			: [
					{
						...{ itemId: item.id, caseId: copy.caseId, version: item.version, restsOnMore: copy.rests === "on-more" },
						...{ tier, category, policyRevision },
					},
				],
	);
	await addItems(
		tx,
		same.map(({ caseId, itemId }) => ({ id: caseId, itemId })),
	);
	const { orders, events } = await removeCopies(tx, same, { at, ...(sweepId === null ? {} : { sweepId }) });
	const found = same.map(({ caseId, itemId, tier, policyRevision }) => ({
		...{ caseId, actor, at },
		body: foundBy(sweepId, { itemId, tier, policyRevision }),
	}));
	await writeOrders(tx, orders);
	await appendCaseEvents(tx, [...found, ...events]);
	return orders;
}

function arrivalOf({ item, verdict, effect, clusterKey, copy }: JudgedAgain): VerdictArrival {
	const { tier, urgency, category, isIncomplete, policyRevision } = verdict;
	return {
		...{ kind: "verdict", itemId: item.id, platformId: item.platformId, surface: item.surface },
		...{ clusterKey, tier, urgency, category, isIncomplete, policyRevision },
		order: effect === "withhold" ? { action: effect, version: item.version + 1 } : null,
		isInCase: item.openCluster !== null,
		...{ copyOf: copy?.caseId ?? null, restsOnDecision: copy?.rests === "on-decision" },
	};
}

async function writeAgain(tx: Connection, sweep: SweepId | null, { judged, at, catalogue }: Effects): Promise<void> {
	const rows = judged.map(({ item, verdict, andMore, effect }) => ({
		...verdict,
		id: item.id,
		action: effect,
		signals: verdict.signals.map((signal) => catalogue.toStored(signal)),
		grounds: toStoredGrounds(verdict.grounds, andMore),
		shadowTier: verdict.shadow?.tier ?? null,
		shadowAction: verdict.shadow?.action ?? null,
	}));
	await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
					AS r (id uuid, tier text, action text, urgency real, "isIncomplete" boolean, category text, "policyRevision" integer, signals jsonb, grounds jsonb,
						"withheldOn" uuid[], "shadowTier" text, "shadowAction" text, "divertedBy" text[])
			), kept AS (
				INSERT INTO earlier_verdicts (item_id, sweep_id, until, verdict)
				SELECT item_id, ${sweep}::uuid, ${at}, to_jsonb(verdicts) - 'item_id' FROM verdicts JOIN r ON r.id = item_id
			), moved AS (
				UPDATE items SET state = 'withheld', version = version + 1 FROM r WHERE items.id = r.id AND r.action = 'withhold'
			)
			UPDATE verdicts SET tier = r.tier, action = r.action, urgency = r.urgency, is_incomplete = r."isIncomplete", category = r.category,
				policy_revision = r."policyRevision", signals = r.signals, grounds = r.grounds, withheld_on = r."withheldOn",
				shadow_tier = r."shadowTier", shadow_action = r."shadowAction", diverted_by = r."divertedBy"
			FROM r WHERE item_id = r.id`,
	);
}

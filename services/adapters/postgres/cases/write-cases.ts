// Puts items that people must see into cases: one undecided case per cluster, whoever comes first opens it (core/cases/gather.ts).
import { sql } from "kysely";
import { standingCaseOf, type VerdictArrival } from "../../../core/cases/gather.ts";
import { type CaseId, type ItemId, type OrderId, orderId, uuidv7 } from "../../../core/ids.ts";
import { orderOnArrival } from "../../../core/measures/advice.ts";
import { orderBeginning } from "../../../core/measures/measure.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { type Copy, isSameAsRemoved } from "../../../core/signals/decided/decided.ts";
import { lockStanding } from "../clusters/write-standing.ts";
import type { Connection } from "../connection/database.ts";
import type { WrittenItems } from "../items/write-verdicts.ts";
import { type GivenOrder, linkOrders, lockGivenOrders } from "../orders/given-orders.ts";
import { attemptEvent } from "../orders/settle-attempts.ts";
import { type NewMeasure, writeMeasures } from "../orders/write-measures.ts";
import { type NewJob, type NewOrder, writeOrders } from "../orders/write-orders.ts";
import { appendCaseEvents, type NewCaseEvent } from "./case-events.ts";
import { lockCases, openingOf, writeJoined } from "./gather-cases.ts";
import { removeCopies, type SameBytes } from "./remove-copies.ts";

export interface CaseOutcome {
	readonly caseId: CaseId;
	readonly orderId: OrderId | null;
}

const machine = { kind: "machine" } as const;

export interface CasesOfItems {
	readonly outcomes: ReadonlyMap<ItemId, CaseOutcome>;
	/** Starts all that is still to be written of them. */
	readonly write: () => readonly Promise<unknown>[];
}

/**
 * Finds, locks or opens the cases of items. Every item given has an action other than `none`; of those that were withheld before, the
 * order is there. Much is posted of what is one case: whatever needs no answer is left to `write`, so that its lock is held for few round trips.
 */
export async function gatherItems(
	tx: Connection,
	items: readonly ExaminedItem[],
	at: Date,
	written: WrittenItems,
): Promise<CasesOfItems> {
	if (items.length === 0) return { outcomes: new Map(), write: () => [] };
	const given = await lockGivenOrders(
		tx,
		items.map(({ id }) => id).filter((id) => written.get(id)?.wasWithheld === true),
	);
	await lockStanding(tx, new Set(items.flatMap(({ copy }) => copy?.caseId ?? [])));
	const same = items.filter(isRemovedCopy);
	const removed = await removeCopies(
		tx,
		same.map((item) => sameBytes(item, given.get(item.id))),
		{ at },
	);
	const gathered = await lockCases(tx, items.filter((one) => !isRemovedCopy(one)).map(toArrival), at);
	const outcomes = new Map<ItemId, CaseOutcome>();
	const orders: NewOrder[] = [...removed.orders];
	const events: NewCaseEvent[] = [];
	for (const { id, copy } of same) {
		const before = given.get(id);
		if (before !== undefined) events.push(...eventsBefore(before, copy.caseId, at));
		const order = removed.orders.findLast(({ itemId }) => itemId === id);
		outcomes.set(id, { caseId: copy.caseId, orderId: order?.id ?? before?.id ?? null });
	}
	events.push(...removed.events);
	const escalations: NewJob[] = [];
	for (const one of gathered) {
		const { id, arrivals } = one;
		const opening = openingOf(one, at);
		events.push(...opening.events);
		escalations.push(...opening.escalations);
		for (const arrival of arrivals) {
			const { itemId, tier, policyRevision } = arrival;
			events.push({ caseId: id, actor: machine, at, body: { kind: "item-added", itemId, tier, policyRevision } });
			const before = given.get(itemId);
			const order = before === undefined ? orderOf(arrival, id, at) : null;
			if (order !== null) {
				orders.push(order);
				events.push(orderedEvent(order, id));
			}
			if (before !== undefined) events.push(...eventsBefore(before, id, at));
			outcomes.set(itemId, { caseId: id, orderId: before?.id ?? order?.id ?? null });
		}
	}
	const tellCases = async () => {
		const measured = await writeMeasures(tx, measuresOn(items, outcomes), { actor: machine, at });
		await appendCaseEvents(tx, [...events, ...measured]);
	};
	const write = () => [
		writeJoined(tx, gathered, at),
		linkItems(tx, items, outcomes),
		linkOrders(tx, [...given.keys()], outcomes),
		writeOrders(tx, orders, escalations),
		tellCases(),
	];
	return { outcomes, write };
}

/** What a machine does besides, on rules' word. */
function measuresOn(items: readonly ExaminedItem[], outcomes: ReadonlyMap<ItemId, CaseOutcome>): readonly NewMeasure[] {
	return items.flatMap(({ id: itemId, measures = [], verdict: { tier, category } }) => {
		const caseId = outcomes.get(itemId)?.caseId;
		if (caseId === undefined) return [];
		return measures.flatMap(({ measure, rule }) => {
			const order = orderBeginning(measure);
			return order === null ? [] : [{ ...order, itemId, caseId, tier, category, rule }];
		});
	});
}

type RemovedCopy = ExaminedItem & { readonly copy: Copy };

function isRemovedCopy(item: ExaminedItem): item is RemovedCopy {
	return isSameAsRemoved(item.copy);
}

function sameBytes({ id: itemId, copy, verdict }: RemovedCopy, before: GivenOrder | undefined): SameBytes {
	const { tier, category, policyRevision } = verdict;
	const restsOnMore = copy.rests === "on-more";
	return { itemId, caseId: copy.caseId, tier, category, policyRevision, version: before?.version ?? 0, restsOnMore };
}

function toArrival(item: ExaminedItem): VerdictArrival {
	const { id, clusterKey, platformId, surface, verdict, copy } = item;
	const { tier, urgency, category, isIncomplete, policyRevision } = verdict;
	const order = orderOnArrival(item);
	return {
		...{ kind: "verdict", itemId: id },
		...{ clusterKey, platformId, surface, tier, urgency, category, isIncomplete, policyRevision },
		order: order === null ? null : { ...order, version: 1 },
		...{ copyOf: copy?.caseId ?? null, restsOnDecision: copy?.rests === "on-decision" },
	};
}

function orderOf(arrival: VerdictArrival, caseId: CaseId, at: Date): NewOrder | null {
	const { itemId, tier, category, order } = arrival;
	if (order === null) return null;
	const id = orderId.parse(uuidv7(at.getTime()));
	return {
		...{ id, itemId, caseId, ...order, tier, category, decidedBy: "machine", issuedAt: at },
		...standingCaseOf(arrival),
	};
}

function orderedEvent(
	{ id, itemId, action, version, issuedAt }: Pick<NewOrder, "id" | "itemId" | "action" | "version" | "issuedAt">,
	caseId: CaseId,
): NewCaseEvent {
	return { caseId, actor: machine, at: issuedAt, body: { kind: "ordered", itemId, orderId: id, action, version } };
}

/** What happened to an item between being withheld on its bytes alone and coming before people. */
function eventsBefore(order: GivenOrder, caseId: CaseId, at: Date): readonly NewCaseEvent[] {
	const { itemId } = order;
	const attempt = attemptEvent({ ...order, case_id: caseId });
	return [
		orderedEvent(order, caseId),
		...(attempt === null ? [] : [attempt]),
		...(order.isGone ? [{ caseId, actor: machine, at, body: { kind: "item-gone", itemId } } as const] : []),
	];
}

/** Brings them into their cases, and notes what is kept of them; one without a case is kept alone. */
export async function linkItems(
	tx: Connection,
	items: readonly Pick<ExaminedItem, "id" | "evidence">[],
	outcomes: ReadonlyMap<ItemId, Pick<CaseOutcome, "caseId">>,
): Promise<void> {
	const rows = items.map(({ id, evidence }) => ({ id, caseId: outcomes.get(id)?.caseId, ...evidence }));
	await tx.rows(
		sql`WITH r AS (
				SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, "caseId" uuid, text text, "mediaKey" text, "mediaType" text, video jsonb, members jsonb, words jsonb)
			), linked AS (
				INSERT INTO case_items (case_id, item_id) SELECT "caseId", id FROM r WHERE "caseId" IS NOT NULL
			), owed AS (
				INSERT INTO evidence_owed (item_id) SELECT id FROM r WHERE "mediaKey" IS NOT NULL
			)
			INSERT INTO item_evidence (item_id, text, media_key, media_type, video, members, words) SELECT id, text, "mediaKey", "mediaType", video, members, words FROM r`,
	);
}

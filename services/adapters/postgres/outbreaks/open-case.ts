// The case that an outbreak opens or raises, in the transaction that records it. What becomes of the arrivals is decided in core/cases/gather.ts.
import { type RawBuilder, sql } from "kysely";
import { z } from "zod";
import type { OutbreakArrival } from "../../../core/cases/gather.ts";
import { subjectOfCluster, subjectOfLinked } from "../../../core/clusters/standing-decision.ts";
import { type CaseId, caseId, clusterId, type ItemId, itemId, type OutbreakId, platformId } from "../../../core/ids.ts";
import type { Alert } from "../../../core/outbreaks/growth-watch.ts";
import { domainsOf } from "../../../core/outbreaks/linked-keys.ts";
import { beganOf, itemsShown, outbreakUrgency } from "../../../core/outbreaks/outbreak.ts";
import { linkKinds, type Subject, subjectCatalogue, subjectText } from "../../../core/outbreaks/subject.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { isCaseOfAuthor } from "../cases/author-cases.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { bringItems, casesByCluster, gatherCases, openingOf } from "../cases/gather-cases.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { keepItems } from "./keep-items.ts";
import { tellAwaited } from "./specimens.ts";

const machine = { kind: "machine" } as const;

export interface NewOutbreak {
	readonly id: OutbreakId;
	readonly alert: Alert;
	/** The item that made it one. */
	readonly last: ItemId;
	readonly now: Date;
}

/** The newest copies of before it was found are part of the outbreak. */
const earlierKept = 5_000;

/** What is found of the subject in the record. */
interface Found {
	/** What people's decision of it is called. */
	readonly standing: string;
	/** The undecided case in which some of it waits. An author's is none: what is decided there is nobody else's. */
	readonly waiting: RawBuilder<unknown>;
	/** Items that come before people with it, newest first, as `item_id`; null where people decide of no item. */
	readonly items: RawBuilder<unknown> | null;
}

/**
 * It raises the case in which some of it waits, or opens one. Where people had decided of it, what they decided stands, and nobody is asked again.
 * Of what is counted for numbers alone there is none.
 */
export async function openCase(tx: Connection, outbreak: NewOutbreak): Promise<void> {
	const { id, alert } = outbreak;
	const found = await findSubject(tx, outbreak);
	if (found === null) return;
	const [decided] = await tx.rows(
		sql`SELECT case_id AS id FROM standing_decisions WHERE subject = ${found.standing} AND NOT is_withdrawn ORDER BY decided_at DESC LIMIT 1`,
		z.object({ id: caseId }),
	);
	if (decided !== undefined) {
		await nameCase(tx, id, decided.id);
		return;
	}
	const [waiting] = await tx.rows(
		sql`SELECT cases.id, cluster_key AS "clusterKey" FROM (${found.waiting}) AS found JOIN cases ON cases.id = found.case_id
			WHERE ${isUndecided} AND NOT (${isCaseOfAuthor}) ORDER BY cases.opened_at, cases.id LIMIT 1`,
		z.object({ id: caseId, clusterKey: column.text }),
	);
	const place = { id, clusterKey: waiting?.clusterKey ?? subjectText(alert.subject), waiting: waiting?.id ?? null };
	await gatherOutbreak(tx, await arrivalsOf(tx, outbreak, { ...place, items: found.items }), outbreak);
	if (found.items === null) await showBeside(tx, outbreak);
}

/** The item that made it one, where its content is kept already: people see it beside the case, and decide nothing of it there. */
function showBeside(tx: Connection, { id, last }: NewOutbreak): Promise<unknown> {
	return tx.rows(
		sql`INSERT INTO specimens (case_id, item_id) SELECT case_id, item_id FROM outbreaks JOIN item_evidence ON item_id = ${last}
			WHERE outbreaks.id = ${id} AND case_id IS NOT NULL AND (text IS NOT NULL OR media_key IS NOT NULL) ON CONFLICT DO NOTHING`,
	);
}

async function findSubject(tx: Connection, { id, alert: { subject } }: NewOutbreak): Promise<Found | null> {
	switch (subjectCatalogue[subject.kind].opens) {
		case null:
			return null;
		case "thing": {
			const members = sql`SELECT item_id FROM cluster_members WHERE cluster_id = ${subject.key} AND degree = 'confirmed' ORDER BY item_id DESC`;
			await keepItems(tx, sql`SELECT ${id}::uuid, item_id FROM (${members} LIMIT ${earlierKept}) AS member`);
			return {
				standing: subjectOfCluster(clusterId.parse(subject.key)),
				waiting: sql`SELECT case_id FROM (${members}) AS member JOIN case_items USING (item_id)`,
				items: members,
			};
		}
		case "place":
			return { standing: subjectOfLinked(subject.key), waiting: casesOfLinks(subject), items: null };
	}
}

/** While a page and its domain both spread there is one case, of whichever was found first. */
function casesOfLinks({ kind, key }: Subject) {
	const [domain = key] = domainsOf([key]);
	const other = kind === "domain" ? sql`starts_with(subject_key, ${`${domain}/`})` : sql`subject_key = ${domain}`;
	return sql`SELECT case_id FROM outbreaks WHERE ended_at IS NULL AND subject_kind = ANY (${linkKinds}::text[]) AND subject_kind <> ${kind} AND ${other}`;
}

const arrivingRow = z.object({ itemId, platformId, surface });

interface Place extends Pick<Found, "items"> {
	readonly clusterKey: string;
	readonly waiting: CaseId | null;
}

async function arrivalsOf(
	tx: Connection,
	{ id, last }: NewOutbreak,
	{ clusterKey, waiting, items }: Place,
): Promise<readonly OutbreakArrival[]> {
	const arrival = { kind: "outbreak", outbreakId: id, clusterKey, urgency: outbreakUrgency } as const;
	const columns = sql`items.id AS "itemId", platform_id AS "platformId", surface`;
	const arriving =
		items === null
			? []
			: await tx.rows(
					sql`SELECT ${columns} FROM (${items}) AS found JOIN items ON items.id = item_id
						WHERE state <> 'gone' AND NOT EXISTS (SELECT FROM case_items WHERE case_items.item_id = items.id AND case_id = ${waiting}::uuid)
						ORDER BY items.id = ${last} DESC, items.id DESC LIMIT ${itemsShown}`,
					arrivingRow,
				);
	if (arriving.length > 0) return arriving.map((one) => ({ ...arrival, ...one }));
	const [of] = await tx.rows(sql`SELECT ${columns} FROM items WHERE id = ${last}`, arrivingRow);
	return [{ ...arrival, platformId: of?.platformId ?? null, surface: of?.surface ?? null, itemId: null }];
}

async function gatherOutbreak(
	tx: Connection,
	arrivals: readonly OutbreakArrival[],
	{ id, alert, now }: NewOutbreak,
): Promise<void> {
	const cases = await gatherCases(tx, arrivals, now);
	await bringItems(tx, cases);
	const openings = cases.map((one) => openingOf(one, now));
	await writeOrders(
		tx,
		[],
		openings.flatMap(({ escalations }) => escalations),
	);
	const { of: _kind, ...grown } = beganOf(alert);
	await appendCaseEvents(tx, [
		...openings.flatMap(({ events }) => events),
		...[...casesByCluster(cases).values()].map((one) => ({
			...{ caseId: one, actor: machine, at: now },
			body: { kind: "outbreak", outbreakId: id, ...grown } as const,
		})),
	]);
	for (const one of casesByCluster(cases).values()) await nameCase(tx, id, one);
	await tellAwaited(tx);
}

function nameCase(tx: Connection, id: OutbreakId, of: CaseId): Promise<unknown> {
	return tx.rows(sql`UPDATE outbreaks SET case_id = ${of} WHERE id = ${id}`);
}

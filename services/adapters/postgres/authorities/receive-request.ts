// Takes in an authority's request: what it says, the cases that its places belong to, and the deadlines that start by it, in one transaction.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { isSilenceAhead } from "../../../core/answers/silence-end.ts";
import { type AuthorityRequest, countedFrom, urgencyOf } from "../../../core/authorities/authority-request.ts";
import type { Arrival } from "../../../core/authorities/channel.ts";
import type { RequestArrival } from "../../../core/cases/gather.ts";
import type { LawOf } from "../../../core/clocks/starting-events.ts";
import { BreakwaterError } from "../../../core/errors.ts";
import { type CaseId, type RequestId, requestId, uuidv7 } from "../../../core/ids.ts";
import type { Authority } from "../../../core/ports/authority-store.ts";
import { digestOfSaid, type Referred, sortReferred } from "../../../core/reports/repeated-references.ts";
import { type ReportedThing, thingsOf } from "../../../core/reports/things.ts";
import { appendActs } from "../acts/append-acts.ts";
import { beginSilence } from "../answers/silence-rows.ts";
import { appendCaseEvents } from "../cases/case-events.ts";
import { bringItems, casesByCluster, gatherCases, openingOf } from "../cases/gather-cases.ts";
import { startClock } from "../clocks/start-clock.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";
import { writeOrders } from "../orders/write-orders.ts";
import { askToJudgeAgain } from "../reports/reported-items.ts";
import { clusterKeyOfThing, type HeldItem, placeOf, removalOf, resolveThings } from "../reports/resolve-things.ts";
import { answerRequests } from "./answer-requests.ts";

export interface Starting {
	readonly laws: readonly LawOf[];
	readonly at: Date;
	readonly arrival: Arrival;
}

interface Place {
	readonly thing: ReportedThing;
	readonly held: HeldItem | null;
}

export async function receiveRequest(
	tx: Connection,
	authority: Authority,
	request: AuthorityRequest,
	{ laws, at, arrival }: Starting,
): Promise<{ readonly id: RequestId; readonly isNew: boolean }> {
	const id = requestId.parse(uuidv7(at.getTime()));
	const digest = digestOfSaid(request);
	if (!(await writeRequest(tx, { id, authority, request, digest, at, arrival })))
		return { id: await findSame(tx, authority, { reference: request.reference, digest }), isNew: false };
	// Of a new one only: what was received in time is answered with what it is, however late it is sent again.
	if (!isSilenceAhead(silenceEnd(request), at))
		throw new BreakwaterError("rule-broken", {
			reasons: [{ code: "field-refused", field: "silence.until", rule: "lies-behind" }],
		});
	const things = thingsOf({ addresses: request.addresses, platformName: "", accountName: "" });
	const found = await resolveThings(tx, things);
	const places = things.map((thing) => ({ thing, held: found.get(thing.key) ?? null }));
	await askToJudgeAgain(
		tx,
		places.flatMap(({ held }) => (held === null || removalOf(held) !== null ? [] : [held.itemId])),
		at,
	);
	const cases = await bringToCases(tx, id, { places, request, at, urgency: urgencyOf(request, laws) });
	const linked = places.map((place) => ({ ...place, caseId: cases.get(place) ?? null }));
	if (request.silence !== undefined) await silence(tx, id, request, { cases: linked, at });
	const rows = linked.map(({ thing, held, caseId }, position) => ({
		...{ position, address: thing.text, itemId: held?.itemId ?? null, caseId },
	}));
	await tx.rows(
		sql`INSERT INTO authority_request_places (request_id, position, address, item_id, case_id)
			SELECT ${id}, position, address, "itemId", "caseId" FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r (position integer, address text, "itemId" uuid, "caseId" uuid)`,
	);
	// What people removed before needs no other decision: whoever asks for it now is told so.
	const removed = new Set(places.flatMap(({ held }) => removalOf(held)?.caseId ?? []));
	for (const caseId of removed) await answerRequests(tx, caseId, { code: "removed", at, to: id });
	for (const law of laws) {
		await startClock(
			tx,
			{
				...law,
				receivedAtMs: countedFrom(law.profile, { receivedAt: at, arrival }).getTime(),
				urgentReason: request.urgentReason ?? null,
				cause: { kind: "authority-request", id },
				caseId: linked[0]?.caseId ?? null,
				targets: rows.map(({ itemId, caseId }) => ({ itemId, caseId })),
			},
			at,
		);
	}
	if ("clerk" in arrival) {
		const { clerk, channel, arrivedAt } = arrival;
		const details = { requestId: id, channel, arrivedAt: arrivedAt.toISOString() };
		const by = { kind: "person", userId: clerk } as const;
		await appendActs(tx, [{ what: "authority-request-entered", on: authority.id, by, at, details }]);
	}
	return { id, isNew: true };
}

async function silence(
	tx: Connection,
	id: RequestId,
	request: AuthorityRequest,
	{ cases, at }: { readonly cases: readonly { readonly caseId: CaseId | null }[]; readonly at: Date },
): Promise<void> {
	const { basis: reason = "" } = request.silence ?? {};
	for (const caseId of new Set(cases.flatMap((one) => one.caseId ?? [])))
		await beginSilence(tx, { caseId, reason, until: silenceEnd(request), cause: { kind: "request", id } }, at);
}

function silenceEnd({ silence: asked }: AuthorityRequest): Date | null {
	return asked?.until === undefined ? null : new Date(asked.until);
}

interface Written {
	readonly id: RequestId;
	readonly authority: Authority;
	readonly request: AuthorityRequest;
	readonly digest: string;
	readonly at: Date;
	readonly arrival: Arrival;
}

/** False where that reference was received before. */
async function writeRequest(
	tx: Connection,
	{ id, authority, request, digest, at, arrival }: Written,
): Promise<boolean> {
	const { reference, asks, legalBasis, urgentReason, note, document, silence: hush } = request;
	const came = { account: null, clerk: null, arrivedAt: null, ...arrival };
	const written = await tx.rows(
		sql`INSERT INTO authority_requests (id, authority_id, reference, asks, legal_basis, urgent_reason, note, received_at,
				channel, account_id, clerk_id, arrived_at, request_digest,
				silence_basis, silence_until)
			VALUES (${id}, ${authority.id}, ${reference}, ${asks}, ${legalBasis}, ${urgentReason ?? null}, ${note}, ${at},
				${arrival.channel}, ${came.account}, ${came.clerk}, ${came.arrivedAt}, decode(${digest}, 'hex'),
				${hush?.basis ?? null}, ${hush?.until ?? null}::timestamptz)
			ON CONFLICT (authority_id, reference) DO NOTHING RETURNING id`,
	);
	if (written.length === 0) return false;
	if (document !== undefined) {
		const bytes = Buffer.from(document.base64, "base64");
		const sha256 = createHash("sha256").update(bytes).digest();
		await tx.rows(
			sql`INSERT INTO authority_request_documents (request_id, name, media_type, sha256, bytes)
				VALUES (${id}, ${document.name}, ${document.mediaType}, ${sha256}, ${bytes})`,
		);
	}
	return true;
}

/** The request that has that reference; throws `reference-taken` where it asks for something else. */
async function findSame(tx: Connection, { id }: Authority, sent: Referred): Promise<RequestId> {
	const [row] = await tx.rows(
		sql`SELECT id, encode(request_digest, 'hex') AS digest FROM authority_requests
			WHERE authority_id = ${id} AND reference = ${sent.reference}`,
		z.object({ id: requestId, digest: column.text.nullable() }),
	);
	if (row === undefined) throw new Error("a request that is there was not found");
	if (sortReferred(new Map([[sent.reference, row.digest]]), [sent]).kind === "contradicted")
		throw new BreakwaterError("reference-taken", { detail: `reference: another request of yours has it, ${row.id}` });
	return row.id;
}

/** What people removed already stays with that case; everything else comes before people. */
async function bringToCases(
	tx: Connection,
	id: RequestId,
	{
		places,
		request,
		at,
		urgency,
	}: {
		readonly places: readonly Place[];
		readonly request: AuthorityRequest;
		readonly at: Date;
		readonly urgency: number;
	},
): Promise<ReadonlyMap<Place, CaseId>> {
	const open = places.filter(({ held }) => removalOf(held) === null);
	const gathered = await gatherCases(
		tx,
		open.map(({ thing, held }): RequestArrival => {
			return { kind: "request", requestId: id, urgency, ...placeOf(thing, held) };
		}),
		at,
	);
	await bringItems(tx, gathered);
	await writeOrders(
		tx,
		[],
		gathered.flatMap((one) => openingOf(one, at).escalations),
	);
	const body = {
		kind: "requested",
		requestId: id,
		asks: request.asks,
		isUrgent: request.urgentReason !== undefined,
	} as const;
	await appendCaseEvents(
		tx,
		gathered.flatMap((one) => [
			...openingOf(one, at).events,
			{ caseId: one.id, actor: { kind: "machine" }, at, body } as const,
		]),
	);
	const caseOf = casesByCluster(gathered);
	return new Map(
		places.flatMap((place) => {
			const { thing, held } = place;
			const caseId = removalOf(held)?.caseId ?? caseOf.get(clusterKeyOfThing(thing, held));
			return caseId === undefined ? [] : [[place, caseId] as const];
		}),
	);
}

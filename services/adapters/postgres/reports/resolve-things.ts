// Which item an address leads to: one that a platform shows there, by its templates, or one whose own name is that address.
import { sql } from "kysely";
import { z } from "zod";
import type { ArrivalPlace } from "../../../core/cases/gather.ts";
import { type CaseId, caseId, itemId, platformId, type UserId, userId } from "../../../core/ids.ts";
import { parseAddressTemplate } from "../../../core/reports/address-template.ts";
import type { ReportedThing } from "../../../core/reports/things.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { isUndecided } from "../cases/undecided.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const heldRow = z.object({
	...{ thing: column.text, itemId, platformId, surface },
	/** The key of the undecided case that the item is in. */
	clusterKey: column.text.nullable(),
	/** The key of the case of the live stream that the item is a segment of. */
	streamCase: column.text.nullable(),
	/** People removed it already, in that case. */
	removedIn: caseId.nullable(),
	removedBy: userId.nullable(),
});
export type HeldItem = Omit<z.infer<typeof heldRow>, "thing">;

const platformRow = z.object({ source: column.text, templates: column.texts });

/** The key of the case that the thing belongs to: the one its item waits in, or one of its own. */
export function clusterKeyOfThing({ key }: ReportedThing, held: HeldItem | null): string {
	if (held === null) return key;
	return held.clusterKey ?? held.streamCase ?? `item:${held.itemId}`;
}

/** The case in which people removed it already, and who did; null where it waits for people, again or for the first time. */
export function removalOf(held: HeldItem | null): { readonly caseId: CaseId; readonly by: UserId } | null {
	if (held === null || held.clusterKey !== null || held.removedIn === null || held.removedBy === null) return null;
	return { caseId: held.removedIn, by: held.removedBy };
}

/** What an arrival says of the thing that it is about: the item comes before people with it, unless it waits in the case already. */
export function placeOf(thing: ReportedThing, held: HeldItem | null): ArrivalPlace {
	return {
		clusterKey: clusterKeyOfThing(thing, held),
		itemId: held === null || held.clusterKey !== null ? null : held.itemId,
		platformId: held?.platformId ?? null,
		surface: held?.surface ?? null,
	};
}

/** By the thing's key; of an item that came several times the newest. What is not held here is left out. */
export async function resolveThings(
	tx: Connection,
	things: readonly ReportedThing[],
): Promise<ReadonlyMap<string, HeldItem>> {
	const platforms = await tx.rows(
		sql`SELECT source, address_templates AS templates FROM platforms ORDER BY source`,
		platformRow,
	);
	const readers = platforms.map(({ source, templates }) => ({
		source,
		templates: templates.flatMap((text) => {
			const parsed = parseAddressTemplate(text);
			return parsed.ok ? [parsed.subjectOf] : [];
		}),
	}));
	const candidates = things.flatMap(({ key, canonical, text }) =>
		readers.flatMap(({ source, templates }) => {
			const byTemplate = canonical === null ? [] : templates.map((subjectOf) => subjectOf(canonical));
			const own = canonical === null ? [] : [text, canonical, `https://${canonical}`];
			const subjects = [...byTemplate, ...own].filter((subject) => subject !== null);
			return [...new Set(subjects)].map((subject) => ({ key, source, subject }));
		}),
	);
	if (candidates.length === 0) return new Map();
	const rows = await tx.rows(
		sql`SELECT DISTINCT ON (r.key) r.key AS thing, items.id AS "itemId", items.platform_id AS "platformId", items.surface,
				waiting.cluster_key AS "clusterKey", live_segments.case_key AS "streamCase", removed.id AS "removedIn", removed.decided_by AS "removedBy"
			FROM jsonb_to_recordset(${JSON.stringify(candidates)}::jsonb) AS r (key text, source text, subject text)
				JOIN items ON items.source = r.source AND items.subject = r.subject
				JOIN verdicts ON verdicts.item_id = items.id
				LEFT JOIN live_segments ON live_segments.item_id = items.id
				LEFT JOIN LATERAL (
					SELECT cases.cluster_key FROM case_items JOIN cases ON cases.id = case_id WHERE case_items.item_id = items.id AND ${isUndecided} LIMIT 1
				) AS waiting ON true
				LEFT JOIN LATERAL (
					SELECT cases.id, decided_by FROM case_items JOIN cases ON cases.id = case_id
					WHERE case_items.item_id = items.id AND items.state = 'removed' AND decision = 'remove' AND cases.state = 'decided' AND decided_by IS NOT NULL
					ORDER BY decided_at DESC LIMIT 1
				) AS removed ON true
			ORDER BY r.key, items.id DESC`,
		heldRow,
	);
	return new Map(rows.map(({ thing, ...held }) => [thing, held]));
}

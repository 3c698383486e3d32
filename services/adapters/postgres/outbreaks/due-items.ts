// The items of verdicts that the history is due, as outbreaks count them: no content, and of most of them no more than who, where and when.
import { sql } from "kysely";
import { z } from "zod";
import { findingsOf } from "../../../core/history/findings.ts";
import { clusterId, itemId } from "../../../core/ids.ts";
import type { CountedItem } from "../../../core/outbreaks/sighting.ts";
import { readGrounds } from "../../../core/policy/recorded-grounds.ts";
import { tier } from "../../../core/policy/verdict.ts";
import type { ItemsDue } from "../../../core/ports/outbreak-store.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const dueRow = z.object({ number: column.count, kind: column.text, keys: column.texts });
const itemRow = z.object({
	...{ itemId, platform: column.text, authorId: column.text, receivedAt: column.time, tier },
	...{ links: column.texts, clusters: z.array(clusterId), thing: column.text.nullable(), policyRevision: column.whole },
	// Of what nothing was found of, nothing is read.
	...{ signals: z.array(z.unknown()).nullable(), grounds: z.unknown(), divertedBy: column.texts },
});

export async function itemsAfter(
	connection: Connection,
	catalogue: SignalCatalogue,
	{ number, limit }: { readonly number: number; readonly limit: number },
): Promise<ItemsDue> {
	const due = await connection.rows(
		sql`SELECT number, kind, keys FROM history_due WHERE number > ${number} ORDER BY number LIMIT ${limit}`,
		dueRow,
	);
	const keys = due.flatMap((one) => (one.kind === "verdict" ? one.keys : []));
	const rows = keys.length === 0 ? [] : await readItems(connection, keys);
	return { through: due.at(-1)?.number ?? number, items: rows.map((row) => toItem(row, catalogue)) };
}

/** In the order of the keys: the count is the same whenever it is done again. */
function readItems(connection: Connection, keys: readonly string[]): Promise<readonly z.infer<typeof itemRow>[]> {
	return connection.rows(
		sql`SELECT items.id AS "itemId", platforms.name AS platform, author_id AS "authorId", received_at AS "receivedAt", verdicts.tier,
				ARRAY(SELECT cluster_id FROM cluster_members WHERE item_id = items.id AND degree = 'confirmed' ORDER BY 1) AS clusters,
				COALESCE(links, '{}') AS links, CASE WHEN verdicts.tier <> 'none' THEN (SELECT case_id::text FROM case_items WHERE item_id = items.id ORDER BY 1 LIMIT 1) END AS thing,
				policy_revision AS "policyRevision", CASE WHEN verdicts.tier <> 'none' THEN signals END AS signals,
				CASE WHEN verdicts.tier <> 'none' THEN grounds END AS grounds, diverted_by AS "divertedBy"
			FROM unnest(${[...keys]}::uuid[]) WITH ORDINALITY AS due (id, place)
				JOIN items ON items.id = due.id JOIN verdicts ON item_id = due.id JOIN platforms ON platforms.id = platform_id
			ORDER BY place`,
		itemRow,
	);
}

function toItem(
	{ signals: stored, grounds, policyRevision, divertedBy, ...item }: z.infer<typeof itemRow>,
	catalogue: SignalCatalogue,
): CountedItem {
	if (stored === null) return { sources: [], ...item };
	const signals = stored.map((one) => catalogue.fromStored(one));
	const read = readGrounds({ grounds, signals, policyRevision, divertedBy }, catalogue);
	if (read.kind !== "kept") return { sources: [], ...item };
	const place = { item_id: item.itemId, platform: item.platform, happened_at: item.receivedAt.toISOString() };
	const found = findingsOf(place, signals, read.grounds, catalogue).filter((one) => one.tier !== "none");
	return { sources: [...new Set(found.map(({ source }) => source))], ...item };
}

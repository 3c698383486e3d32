// Counts what entries match, slot by slot.
import { sql } from "kysely";
import { accountBit, entryAccountBits } from "../../../core/banks/account-bits.ts";
import { slotMs } from "../../../core/banks/entry-surge.ts";
import type { EntryId } from "../../../core/ids.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import type { Connection } from "../connection/database.ts";

export function hasHits({ matchedEntries }: Pick<ExaminedItem, "matchedEntries">): boolean {
	return matchedEntries.length > 0;
}

/** An item counts once for each entry it matches. Written last: the row of an entry that matches much is waited for. */
export async function writeHits(connection: Connection, items: readonly ExaminedItem[], at: Date): Promise<void> {
	const counted = countHits(items);
	if (counted.size === 0) return;
	const slot = new Date(Math.floor(at.getTime() / slotMs) * slotMs);
	const rows = [...counted]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([entryId, { hits, bits }]) => ({ entryId, hits, accounts: bits.join("") }));
	await connection.rows(
		sql`INSERT INTO entry_hits (entry_id, slot, hits, accounts)
			SELECT "entryId", ${slot}, hits, accounts::bit(256)
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("entryId" uuid, hits integer, accounts text)
			ON CONFLICT (entry_id, slot) DO UPDATE SET hits = entry_hits.hits + excluded.hits, accounts = entry_hits.accounts | excluded.accounts`,
	);
}

function countHits(items: readonly ExaminedItem[]) {
	const counted = new Map<EntryId, { hits: number; readonly bits: (0 | 1)[] }>();
	for (const { platformId, authorId, matchedEntries } of items) {
		for (const id of new Set(matchedEntries)) {
			const entry = counted.get(id) ?? { hits: 0, bits: new Array<0 | 1>(entryAccountBits).fill(0) };
			entry.hits += 1;
			entry.bits[accountBit(platformId, authorId, entryAccountBits)] = 1;
			counted.set(id, entry);
		}
	}
	return counted;
}

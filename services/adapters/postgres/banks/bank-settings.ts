// A bank's own row.
import { sql } from "kysely";
import type { BankSettings } from "../../../core/banks/bank.ts";
import type { Connection } from "../connection/database.ts";
import { beginTally } from "./shadow-tallies.ts";

/** Adds the row, or sets it to what is given. A name that another bank has is a unique violation. */
export async function writeBank(tx: Connection, bank: BankSettings): Promise<void> {
	const { share, addedEntries } = bank.allowedChange;
	if (bank.shadow) await beginTally(tx, bank.id);
	await tx.rows(
		sql`INSERT INTO banks (id, name, kind, category, trusted, enabled, shadow, enabled_ratio, tight_radius_bits, wide_radius_bits,
				owner, expires_at, allowed_share, allowed_added_entries, sources)
			VALUES (${bank.id}, ${bank.name}, ${bank.kind}, ${bank.category}, ${bank.trusted}, ${bank.enabled}, ${bank.shadow},
				${bank.enabledRatio}, ${bank.tightRadiusBits}, ${bank.wideRadiusBits}, ${bank.owner}, ${bank.expiresAt}, ${share}, ${addedEntries},
				${bank.sources}::text[])
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, category = excluded.category, trusted = excluded.trusted,
				enabled = excluded.enabled, shadow = excluded.shadow, enabled_ratio = excluded.enabled_ratio,
				tight_radius_bits = excluded.tight_radius_bits, wide_radius_bits = excluded.wide_radius_bits, owner = excluded.owner,
				expires_at = excluded.expires_at, allowed_share = excluded.allowed_share,
				allowed_added_entries = excluded.allowed_added_entries, sources = excluded.sources, updated_at = now()`,
	);
}

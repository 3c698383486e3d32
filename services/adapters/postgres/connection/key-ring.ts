// The keys of platforms, reporters and authorities: each holder's in a table of its own, and one rule for all of when a key opens and how it
// is replaced.
import { sql } from "kysely";
import type { EndedKeys } from "../../../core/acts/act-kind.ts";
import type { KeyRotation } from "../../../core/ports/key-rotation.ts";
import type { Connection } from "./database.ts";

const rings = {
	platform: { table: sql.table("api_keys"), holder: sql.ref("platform_id") },
	reporter: { table: sql.table("reporter_keys"), holder: sql.ref("reporter_id") },
	authority: { table: sql.table("authority_keys"), holder: sql.ref("authority_id") },
} as const;

/** The condition on a table of keys: the key opens now. */
export const opensNow = sql`(revoked_at IS NULL OR revoked_at > now())`;

/** Lets all keys that open end then, or at once where it is null; one that ends sooner does as before. */
export async function endKeys(
	tx: Connection,
	of: keyof typeof rings,
	id: string,
	{ formerUntil }: Pick<KeyRotation, "formerUntil">,
): Promise<EndedKeys> {
	const { table, holder } = rings[of];
	const ended = await tx.rows(
		sql`UPDATE ${table} SET revoked_at = ${formerUntil ?? sql`now()`}
			WHERE ${holder} = ${id} AND (revoked_at IS NULL OR revoked_at > ${formerUntil ?? sql`now()`}) RETURNING 1`,
	);
	return { count: ended.length, until: formerUntil?.toISOString() ?? null };
}

// What banks in shadow would have done, one row a bank.
import { sql } from "kysely";
import { z } from "zod";
import { accountBit, bankAccountBits, estimateAccounts } from "../../../core/banks/account-bits.ts";
import { type BankId, bankId as bankIdSchema } from "../../../core/ids.ts";
import { parseScope } from "../../../core/policy/breaker.ts";
import type { VerdictAction } from "../../../core/policy/verdict.ts";
import type { ShadowTally } from "../../../core/ports/bank-store.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** Null where there is none. */
export const tallyRow = z.object({
	since: column.time.nullable(),
	matched: column.count.nullable(),
	would_withhold: column.count.nullable(),
	would_review: column.count.nullable(),
	would_let_pass: column.count.nullable(),
	bits_set: column.whole.nullable(),
});

/** The tally's columns beside the bank's row, in a query that joins the tallies as `tally`. */
export const tallyColumns = sql`tally.since, tally.matched, tally.would_withhold, tally.would_review, tally.would_let_pass,
	bit_count(tally.accounts)::integer AS bits_set`;

export function toTally(row: z.infer<typeof tallyRow>): ShadowTally | null {
	if (row.since === null) return null;
	return {
		since: row.since,
		matched: row.matched ?? 0,
		wouldWithhold: row.would_withhold ?? 0,
		wouldReview: row.would_review ?? 0,
		wouldLetPass: row.would_let_pass ?? 0,
		accounts: estimateAccounts(row.bits_set ?? 0, bankAccountBits),
	};
}

/** A bank that goes into shadow is counted from then on. To be called before its row is written. */
export async function beginTally(tx: Connection, bankId: BankId): Promise<void> {
	await tx.rows(
		sql`INSERT INTO bank_shadow_tallies (bank_id) SELECT ${bankId}::uuid WHERE NOT EXISTS (SELECT FROM banks WHERE id = ${bankId} AND shadow)
			ON CONFLICT (bank_id) DO UPDATE SET since = DEFAULT, matched = 0, would_withhold = 0, would_review = 0, would_let_pass = 0, accounts = DEFAULT`,
	);
}

interface Tally {
	readonly counts: Record<VerdictAction, number> & { matched: number };
	readonly bits: (0 | 1)[];
}

/** Written last, like the entries' hits: the row of a bank that matches much is waited for. */
export async function writeTallies(connection: Connection, items: readonly ExaminedItem[]): Promise<void> {
	const tallies = tallyItems(items);
	if (tallies.size === 0) return;
	const rows = [...tallies]
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([bankId, { counts, bits }]) => ({ bankId, ...counts, accounts: bits.join("") }));
	await connection.rows(
		sql`INSERT INTO bank_shadow_tallies AS tally (bank_id, matched, would_withhold, would_review, would_let_pass, accounts)
			SELECT "bankId", matched, withhold, review, "none", accounts::bit(4096)
			FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
				AS r ("bankId" uuid, matched integer, withhold integer, review integer, "none" integer, accounts text)
			ON CONFLICT (bank_id) DO UPDATE SET matched = tally.matched + excluded.matched, would_withhold = tally.would_withhold + excluded.would_withhold,
				would_review = tally.would_review + excluded.would_review, would_let_pass = tally.would_let_pass + excluded.would_let_pass,
				accounts = tally.accounts | excluded.accounts`,
	);
}

function tallyItems(items: readonly ExaminedItem[]): ReadonlyMap<BankId, Tally> {
	const tallies = new Map<BankId, Tally>();
	for (const { platformId, authorId, verdict } of items) {
		for (const { on, action } of verdict.shadowOutcomes) {
			const scope = parseScope(on);
			if (scope?.kind !== "bank") continue;
			const bankId = bankIdSchema.parse(scope.key);
			const tally = tallies.get(bankId) ?? {
				counts: { matched: 0, withhold: 0, review: 0, none: 0 },
				bits: new Array<0 | 1>(bankAccountBits).fill(0),
			};
			tally.counts.matched += 1;
			if (action !== null) tally.counts[action] += 1;
			tally.bits[accountBit(platformId, authorId, bankAccountBits)] = 1;
			tallies.set(bankId, tally);
		}
	}
	return tallies;
}

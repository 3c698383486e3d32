// What rules in shadow said, one row a revision and day.
import { sql } from "kysely";
import { z } from "zod";
import type { ShadowDay } from "../../../core/ports/rule-store.ts";
import type { ExaminedItem } from "../../../core/ports/verdict-store.ts";
import { shadowedRules } from "../../../core/signals/rule/rule-signal.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

const dayRow = z
	.object({
		...{ revision: column.whole, day: column.text, held: column.count, failed: column.count },
		...{ would_withhold: column.count, would_review: column.count, would_let_pass: column.count },
	})
	.transform(
		({
			would_withhold: wouldWithhold,
			would_review: wouldReview,
			would_let_pass: wouldLetPass,
			...row
		}): ShadowDay => ({
			...row,
			...{ wouldWithhold, wouldReview, wouldLetPass },
		}),
	);
const daysShown = 400;

export function readShadowDays(on: Connection, name: string): Promise<readonly ShadowDay[]> {
	return on.rows(
		sql`SELECT revision, to_char(day, 'YYYY-MM-DD') AS day, held, failed, would_withhold, would_review, would_let_pass
			FROM rule_shadow_days WHERE name = ${name} ORDER BY rule_shadow_days.day DESC, revision DESC LIMIT ${daysShown}`,
		dayRow,
	);
}

interface Row {
	readonly name: string;
	readonly revision: number;
	readonly day: string;
	held: number;
	failed: number;
	withhold: number;
	review: number;
	none: number;
}

/** Written last, like the tallies of banks: the row of a rule that holds of much is waited for. */
export async function writeShadowDays(connection: Connection, items: readonly ExaminedItem[], at: Date): Promise<void> {
	const day = at.toISOString().slice(0, 10);
	const rows = new Map<string, Row>();
	for (const { verdict } of items) {
		for (const { name, revision, outcome, action } of shadowedRules(verdict)) {
			const key = `${name}@${revision}`;
			const row = rows.get(key) ?? { name, revision, day, held: 0, failed: 0, withhold: 0, review: 0, none: 0 };
			row[outcome] += 1;
			if (action !== null) row[action] += 1;
			rows.set(key, row);
		}
	}
	if (rows.size === 0) return;
	const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
	await connection.rows(
		sql`INSERT INTO rule_shadow_days AS kept (name, revision, day, held, failed, would_withhold, would_review, would_let_pass)
			SELECT name, revision, day, held, failed, withhold, review, "none" FROM jsonb_to_recordset(${JSON.stringify(sorted)}::jsonb)
				AS r (name text, revision integer, day date, held integer, failed integer, withhold integer, review integer, "none" integer)
			ON CONFLICT (name, revision, day) DO UPDATE SET held = kept.held + excluded.held, failed = kept.failed + excluded.failed,
				would_withhold = kept.would_withhold + excluded.would_withhold, would_review = kept.would_review + excluded.would_review,
				would_let_pass = kept.would_let_pass + excluded.would_let_pass`,
	);
}

// What items came to that were judged again, as the history keeps it, and what banks and models said of them then for the first time.
import { sql } from "kysely";
import { z } from "zod";
import { findingsOf } from "../../../core/history/findings.ts";
import type { HistoryRow, HistoryRows } from "../../../core/history/history-tables.ts";
import { itemId, sweepId } from "../../../core/ids.ts";
import { itemKind } from "../../../core/items/item.ts";
import { readGrounds } from "../../../core/policy/recorded-grounds.ts";
import { tier, verdictAction } from "../../../core/policy/verdict.ts";
import type { SignalCatalogue } from "../../../core/signals/catalogue.ts";
import { surface } from "../../../core/wire/item-event.ts";
import { column } from "../connection/columns.ts";
import type { Connection } from "../connection/database.ts";

/** As a row of verdicts has it, and as it is kept where another took its place. */
export const keptVerdict = z.object({
	...{ tier, action: verdictAction, category: z.string().nullable(), policy_revision: z.int() },
	...{ signals: z.array(z.unknown()), grounds: z.unknown(), diverted_by: z.array(z.string()) },
	is_incomplete: z.boolean(),
});
export type KeptVerdict = z.infer<typeof keptVerdict>;

const row = z.object({
	...{
		key: column.text,
		item_id: itemId,
		platform: column.text,
		kind: itemKind,
		surface,
		sweep_id: sweepId.nullable(),
	},
	...{ at: column.time, receivedAt: column.time, before: keptVerdict, after: keptVerdict },
});

/** What came after is the next one that was replaced, or the one that holds. */
export async function laterVerdictRows(
	connection: Connection,
	keys: readonly string[],
	catalogue: SignalCatalogue,
): Promise<ReadonlyMap<string, HistoryRows>> {
	const rows = await connection.rows(
		sql`SELECT key, item.id AS item_id, platforms.name AS platform, item.kind, item.surface, earlier.sweep_id, earlier.until AS at,
				item.received_at AS "receivedAt", earlier.verdict AS before, COALESCE(next.verdict, to_jsonb(verdicts)) AS after
			FROM unnest(${[...keys]}::text[]) AS key
				JOIN earlier_verdicts AS earlier ON earlier.item_id = split_part(key, ':', 1)::uuid
					AND floor(extract(epoch FROM earlier.until) * 1000)::bigint = split_part(key, ':', 2)::bigint
				JOIN items AS item ON item.id = earlier.item_id JOIN platforms ON platforms.id = item.platform_id
				JOIN verdicts ON verdicts.item_id = item.id
				LEFT JOIN LATERAL (SELECT verdict FROM earlier_verdicts AS other WHERE other.item_id = item.id AND other.until > earlier.until
					ORDER BY until LIMIT 1) AS next ON true`,
		row,
	);
	return new Map(rows.map((one) => [one.key, ofLater(one, catalogue)]));
}

function ofLater({ before, after, ...found }: z.infer<typeof row>, catalogue: SignalCatalogue): HistoryRows {
	const { item_id, platform, kind, surface: of, sweep_id, at, receivedAt } = found;
	const place = { item_id, platform, happened_at: at.toISOString() };
	const known = new Set(saidIn(before, place, catalogue).map(({ source }) => source));
	return {
		later_verdicts: [
			{
				kind,
				surface: of,
				occasion: sweep_id === null ? "report" : "sweep",
				sweep_id,
				tier_before: before.tier,
				tier: after.tier,
				action: after.action,
				category: after.category,
				policy_revision: after.policy_revision,
				received_at: receivedAt.toISOString(),
				...place,
			},
		],
		findings: saidIn(after, place, catalogue).filter(({ source }) => !known.has(source)),
	};
}

function saidIn(
	{ signals: stored, grounds, policy_revision, diverted_by }: KeptVerdict,
	place: Pick<HistoryRow<"findings">, "item_id" | "platform" | "happened_at">,
	catalogue: SignalCatalogue,
): readonly HistoryRow<"findings">[] {
	const signals = stored.map((one) => catalogue.fromStored(one));
	const read = readGrounds({ grounds, signals, policyRevision: policy_revision, divertedBy: diverted_by }, catalogue);
	return read.kind === "kept" ? findingsOf(place, signals, read.grounds, catalogue) : [];
}

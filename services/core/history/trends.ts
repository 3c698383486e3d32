// The views of the history that people are shown, one query each (parts/queries/), and the shape of what each answers.
import { z } from "zod";
import { wilsonInterval } from "../scoring/threshold.ts";
import { type CountTable, clusterOfHalves } from "./history-counts.ts";
import type { HistoryTable } from "./history-tables.ts";
import { figuresWithin } from "./ladder.ts";

/** How a source is called; null where nobody knows it any more, and where its id is its name. */
const name = z.string().nullable().default(null);
/** Engines answer 64 bits as text. */
const count = z.coerce.number().int().min(0);
const ms = z.coerce.number().min(0);
const day = z.iso.date();

const sourceRow = z
	.object({
		source: z.string(),
		name,
		items: count,
		confirmed: count,
		right_items: count,
		decided: count,
		last_day: day,
	})
	.transform(({ right_items: right, ...row }) => {
		const { low, high } = wilsonInterval(right, row.decided);
		/** The share of the decided that people removed, and its interval at 95 %. */
		const precision = row.decided === 0 ? null : { share: right / row.decided, atLeast: low, atMost: high };
		return { ...row, right, precision };
	});

export const trendViews = {
	volumes: {
		reads: ["verdict_hours"],
		row: z.object({ day, tier: z.string(), items: count, withheld: count, reviewed: count, unexamined: count }),
	},
	withholding: {
		reads: ["orders"],
		/** Without a day: over all of them. */
		row: z.object({
			day: day.nullable(),
			orders: count,
			p50_ms: ms.nullable(),
			p95_ms: ms.nullable(),
			p99_ms: ms.nullable(),
		}),
	},
	sources: { reads: ["findings", "decisions"], row: sourceRow },
	calibration: {
		reads: ["findings", "decisions"],
		/** The expected calibration error is over ten bins of what was said. */
		row: z.object({
			...{ source: z.string(), platform: z.string(), curve: z.string().nullable() },
			...{ cases: count, confirmed: count, error: z.coerce.number().min(0).max(1) },
		}),
	},
	platforms: {
		reads: ["verdict_hours"],
		row: z.object({ platform: z.string(), items: count, found: count, withheld: count, unexamined: count }),
	},
	ladder: {
		reads: ["orders"],
		row: z.object({ within_ms: count, orders: count, in_time: count }).transform((row) => ({
			...row,
			share: row.orders === 0 ? null : row.in_time / row.orders,
			beside: figuresWithin(row.within_ms)
				.map(({ says, share, source }) => `${says.en}${share === null ? "" : `: ${share * 100} %`} (${source})`)
				.join("; "),
		})),
	},
	clusters: {
		reads: ["cluster_days"],
		row: z.object({ day, clusters: count, grown: count, spread: count, items: count, largest: count }),
	},
	growth: {
		reads: ["cluster_days"],
		row: z
			.object({
				...{ cluster_high: z.string(), cluster_low: z.string() },
				...{ first_day: day, last_day: day, items: count, most_in_a_day: count },
			})
			.transform(({ cluster_high: high, cluster_low: low, ...row }) => ({
				cluster_id: clusterOfHalves(high, low),
				...row,
			})),
	},
	later: {
		reads: ["later_verdicts"],
		row: z.object({ day, occasion: z.string(), items: count, unknown_before: count, withheld: count, reviewed: count }),
	},
	hours: {
		reads: ["verdict_hours"],
		row: z.object({ weekday: count, hour_utc: count, items: count, found: count }),
	},
} as const satisfies Record<
	string,
	{ readonly reads: readonly (HistoryTable | CountTable)[]; readonly row: z.ZodType }
>;

export type TrendView = keyof typeof trendViews;
export const trendViewNames = Object.keys(trendViews) as readonly TrendView[];
export type TrendRow<V extends TrendView> = z.output<(typeof trendViews)[V]["row"]>;

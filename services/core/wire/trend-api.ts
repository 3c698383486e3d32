// The review API on what the whole history says: an address for each view, with the view's own rows.
import { z } from "zod";
import { viewName } from "../history/saved-view.ts";
import { type TrendView, trendViews } from "../history/trends.ts";
import { clusterId } from "../ids.ts";

/** Ten years. */
export const mostTrendDays = 3_660;

// GET /api/trends/:view, and the same as comma-separated values under /api/trends/:view/csv
export const trendQuery = z.object({
	/** Counted back from today (UTC), which is one of them. */
	days: z.coerce.number().int().min(1).max(mostTrendDays).default(30),
	/** A platform's name; without it, all. */
	platform: z.string().min(1).max(100).optional(),
});
export type TrendQuery = z.output<typeof trendQuery>;

const { volumes, withholding, platforms, hours, later, clusters } = trendViews;
const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

export const trendAnswers = {
	volumes: answerOf("volumes", volumes.row),
	withholding: answerOf("withholding", withholding.row),
	sources: answerOf(
		"sources",
		z.object({
			...{
				source: z.string(),
				name: z.string().nullable(),
				items: count,
				confirmed: count,
				decided: count,
				right: count,
				last_day: z.iso.date(),
			},
			precision: z.object({ share, atLeast: share, atMost: share }).nullable(),
		}),
	),
	calibration: answerOf(
		"calibration",
		z.object({
			...{ source: z.string(), platform: z.string(), curve: z.string().nullable() },
			...{ cases: count, confirmed: count, error: share },
		}),
	),
	platforms: answerOf("platforms", platforms.row),
	ladder: answerOf(
		"ladder",
		z.object({ within_ms: count, orders: count, in_time: count, share: share.nullable(), beside: z.string() }),
	),
	clusters: answerOf("clusters", clusters.row),
	growth: answerOf(
		"growth",
		z.object({
			...{ cluster_id: clusterId, first_day: z.iso.date(), last_day: z.iso.date() },
			...{ items: count, most_in_a_day: count },
		}),
	),
	later: answerOf("later", later.row),
	hours: answerOf("hours", hours.row),
} as const satisfies Record<TrendView, z.ZodType>;

export type TrendAnswer<V extends TrendView> = z.output<(typeof trendAnswers)[V]>;

function answerOf<V extends TrendView, R extends z.ZodType>(view: V, row: R) {
	return z.object({
		view: z.literal(view),
		/** The first day, UTC. */
		fromDay: z.iso.date(),
		/** Transactions that are recorded and not in the history yet. */
		behind: count,
		rows: z.array(row),
	});
}

// GET /api/trends/saved
export const savedViewsAnswer = z.object({ views: z.array(z.object({ name: viewName, says: z.string() })) });
export type SavedViewsAnswer = z.output<typeof savedViewsAnswer>;

// GET /api/trends/saved/:name, and the same as comma-separated values under /api/trends/saved/:name/csv
export const savedViewAnswer = z.object({
	view: viewName,
	says: z.string(),
	fromDay: z.iso.date(),
	behind: count,
	columns: z.array(z.string()),
	rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type SavedViewAnswer = z.output<typeof savedViewAnswer>;

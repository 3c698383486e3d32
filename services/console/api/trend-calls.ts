// What the console asks of the history.
import type { z } from "zod";
import type { TrendView } from "../../core/history/trends.ts";
import {
	type SavedViewAnswer,
	type SavedViewsAnswer,
	savedViewAnswer,
	savedViewsAnswer,
	type TrendQuery,
} from "../../core/wire/trend-api.ts";
import type { Requests } from "./requests.ts";
import { trendAddress } from "./trend-address.ts";

export interface TrendCalls {
	savedViews(): Promise<SavedViewsAnswer>;
	savedView(name: string, asked: TrendQuery): Promise<SavedViewAnswer>;
	trend<Answer>(view: TrendView, asked: TrendQuery, answer: z.ZodType<Answer>): Promise<Answer>;
}

export function trendCalls({ json }: Pick<Requests, "json">): TrendCalls {
	return {
		savedViews: () => json("GET", "/api/trends/saved", savedViewsAnswer),
		savedView: (name, asked) => json("GET", trendAddress(`saved/${name}`, asked), savedViewAnswer),
		trend: (view, asked, answer) => json("GET", trendAddress(view, asked), answer),
	};
}

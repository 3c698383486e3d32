import type { z } from "zod";
import type { TrendView } from "../../core/history/trends.ts";
import type { TrendQuery } from "../../core/wire/trend-api.ts";
import { type Resource, useResource } from "../hooks/use-resource.ts";
import { useDesk } from "../shell/console-context.ts";

/** One view, asked anew where the time or the platform is another. */
export function useTrend<Answer>(view: TrendView, asked: TrendQuery, answer: z.ZodType<Answer>): Resource<Answer> {
	const { client } = useDesk();
	return useResource(`${view} ${asked.days} ${asked.platform ?? ""}`, () => client.trend(view, asked, answer));
}

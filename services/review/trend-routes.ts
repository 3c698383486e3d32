// What the whole history says, for the page and for spreadsheets. One question at a time: the engine takes memory for each.
import { z } from "zod";
import { toCell } from "../bank-file/split-cells.ts";
import { BreakwaterError } from "../core/errors.ts";
import { trendTable } from "../core/history/trend-cells.ts";
import { type TrendView, trendViewNames } from "../core/history/trends.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import { trendAnswers, trendQuery } from "../core/wire/trend-api.ts";
import type { Trend, TrendAsked } from "../parts/ask-history.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { createLimiter } from "../runtime/limiter.ts";
import type { Guard } from "./guard.ts";

export interface TrendRouteDeps {
	readonly guard: Guard;
	readonly platforms: Pick<PlatformStore, "list">;
	/** Rejects with `history-unavailable` where the engine cannot answer. */
	readonly askTrend: (view: TrendView, asked: TrendAsked) => Promise<Trend<TrendView>>;
}

const tags = ["trends"];
const csvType = "text/csv";

export function registerTrendRoutes(server: HttpServer, { guard, platforms, askTrend }: TrendRouteDeps): void {
	const inTurn = createLimiter(1);
	const ask = async (view: TrendView, { days, platform: name }: z.output<typeof trendQuery>) => {
		const platform = name ?? null;
		if (platform !== null && (await platforms.list()).every((one) => one.name !== platform))
			throw new BreakwaterError("not-found", { detail: "platform: there is none of that name" });
		return await inTurn(() => askTrend(view, { days, platform }));
	};
	for (const view of trendViewNames) {
		server.route({
			method: "GET",
			url: `/api/trends/${view}`,
			schema: {
				tags,
				summary: `The history's view "${view}"; what was recorded in the last minute may be missing`,
				querystring: trendQuery,
				response: { 200: trendAnswers[view], ...problemResponses },
			},
			onRequest: guard.needs("status:read"),
			// The view's own schema: TypeScript does not follow it through a name that varies, so it is parsed.
			handler: async ({ query }) => trendAnswers[view].parse(await ask(view, query)),
		});
		server.route({
			method: "GET",
			url: `/api/trends/${view}/csv`,
			schema: {
				tags,
				summary: `The same as comma-separated values, with a line of names`,
				querystring: trendQuery,
				produces: [csvType],
				response: { 200: z.string(), ...problemResponses },
			},
			onRequest: guard.needs("status:read"),
			handler: async ({ query }, reply) => {
				const { fromDay, ...trend } = await ask(view, query);
				const { columns, rows } = trendTable(trend);
				const lines = [columns, ...rows].map((row) => row.map((cell) => toCell(cell)).join(","));
				reply.header("content-disposition", `attachment; filename="${view}-from-${fromDay}.csv"`);
				return reply.type(`${csvType}; charset=utf-8`).send(lines.map((line) => `${line}\r\n`).join(""));
			},
		});
	}
}

// What the whole history says, for the page and for spreadsheets. One question at a time: the engine takes memory for each.
import { z } from "zod";
import { toCell } from "../bank-file/split-cells.ts";
import { BreakwaterError } from "../core/errors.ts";
import { type ViewText, viewName } from "../core/history/saved-view.ts";
import { type TrendTable, trendTable } from "../core/history/trend-cells.ts";
import { type TrendView, trendViewNames } from "../core/history/trends.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { ViewStore } from "../core/ports/view-store.ts";
import { savedViewAnswer, savedViewsAnswer, trendAnswers, trendQuery } from "../core/wire/trend-api.ts";
import type { Trend, TrendAsked, ViewAnswer } from "../parts/ask-history.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import { createLimiter } from "../runtime/limiter.ts";
import type { Guard } from "./guard.ts";

export interface TrendRouteDeps {
	readonly guard: Guard;
	readonly platforms: Pick<PlatformStore, "list">;
	readonly views: Pick<ViewStore, "list" | "find">;
	/** Rejects with `view-refused` where the query makes no sense. */
	readonly askView: (view: Pick<ViewText, "query">, asked: TrendAsked) => Promise<ViewAnswer>;
	/** Rejects with `history-unavailable` where the engine cannot answer. */
	readonly askTrend: (view: TrendView, asked: TrendAsked) => Promise<Trend<TrendView>>;
}

const tags = ["trends"];
const csvType = "text/csv";

export function registerTrendRoutes(server: HttpServer, deps: TrendRouteDeps): void {
	const inTurn = createLimiter(1);
	registerViews(server, deps, inTurn);
	registerSaved(server, deps, inTurn);
}

type Query = z.output<typeof trendQuery>;
type InTurn = ReturnType<typeof createLimiter>;

async function askedBy({ platforms }: TrendRouteDeps, { days, platform: name }: Query): Promise<TrendAsked> {
	const platform = name ?? null;
	if (platform !== null && (await platforms.list()).every((one) => one.name !== platform))
		throw new BreakwaterError("not-found", { detail: "platform: there is none of that name" });
	return { days, platform };
}

function registerViews(server: HttpServer, deps: TrendRouteDeps, inTurn: InTurn): void {
	const { guard, askTrend } = deps;
	const ask = async (view: TrendView, query: Query) => {
		const asked = await askedBy(deps, query);
		return await inTurn(() => askTrend(view, asked));
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
				reply.header("content-disposition", `attachment; filename="${view}-from-${fromDay}.csv"`);
				return reply.type(`${csvType}; charset=utf-8`).send(toCsv(trendTable(trend)));
			},
		});
	}
}

function registerSaved(server: HttpServer, deps: TrendRouteDeps, inTurn: InTurn): void {
	const { guard, views, askView } = deps;
	const askSaved = async (name: string, query: Query) => {
		const view = await views.find(name);
		if (view === null) throw new BreakwaterError("not-found", { detail: "view: there is none of that name" });
		const asked = await askedBy(deps, query);
		return { view: view.name, says: view.says, ...(await inTurn(() => askView(view, asked))) };
	};
	server.route({
		method: "GET",
		url: "/api/trends/saved",
		schema: {
			tags,
			summary: "Questions to the history that operators saved",
			response: { 200: savedViewsAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async () => ({ views: (await views.list()).map(({ name, says }) => ({ name, says })) }),
	});
	server.route({
		method: "GET",
		url: "/api/trends/saved/:name",
		schema: {
			tags,
			summary: "What a saved question to the history answers",
			params: z.object({ name: viewName }),
			querystring: trendQuery,
			response: { 200: savedViewAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async ({ params, query }) => savedViewAnswer.parse(await askSaved(params.name, query)),
	});
	server.route({
		method: "GET",
		url: "/api/trends/saved/:name/csv",
		schema: {
			tags,
			summary: "The same as comma-separated values, with a line of names",
			params: z.object({ name: viewName }),
			querystring: trendQuery,
			produces: [csvType],
			response: { 200: z.string(), ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async ({ params, query }, reply) => {
			const { view, fromDay, ...answer } = await askSaved(params.name, query);
			reply.header("content-disposition", `attachment; filename="${view}-from-${fromDay}.csv"`);
			return reply.type(`${csvType}; charset=utf-8`).send(toCsv(answer));
		},
	});
}

function toCsv({ columns, rows }: TrendTable): string {
	return [columns, ...rows].map((row) => `${row.map((cell) => toCell(cell)).join(",")}\r\n`).join("");
}

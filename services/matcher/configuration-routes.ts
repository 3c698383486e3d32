// /c/signal_type, /c/content_type, /m/index/status and /c/exchanges: what is configured. Lists from elsewhere are imported by the
// operator's own commands, as drafts: as far as this API goes there are no exchanges.
import { z } from "zod";
import {
	contentTypeAnswer,
	done,
	indexDetail,
	indexStatusAnswer,
	refusal,
	signalTypeAnswer,
	typeQuery,
} from "../core/wire/matcher-api.ts";
import { isRecord, jsonOf, type MatcherScope, refusals } from "./api.ts";
import { Refusal } from "./refusal.ts";
import { contentTypes, type SignalType, shown, signalTypes } from "./signal-type.ts";

export function addConfigurationRoutes(scope: MatcherScope): void {
	addTypes(scope);
	addIndexStatus(scope);
	addExchanges(scope);
}

function addTypes({ server, guards }: MatcherScope): void {
	server.route({
		...guards(),
		method: "GET",
		url: "/c/signal_type",
		schema: { tags: ["configuration"], summary: "List signal types", response: { 200: signalTypeAnswer, ...refusals } },
		handler: async () => signalTypes.map(({ name }) => ({ name, enabled_ratio: 1 })),
	});
	server.route({
		...guards({ curates: true }),
		method: "PUT",
		url: "/c/signal_type/:signal_type_name",
		schema: {
			tags: ["configuration"],
			summary: "Not possible: signal types are always on",
			response: { ...refusals, 409: refusal },
		},
		handler: async () => {
			throw new Refusal(409, "signal types are always on here; switch banks instead");
		},
	});
	server.route({
		...guards(),
		method: "GET",
		url: "/c/content_type",
		schema: {
			tags: ["configuration"],
			summary: "List content types",
			response: { 200: contentTypeAnswer, ...refusals },
		},
		handler: async () => contentTypes.map((name) => ({ name, enabled: true })),
	});
}

function addIndexStatus({ server, deps, guards }: MatcherScope): void {
	const statusBy = async <T>(name: string | undefined, show: (count: { size: number; newest: number }) => T) => {
		const counts = await deps.contents.counts();
		return Object.fromEntries(
			typesNamed(name).map((type) => {
				const count = counts.find(({ hashType }) => hashType === type.hashType);
				const newest = count?.newestAt ? Math.trunc(count.newestAt.getTime() / 1_000) : -1;
				return [type.name, show({ size: count?.entries ?? 0, newest })];
			}),
		);
	};
	server.route({
		...guards(),
		method: "GET",
		url: "/m/index/status",
		schema: {
			tags: ["matching"],
			summary: "How much is known of each signal type",
			querystring: typeQuery,
			response: { 200: indexStatusAnswer, ...refusals },
		},
		handler: async ({ query }) => {
			const present = deps.index.state() !== "loading";
			return statusBy(query.signal_type, ({ size, newest }) => ({ built_to: newest, present, size }));
		},
	});
	server.route({
		...guards(),
		method: "GET",
		url: "/c/signal_type/index",
		schema: {
			tags: ["configuration"],
			summary: "How far the copy in memory is level with the record",
			querystring: typeQuery,
			response: { 200: z.record(z.string(), indexDetail), ...refusals },
		},
		handler: async ({ query }) => {
			const isLevel = deps.index.state() === "ready";
			return statusBy(query.signal_type, ({ size, newest }) => ({
				db_size: size,
				index_size: isLevel ? size : 0,
				index_out_of_date: !isLevel,
				newest_db_item: newest,
				index_built_to: isLevel ? newest : -1,
			}));
		},
	});
}

function typesNamed(name: string | undefined): readonly SignalType[] {
	if (name === undefined) return signalTypes;
	const found = signalTypes.filter((one) => one.name === name);
	if (found.length === 0) throw new Refusal(400, `No such signal type '${shown(name)}'`);
	return found;
}

function addExchanges({ server, guards }: MatcherScope): void {
	const none = (what: string) => async (request: { readonly params: unknown }) => {
		const [name = ""] = Object.values(isRecord(request.params) ? request.params : {}).map(String);
		throw new Refusal(what === "api" ? 400 : 404, messageOf(what, shown(name)));
	};
	const schema = (summary: string) => ({ tags: ["exchanges"], summary, response: { ...refusals, 404: refusal } });
	const listing = (summary: string) => ({ ...schema(summary), response: { 200: z.array(z.string()), ...refusals } });
	const lists = { ...guards(), method: "GET", handler: async () => [] } as const;
	server.route({ ...lists, url: "/c/exchanges", schema: listing("List exchanges: none") });
	server.route({ ...lists, ...guards(), url: "/c/exchanges/apis", schema: listing("List kinds of exchange: none") });
	for (const [method, url, what] of [
		["GET", "/c/exchanges/api/:api_name", "api"],
		["POST", "/c/exchanges/api/:api_name", "api"],
		["GET", "/c/exchanges/api/:api_name/schema", "schema"],
		["GET", "/c/exchange/:exchange_name", "exchange"],
		["GET", "/c/exchange/:exchange_name/status", "exchange"],
		["PUT", "/c/exchange/:exchange_name", "exchange"],
	] as const)
		server.route({
			...guards({ curates: method !== "GET" }),
			...{ method, url, handler: none(what), schema: schema("Answers that there is none") },
		});
	server.route({
		...guards({ curates: true }),
		method: "DELETE",
		url: "/c/exchange/:exchange_name",
		schema: { ...schema("Answers as if it were deleted"), response: { 200: done, ...refusals } },
		handler: async () => ({ message: "Exchange deleted" }),
	});
	server.route({
		...guards({ curates: true }),
		method: "POST",
		url: "/c/exchanges",
		schema: {
			...schema("Refused: lists are imported by `breakwater bank import`"),
			response: { ...refusals, 415: refusal },
		},
		handler: async (request) => refuseExchange(jsonOf(request)),
	});
}

function messageOf(what: string, name: string): string {
	if (what === "exchange") return `Exchange '${name}' not found`;
	return what === "api" ? `no such Exchange API '${name}'` : `Exchange API '${name}' not found`;
}

function refuseExchange(body: unknown): never {
	const { bank, api, api_json: settings = {} } = isRecord(body) ? body : {};
	if (bank === undefined || bank === null) throw new Refusal(400, "bank is required");
	if (typeof bank !== "string" || !/^[A-Z0-9_]+$/.test(bank))
		throw new Refusal(400, "Field `bank` must match /^[A-Z0-9_]+$/");
	if (!isRecord(settings)) throw new Refusal(400, "Field `api_json` must be object");
	if (api === undefined || api === null) throw new Refusal(400, "Field `api_type` is required");
	throw new Refusal(400, `No such exchange type '${shown(String(api))}'`);
}

// Breakers: reading them, the kill switch, and closing again. Each change is kept with who made it and why.
import { BreakwaterError } from "../core/errors.ts";
import { entryId } from "../core/ids.ts";
import { isAllowed } from "../core/people/user.ts";
import { type BreakerScope, everything } from "../core/policy/breaker.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { BreakerStore } from "../core/ports/breaker-store.ts";
import type { ModelSettingsStore } from "../core/ports/model-settings-store.ts";
import type { PlatformStore } from "../core/ports/platform-store.ts";
import type { RuleStore } from "../core/ports/rule-store.ts";
import {
	type BreakerScopeChoice,
	breakerChange,
	breakerClosing,
	breakerRequest,
	breakersAnswer,
} from "../core/wire/breakers-api.ts";
import { type HttpServer, problemResponses } from "../runtime/http/server.ts";
import type { Guard } from "./guard.ts";

export interface BreakerRouteDeps {
	readonly guard: Guard;
	readonly breakers: Omit<BreakerStore, "close">;
	readonly banks: Pick<BankStore, "list" | "findEntry">;
	readonly platforms: Pick<PlatformStore, "list">;
	readonly rules: Pick<RuleStore, "list" | "revisions">;
	readonly modelSettings: Pick<ModelSettingsStore, "current">;
	/** The model that speaks where nobody has chosen another. */
	readonly configuredModel: string;
}

const tags = ["status"];
const historyShown = 20;

export function registerBreakerRoutes(server: HttpServer, deps: BreakerRouteDeps): void {
	const { guard, breakers } = deps;
	server.route({
		method: "GET",
		url: "/api/breakers",
		schema: {
			tags,
			summary: "Breakers on automatic withholds that are open, and the last changes",
			response: { 200: breakersAnswer, ...problemResponses },
		},
		onRequest: guard.needs("status:read"),
		handler: async (request) => {
			const maySwitch = isAllowed(guard.sessionOf(request).user, "breaker:switch");
			const [open, history, scopes] = await Promise.all([
				breakers.listOpen(),
				breakers.history(historyShown),
				maySwitch ? listScopes(deps) : [],
			]);
			return {
				scopes,
				open: open.map((one) => ({ ...one, openedAt: one.openedAt.toISOString() })),
				history: history.map((one) => ({ ...one, at: one.at.toISOString() })),
			};
		},
	});
	server.route({
		method: "POST",
		url: "/api/breakers/open",
		schema: {
			tags,
			summary: "Leave to people what this would withhold; every detector knows within a second",
			body: breakerRequest,
			response: { 200: breakerChange, ...problemResponses },
		},
		onRequest: guard.needs("breaker:switch"),
		handler: async (request) => {
			const { login } = guard.sessionOf(request).user;
			await requireScope(deps, request.body);
			return { isChanged: await breakers.open({ ...request.body, by: login }) };
		},
	});
	server.route({
		method: "POST",
		url: "/api/breakers/close",
		schema: {
			tags,
			summary: "Let the machine withhold again; on an entry's matches when a second person agrees",
			body: breakerRequest,
			response: { 200: breakerClosing, ...problemResponses },
		},
		onRequest: guard.needs("breaker:switch"),
		handler: async (request) => {
			const { reason, ...scope } = request.body;
			const { login } = guard.sessionOf(request).user;
			const { isClosed, waiting } = await breakers.closeAlone(scope, login, reason);
			return { isChanged: isClosed, waiting: waiting !== null };
		},
	});
}

async function listScopes({ banks, platforms, rules, modelSettings, configuredModel }: BreakerRouteDeps) {
	const [allBanks, allPlatforms, allRules, settings] = await Promise.all([
		banks.list(),
		platforms.list(),
		rules.list(),
		modelSettings.current(),
	]);
	const models = new Set([
		settings.live ?? configuredModel,
		...(settings.shadow === null ? [] : [settings.shadow.model]),
	]);
	return [
		...allBanks.map(({ id, name }): BreakerScopeChoice => ({ kind: "bank", key: id, label: name })),
		...allPlatforms.map(({ id, name }): BreakerScopeChoice => ({ kind: "platform", key: id, label: name })),
		...[...new Set(allRules.map(({ body }) => body.name))].map(
			(name): BreakerScopeChoice => ({ kind: "rule", key: name, label: name }),
		),
		...[...models].map((model): BreakerScopeChoice => ({ kind: "model", key: model, label: model })),
	];
}

/** A breaker of nothing would stop nothing, and look as if it did. Models are files of the detectors': any id is taken. */
async function requireScope(deps: BreakerRouteDeps, { kind, key }: BreakerScope): Promise<void> {
	if (await isThere(deps, { kind, key })) return;
	throw new BreakwaterError("not-found", { reasons: [{ code: "not-there", what: "breaker-scope" }] });
}

async function isThere({ banks, platforms, rules }: BreakerRouteDeps, { kind, key }: BreakerScope): Promise<boolean> {
	switch (kind) {
		case "all":
			return key === everything.key;
		case "bank":
			return (await banks.list()).some(({ id }) => id === key);
		case "platform":
			return (await platforms.list()).some(({ id }) => id === key);
		case "entry": {
			const id = entryId.safeParse(key);
			return id.success && (await banks.findEntry(id.data)) !== null;
		}
		case "rule":
			return (await rules.revisions(key)).length > 0;
		case "model":
			return true;
	}
}

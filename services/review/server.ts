// The review process's HTTP surface: the API under /api, and the console that uses it.
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import type { User } from "../core/people/user.ts";
import type { BankDraftStore } from "../core/ports/bank-draft-store.ts";
import type { BankStore } from "../core/ports/bank-store.ts";
import type { FactStore } from "../core/ports/fact-store.ts";
import type { RevealStore } from "../core/ports/reveal-store.ts";
import type { UserStore } from "../core/ports/user-store.ts";
import { createRuleCompiler } from "../core/rules/compile-rule.ts";
import { createFactCatalogue } from "../core/rules/fact-catalogue.ts";
import { csrfHeader } from "../core/wire/review-api.ts";
import { describeStorable, refuseUnstorable } from "../runtime/http/refuse-unstorable.ts";
import { createHttpServer, type HttpServer, type HttpServerOptions } from "../runtime/http/server.ts";
import { createSessions, type SessionDeps } from "../runtime/http/sessions.ts";
import { type ActRouteDeps, registerActRoutes } from "./act-routes.ts";
import type { CaseRouteDeps } from "./acting.ts";
import { registerBankDraftRoutes } from "./bank-draft-routes.ts";
import { type BankRouteDeps, registerBankRoutes } from "./bank-routes.ts";
import { type BreakerRouteDeps, registerBreakerRoutes } from "./breaker-routes.ts";
import { carryOutDrafts } from "./carry-out-drafts.ts";
import { registerCaseRoutes } from "./case-routes.ts";
import { type ClockRouteDeps, registerClockRoutes } from "./clock-routes.ts";
import { registerConsole } from "./console-files.ts";
import { createGuard, type Guard } from "./guard.ts";
import { openLiveEvents } from "./live-events.ts";
import { registerLiveRoutes } from "./live-routes.ts";
import { type ModelRouteDeps, registerModelRoutes } from "./model-routes.ts";
import { type OperatorRouteDeps, registerOperatorRoutes } from "./operator-routes.ts";
import { registerOutbreakRoutes } from "./outbreak-routes.ts";
import { type PolicyRouteDeps, registerPolicyRoutes } from "./policy-routes.ts";
import { type ReportRouteDeps, registerReportRoutes } from "./report-routes.ts";
import { type RequestEntryRouteDeps, registerRequestEntryRoutes } from "./request-entry-routes.ts";
import { type RevealRouteDeps, registerRevealRoutes } from "./reveal-routes.ts";
import { createReveals } from "./reveals.ts";
import { type RuleRouteDeps, registerRuleRoutes } from "./rule-routes.ts";
import { type RuleStageRouteDeps, registerRuleStageRoutes } from "./rule-stage-routes.ts";
import { createBacktestRuns } from "./run-backtests.ts";
import { registerSessionRoutes, type SessionRouteDeps } from "./session-routes.ts";
import { registerSilenceRoutes, type SilenceRouteDeps } from "./silence-routes.ts";
import { registerSnoozeRoutes } from "./snooze-routes.ts";
import { registerStuckRoutes, type StuckRouteDeps } from "./stuck-routes.ts";
import { registerSweepRoutes, type SweepRouteDeps } from "./sweep-routes.ts";
import { registerTrendRoutes, type TrendRouteDeps } from "./trend-routes.ts";

export type ReviewDeps = Pick<HttpServerOptions, "logger" | "metrics" | "health" | "trustedProxies"> &
	Omit<SessionDeps, "users" | "secondFactor"> & { readonly users: UserStore } & Omit<CaseRouteDeps, "guard"> &
	Omit<RevealRouteDeps, "guard" | "reveals" | "sessions"> & { readonly reveals: RevealStore } & Omit<
		OperatorRouteDeps,
		"guard"
	> &
	Omit<StuckRouteDeps, "guard"> &
	Omit<ReportRouteDeps, "guard"> &
	Omit<RequestEntryRouteDeps, "guard"> &
	Omit<ClockRouteDeps, "guard"> &
	Omit<SilenceRouteDeps, "guard"> &
	Omit<ActRouteDeps, "guard"> &
	Omit<BankRouteDeps, "guard" | "banks"> & {
		readonly bankDrafts: BankDraftStore;
		readonly banks: BankStore;
	} & Omit<BreakerRouteDeps, "guard"> &
	Omit<SweepRouteDeps, "guard"> &
	Omit<TrendRouteDeps, "guard"> &
	Omit<ModelRouteDeps, "guard"> &
	Omit<PolicyRouteDeps, "guard"> &
	Omit<RuleRouteDeps, "guard" | "ruleCompiler"> &
	Omit<RuleStageRouteDeps, "guard" | "ruleCompiler" | "facts"> & { readonly facts: FactStore } & Pick<
		SessionRouteDeps,
		"events" | "secureCookies"
	>;

const bodyLimitBytes = 65_536;
/** Files of hashes are large, and not every line is fast. */
const requestTimeoutMs = 300_000;

export async function createReviewServer(deps: ReviewDeps): Promise<HttpServer> {
	const { clock, cases, logger, metrics, health, trustedProxies = [] } = deps;
	const sessions = createSessions<User>(deps);
	const guard = createGuard({ sessions, secure: deps.secureCookies });
	const server = await createHttpServer({
		api: {
			title: "Breakwater review",
			version: "1",
			description: `What reviewers, leads and operators do, for the console and for curl.\n\nLog in with POST /api/session; keep the cookie, and send csrfToken as ${csrfHeader} with every request that changes something. Errors are problem documents (RFC 9457) with a code that stays the same. Whoever acts on a case holds it: claim it, send its fence with every act, and a heartbeat before the lease runs out.`,
			securitySchemes: {
				session: { type: "apiKey", in: "cookie", name: guard.cookieName, description: "Set by POST /api/session" },
				csrf: { type: "apiKey", in: "header", name: csrfHeader, description: "csrfToken of the session" },
			},
			complete: describeStorable,
		},
		...{ logger, metrics, health, bodyLimitBytes, requestTimeoutMs, trustedProxies },
	});
	refuseUnstorable(server);
	await server.register(cookie);
	await server.register(rateLimit, { global: false });
	registerSessionRoutes(server, { ...deps, guard, sessions });
	registerCaseRoutes(server, { ...deps, guard });
	registerRevealRoutes(server, { ...deps, guard, sessions, reveals: createReveals({ store: deps.reveals, clock }) });
	registerOperatorRoutes(server, { ...deps, guard });
	registerStuckRoutes(server, { ...deps, guard });
	registerReportRoutes(server, { ...deps, guard });
	registerRequestEntryRoutes(server, { ...deps, guard });
	registerClockRoutes(server, { ...deps, guard });
	registerSilenceRoutes(server, { ...deps, guard });
	registerActRoutes(server, { ...deps, guard });
	const imports = carryOutDrafts(deps);
	server.addHook("onClose", () => imports.stop());
	registerBankRoutes(server, { ...deps, guard });
	registerBankDraftRoutes(server, { ...deps, guard, carryOut: () => imports.now() });
	registerBreakerRoutes(server, { ...deps, guard });
	registerSweepRoutes(server, { ...deps, guard });
	registerOutbreakRoutes(server, { ...deps, guard });
	registerTrendRoutes(server, { ...deps, guard });
	registerModelRoutes(server, { ...deps, guard });
	registerPolicyRoutes(server, { ...deps, guard });
	registerRules(server, deps, guard);
	const liveEvents = await openLiveEvents({ cases, sessions, clock, logger });
	registerLiveRoutes(server, { guard, liveEvents });
	await registerConsole(server);
	return server;
}

function registerRules(server: HttpServer, deps: ReviewDeps, guard: Guard): void {
	const ruleCompiler = createRuleCompiler(createFactCatalogue(deps.signalCatalogue));
	const runs = createBacktestRuns({ ...deps, compiler: ruleCompiler });
	server.addHook("onClose", () => runs.stop());
	registerRuleRoutes(server, { ...deps, guard, ruleCompiler });
	registerRuleStageRoutes(server, { ...deps, guard, ruleCompiler, runs });
	registerSnoozeRoutes(server, { ...deps, guard });
}

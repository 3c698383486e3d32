// The review process's server on a real record, with a clock that tests move and pictures that say how they were rendered.
import { randomUUID } from "node:crypto";
import { createPasswordHasher, hashPassword } from "../../../services/adapters/argon2/password-hasher.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { BreakwaterError } from "../../../services/core/errors.ts";
import type { CaseId, ItemId } from "../../../services/core/ids.ts";
import type { Role } from "../../../services/core/people/user.ts";
import { initialPolicies, type Policies } from "../../../services/core/policy/policy.ts";
import type { OutgoingRecord } from "../../../services/core/ports/item-stream.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import type { ExaminedItem } from "../../../services/core/ports/verdict-store.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { createReviewServer } from "../../../services/review/server.ts";
import type { TrendRouteDeps } from "../../../services/review/trend-routes.ts";
import { createAuthorityDesk } from "../../../services/runtime/authority-desk.ts";
import { createEvents } from "../../../services/runtime/events.ts";
import type { HttpServer } from "../../../services/runtime/http/server.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";
import { newItem } from "../../support/examined-items.ts";
import { openTestRecord } from "../../support/test-database.ts";

export const password = "correct horse battery staple";
export const claimLeaseMs = 60_000;
export const sessionIdleMs = 1_800_000;
export const sessionMaxMs = 28_800_000;

export interface Answer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
	readonly json: any;
	readonly headers: Readonly<Record<string, unknown>>;
	readonly body: string;
}

export interface Person {
	readonly id: string;
	readonly login: string;
	readonly cookie: string;
	readonly csrfToken: string;
	get(url: string): Promise<Answer>;
	post(url: string, body?: object): Promise<Answer>;
	patch(url: string, body: object): Promise<Answer>;
	delete(url: string): Promise<Answer>;
}

export interface ReviewFixture extends AsyncDisposable {
	readonly server: HttpServer;
	readonly databaseUrl: string;
	/** What review says of its parts; tests change it. */
	readonly partsHealth: Record<string, string>;
	readonly stores: Stores;
	readonly platform: Platform;
	readonly published: OutgoingRecord[];
	readonly media: Map<string, Uint8Array>;
	/** Moves the clock. */
	pass(ms: number): void;
	addUser(roles: readonly Role[]): Promise<string>;
	logIn(login: string): Promise<Person>;
	/** A new account with these roles, logged in. */
	newPerson(...roles: readonly Role[]): Promise<Person>;
	/** An item that people must see, in a case of its own. */
	addCase(item?: Partial<ExaminedItem>): Promise<{ readonly caseId: CaseId; readonly itemId: ItemId }>;
	readonly send: Send;
	/** To a second review process on the same record. */
	readonly sendElsewhere: Send;
}

type Send = (
	method: "GET" | "POST" | "DELETE" | "PUT" | "PATCH",
	url: string,
	options?: SendOptions,
) => Promise<Answer>;

interface SendOptions {
	readonly cookie?: string;
	readonly csrfToken?: string;
	readonly body?: object | string;
	readonly headers?: Readonly<Record<string, string>>;
}

export async function openReview(
	policies: Policies = initialPolicies,
	askTrend: TrendRouteDeps["askTrend"] = () => Promise.reject(new BreakwaterError("history-unavailable")),
	askView: TrendRouteDeps["askView"] = () => Promise.reject(new BreakwaterError("history-unavailable")),
): Promise<ReviewFixture> {
	const record = await openTestRecord();
	const stores = createStores(record.database);
	const source = "//forum.example";
	const platform = await stores.platforms.create({ name: "forum", source, webhook: null, mediaHosts: [] });
	const passwordHash = await hashPassword(password);
	const media = new Map<string, Uint8Array>();
	const published: OutgoingRecord[] = [];
	const partsHealth: Record<string, string> = {};
	let now = Date.now();
	const openServer = async () => {
		const metrics = createMetrics("test");
		const events = createEvents(silentLogger, metrics);
		const clock = { now: () => now };
		const opened = await createReviewServer({
			...stores,
			logger: silentLogger,
			...{ metrics, events, clock },
			authorityDesk: createAuthorityDesk({ ...stores, clock, events }),
			health: async () => ({ isReady: true, parts: { ...partsHealth } }),
			passwords: createPasswordHasher(),
			stream: { publish: async (_topic, records) => void published.push(...records) },
			mediaStore: { get: async (key) => media.get(key) ?? null },
			renderer: {
				render: async (pictures, level, watermark) =>
					pictures.every(({ length }) => length === 0)
						? null
						: Buffer.from(`level ${level} for ${watermark} of ${pictures.map((one) => Buffer.from(one)).join(", ")}`),
			},
			policies,
			askTrend,
			askView,
			signalCatalogue,
			configuredModel: "test",
			claimLeaseMs,
			idleMs: sessionIdleMs,
			maxMs: sessionMaxMs,
			maxMediaBytes: 1_000,
			secureCookies: false,
		});
		await opened.ready();
		return opened;
	};
	const [server, second] = [await openServer(), await openServer()];

	const sendTo =
		(to: HttpServer): Send =>
		async (method, url, options = {}) => {
			const { cookie, csrfToken, body, headers = {} } = options;
			const answer = await to.inject({
				method,
				url,
				headers: {
					...(cookie === undefined ? {} : { cookie }),
					...(csrfToken === undefined ? {} : { "x-breakwater-csrf": csrfToken }),
					...(body === undefined ? {} : { "content-type": "application/json" }),
					...headers,
				},
				...(body === undefined ? {} : { payload: body }),
			});
			const isJson = String(answer.headers["content-type"]).includes("json");
			return {
				status: answer.statusCode,
				json: isJson ? answer.json() : null,
				headers: answer.headers,
				body: answer.body,
			};
		};
	const send = sendTo(server);
	const logIn = async (login: string): Promise<Person> => {
		const { status, json, headers } = await send("POST", "/api/session", { body: { login, password } });
		if (status !== 201) throw new Error(`could not log in: ${status}`);
		const [cookie = ""] = String(headers["set-cookie"]).split(";");
		const own = { cookie, csrfToken: json.csrfToken };
		return {
			id: json.user.id,
			login,
			...own,
			get: (url) => send("GET", url, own),
			post: (url, body) => send("POST", url, { ...own, ...(body === undefined ? {} : { body }) }),
			patch: (url, body) => send("PATCH", url, { ...own, body }),
			delete: (url) => send("DELETE", url, own),
		};
	};
	const addUser = async (roles: readonly Role[]) => {
		const login = `user-${randomUUID().slice(0, 8)}`;
		await stores.users.create({ login, displayName: `Name of ${login}`, roles, passwordHash });
		return login;
	};
	return {
		server,
		databaseUrl: record.url,
		partsHealth,
		stores,
		platform,
		published,
		media,
		pass: (ms) => {
			now += ms;
		},
		addUser,
		logIn,
		newPerson: async (...roles) => logIn(await addUser(roles)),
		async addCase(change = {}) {
			const item = newItem(platform.id, source, { clusterKey: randomUUID(), ...change });
			const [outcome] = await stores.verdicts.record([item]);
			if (outcome?.kind !== "recorded" || outcome.caseId === null) throw new Error("the item has a case");
			return { caseId: outcome.caseId, itemId: item.id };
		},
		send,
		sendElsewhere: sendTo(second),
		async [Symbol.asyncDispose]() {
			await server.close();
			await second.close();
			await record[Symbol.asyncDispose]();
		},
	};
}

// Intake's server over real HTTP, on a real record and a folder of media; the stream keeps what was published, and can be out of reach.
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFolderMediaStore } from "../../../services/adapters/media/folder-media-store.ts";
import { createStores, type Stores } from "../../../services/adapters/postgres/stores.ts";
import { createResumableUploads } from "../../../services/adapters/tus/resumable-uploads.ts";
import { BreakwaterError } from "../../../services/core/errors.ts";
import type { OutgoingRecord } from "../../../services/core/ports/item-stream.ts";
import type { MediaStore } from "../../../services/core/ports/media-store.ts";
import type { Platform } from "../../../services/core/ports/platform-store.ts";
import type { Topic } from "../../../services/core/wire/topics.ts";
import { createItemAllowance } from "../../../services/intake/item-allowance.ts";
import { intakeApi } from "../../../services/intake/openapi.ts";
import { createTakeComplete, uploadsPath } from "../../../services/intake/resumable-routes.ts";
import { registerIntakeRoutes } from "../../../services/intake/routes.ts";
import { createTakeUpload } from "../../../services/intake/take-upload.ts";
import { createClosing } from "../../../services/runtime/closing.ts";
import { createEvents } from "../../../services/runtime/events.ts";
import { createCheckKey, createCheckReporterKey } from "../../../services/runtime/http/check-key.ts";
import { closeHttpServer, createHttpServer } from "../../../services/runtime/http/server.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { createMetrics } from "../../../services/runtime/metrics.ts";
import { readJurisdictions } from "../../../services/runtime/read-jurisdictions.ts";
import { openTestRecord } from "../../support/test-database.ts";

export const maxEventBytes = 10_000;
export const maxMediaBytes = 200_000;
const usualRequestsPerSecond = 200;
export const eventSecret = "a secret of the test, 32 characters";
export const itemsPerSecond = 1_000;

interface Published extends OutgoingRecord {
	readonly topic: Topic;
}

export interface IntakeFixture extends AsyncDisposable {
	readonly url: string;
	readonly stores: Stores;
	readonly platform: Platform;
	readonly apiKey: string;
	readonly mediaStore: MediaStore;
	readonly mediaFolder: string;
	/** Where uploads in parts lie. */
	readonly partsFolder: string;
	/** What intake does with them once in a while. */
	tidyParts(): Promise<number>;
	/** Another process in the place of the first. */
	restart(): Promise<void>;
	readonly published: Published[];
	/** What the stream does with the next records. */
	stream: "takes" | "fails";
	pass(ms: number): void;
	addPlatform(name: string): Promise<{ readonly platform: Platform; readonly apiKey: string }>;
	post(path: string, options: PostOptions): Promise<PostAnswer>;
	/** Of a metric's only series that carries these labels; 0 where there is none. */
	metric(name: string, labels: Readonly<Record<string, string>>): Promise<number>;
}

export type Body = string | Uint8Array | ReadableStream<Uint8Array>;

interface PostOptions {
	readonly body?: Body | object;
	readonly headers?: Readonly<Record<string, string>>;
	/** Null: none. */
	readonly key?: string | null;
}

export interface PostAnswer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
	readonly json: any;
	readonly headers: Headers;
}

export async function openIntake({
	maxRequestsPerSecond = usualRequestsPerSecond,
}: {
	readonly maxRequestsPerSecond?: number;
} = {}): Promise<IntakeFixture> {
	const closing = createClosing();
	const record = closing.keep(await openTestRecord());
	const stores = createStores(record.database);
	const mediaFolder = await mkdtemp(join(tmpdir(), "breakwater-intake-"));
	closing.keep({ [Symbol.asyncDispose]: () => rm(mediaFolder, { recursive: true, force: true }) });
	const mediaStore = createFolderMediaStore({ folder: mediaFolder });
	let now = Date.now();
	const clock = { now: () => now };
	const metrics = createMetrics("test");
	const logger = silentLogger;
	const partsFolder = join(mediaFolder, "parts-of-uploads");
	const published: Published[] = [];
	const addPlatform = async (name: string) => {
		const source = `//${name}.example`;
		const platform = await stores.platforms.create({ name, source, webhook: null, mediaHosts: [] });
		const apiKey = `bw_${name}_${randomBytes(32).toString("base64url")}`;
		await stores.platforms.addKey(platform.id, createHash("sha256").update(apiKey).digest(), "test");
		return { platform, apiKey };
	};
	const own = await addPlatform("forum");
	const fixture: Omit<IntakeFixture, "url" | "post"> = {
		...{ stores, mediaStore, mediaFolder, partsFolder, published, addPlatform, ...own },
		tidyParts: () => running.uploads.tidy(),
		async restart() {
			await closeHttpServer(running.server, 100);
			running = await serve(Number(new URL(running.url).port));
		},
		stream: "takes",
		pass: (ms) => {
			now += ms;
		},
		async metric(name, labels) {
			const family = await metrics.registry.getSingleMetric(name)?.get();
			const series = family?.values.find((one) =>
				Object.entries(labels).every(([label, value]) => one.labels[label] === value),
			);
			return series?.value ?? 0;
		},
		[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
	};
	const limits = { maxMediaBytes, maxVideoBytes: maxMediaBytes * 2 };
	const events = createEvents(logger, metrics);
	const taking = {
		stream: {
			async publish(topic: Topic, records: readonly OutgoingRecord[]) {
				if (fixture.stream === "fails") throw new BreakwaterError("stream-unavailable");
				published.push(...records.map((one) => ({ ...one, topic })));
			},
		},
		...{ eventSecret, mediaStore, clock, logger },
	};
	const serve = async (port: number) => {
		const server = await createHttpServer({
			api: intakeApi,
			...{ logger, metrics, bodyLimitBytes: maxEventBytes, requestTimeoutMs: 10_000 },
			health: async () => ({ isReady: true, parts: {} }),
		});
		const uploads = createResumableUploads({
			...{ folder: partsFolder, roomBytes: 0, path: uploadsPath, clock, logger },
			take: createTakeComplete({
				...{ platforms: stores.platforms, takeUpload: createTakeUpload(taking), events, ...limits },
			}),
		});
		await registerIntakeRoutes(server, {
			checkKey: createCheckKey({ platforms: stores.platforms, clock }),
			...{ reporters: stores.reporters, appeals: stores.appeals, laws: readJurisdictions() },
			checkReporterKey: createCheckReporterKey({ reporters: stores.reporters, clock }),
			allowance: createItemAllowance({ clock, itemsPerSecond }),
			...{ uploads, events, ...taking, ...limits, maxEventBytes, maxRequestsPerSecond },
		});
		return { server, uploads, url: await server.listen({ host: "127.0.0.1", port }) };
	};
	let running = await serve(0);
	closing.keep({ [Symbol.asyncDispose]: () => running.server.close() });
	const { url } = running;
	return Object.assign(fixture, {
		url,
		post: (path: string, options: PostOptions) => post(url + path, own.apiKey, options),
	});
}

async function post(
	url: string,
	ownKey: string,
	{ body, headers = {}, key = ownKey }: PostOptions,
): Promise<PostAnswer> {
	const answer = await fetch(url, {
		method: "POST",
		headers: {
			...(key === null ? {} : { authorization: `Bearer ${key}` }),
			...(isPlain(body) ? { "content-type": "application/cloudevents+json" } : {}),
			...headers,
		},
		...(body === undefined ? {} : { body: isPlain(body) ? JSON.stringify(body) : (body as Body), duplex: "half" }),
	});
	const text = await answer.text();
	return { status: answer.status, json: text === "" ? null : JSON.parse(text), headers: answer.headers };
}

/** JSON to be, as opposed to bytes, text and streams. */
function isPlain(body: PostOptions["body"]): body is Exclude<PostOptions["body"], Body | undefined> {
	return typeof body === "object" && (Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype);
}

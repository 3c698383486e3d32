// What commands are made of: the shared parts for those that touch the record, a scanner for those that only look at files. What
// few commands need (decoders, models, the password hasher, the webhook client) is loaded by those.
import { availableParallelism } from "node:os";
import type { ViewText } from "../core/history/saved-view.ts";
import type { TrendView } from "../core/history/trends.ts";
import type { MediaExaminer } from "../core/ports/image-examiner.ts";
import type { DeliveryOutcome } from "../core/ports/platform-client.ts";
import type { Platform } from "../core/ports/platform-store.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import type { AskDeps, Trend, TrendAsked, ViewAnswer } from "../parts/ask-history.ts";
import type * as Examination from "../parts/examination.ts";
import { openParts, type Parts } from "../parts/parts.ts";
import { createClosing } from "../runtime/closing.ts";
import { type Config, readConfig } from "../runtime/config.ts";
import { createLogger } from "../runtime/logger.ts";
import { unknownId } from "./unknown-id.ts";

/** Commands say little unless something is wrong. */
function commandConfig(): Config {
	const config = readConfig();
	return { ...config, logLevel: config.logLevel === "info" ? "warn" : config.logLevel };
}

export async function withParts<T>(use: (parts: Parts) => Promise<T>): Promise<T> {
	await using parts = await openParts(commandConfig(), "cli");
	return await use(parts);
}

const examination = (): Promise<typeof Examination> => import("../parts/examination.ts");
const argon2 = () => import("../adapters/argon2/password-hasher.ts");

export async function listModels(): ReturnType<typeof Examination.listModels> {
	return (await examination()).listModels();
}

export async function checkModel(id: string): ReturnType<typeof Examination.checkModel> {
	return (await examination()).checkModel(id);
}

export async function hashPassword(password: string): Promise<string> {
	return (await argon2()).hashPassword(password);
}

export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
	const { createPasswordHasher } = await argon2();
	return createPasswordHasher().verify(stored, password);
}

/** Whoever waits at a command line may have the whole machine for it. */
const historyEngine = { threads: availableParallelism(), memoryMib: 1_024 };

export function askTrend(view: TrendView, asked: TrendAsked): Promise<Trend<TrendView>> {
	return withHistory(asked, async (deps) => (await askingHistory()).askHistory(deps, view, asked));
}

export function askView(view: Pick<ViewText, "query">, asked: TrendAsked): Promise<ViewAnswer> {
	return withHistory(asked, async (deps) => (await askingHistory()).askSavedView(deps, view, asked));
}

const askingHistory = () => import("../parts/ask-history.ts");

async function withHistory<T>({ platform }: TrendAsked, use: (deps: AskDeps) => Promise<T>): Promise<T> {
	const { openHistory } = await import("../parts/history.ts");
	return withParts(async ({ config, stores: { history, banks, platforms }, clock }) => {
		if (platform !== null && (await platforms.list()).every(({ name }) => name !== platform))
			throw unknownId({ what: "platform", list: "platform list" }, platform);
		return await use({ history, banks, parts: openHistory(config, historyEngine), nowMs: clock.now() });
	});
}

/** As takedown sends its orders. */
export async function testWebhook(platform: Platform): Promise<DeliveryOutcome> {
	const { createWebhookClient } = await import("../adapters/platforms/webhook-client.ts");
	const { webhookTimeoutMs: timeoutMs, allowPrivateAddresses } = commandConfig().takedown;
	const clock = { now: () => Date.now() };
	await using client = createWebhookClient({ timeoutMs, allowPrivateAddresses, clock });
	return await client.test(platform, AbortSignal.timeout(timeoutMs));
}

export interface Scanner extends AsyncDisposable {
	readonly examiner: MediaExaminer;
	/** Videos may be larger than other files. */
	readonly maxVideoBytes: number;
	/** Null with `--no-model`. */
	readonly scorer: Scorer | null;
	readonly maxBytes: number;
	readonly workers: number;
}

export async function openScanner(options: {
	readonly withModel: boolean;
	readonly listsVideos?: boolean;
}): Promise<Scanner> {
	const { openExaminer, openModels } = await examination();
	const config = commandConfig();
	const logger = createLogger({ level: config.logLevel, name: "cli" });
	const closing = createClosing();
	try {
		const examiner = closing.keep(openExaminer({ config, logger }, { listsVideos: options.listsVideos ?? false }));
		// Nobody waits for a folder's scan within seconds: a slow machine may take its time.
		const model = { ...config.model, deadlineMs: Math.max(config.model.deadlineMs, 60_000) };
		const models = options.withModel ? openModels({ config: { ...config, model }, logger }) : null;
		const scorer = models === null ? null : closing.keep(await models.open(models.configured));
		const { maxMediaBytes: maxBytes, maxVideoBytes } = config.limits;
		const workers = config.detector.examinerWorkers;
		return {
			...{ examiner, scorer, maxBytes, maxVideoBytes, workers },
			[Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
		};
	} catch (error) {
		await closing[Symbol.asyncDispose]();
		throw error;
	}
}

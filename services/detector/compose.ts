// Puts the detector together: the pipeline's adapters, the matcher with its follower, one subscription per lane.

import { createLinkSource } from "../adapters/links/link-source.ts";
import { createLocalCopies } from "../adapters/media/local-copies.ts";
import { createMediaFetcher } from "../adapters/media/media-fetcher.ts";
import { drawSample } from "../adapters/sharp/draw-sample.ts";
import { windowMs } from "../core/conversations/message.ts";
import type { MediaExaminer } from "../core/ports/image-examiner.ts";
import type { Subscription } from "../core/ports/item-stream.ts";
import type { MediaFetcher } from "../core/ports/media-fetcher.ts";
import { keptMs } from "../core/rules/lately.ts";
import { lanes } from "../core/wire/topics.ts";
import { openExaminer, openModels, openTextModel, openWordReader } from "../parts/examination.ts";
import type { BankFollower } from "../parts/follow-banks.ts";
import type { PolicyFollower } from "../parts/follow-policy.ts";
import type { RuleFollower } from "../parts/follow-rules.ts";
import type { Parts } from "../parts/parts.ts";
import { type Closing, createClosing } from "../runtime/closing.ts";
import type { Config } from "../runtime/config.ts";
import { createStop } from "../runtime/create-stop.ts";
import { startHealthServer } from "../runtime/health-server.ts";
import { checkParts, type Health, type Runnable } from "../runtime/lifecycle.ts";
import type { Logger } from "../runtime/logger.ts";
import { type Breakers, followBreakers } from "./follow-breakers.ts";
import { followClusters } from "./follow-clusters.ts";
import { followStanding } from "./follow-standing.ts";
import type { createDetectorKinds } from "./kinds/catalogue.ts";
import { measure } from "./measure.ts";
import { openScoring } from "./open-scoring.ts";
import { createPipeline, openExamination, type PipelineDeps } from "./pipeline.ts";
import { type PruneOldDeps, pruneOld } from "./prune-old.ts";
import { rehearse } from "./rehearse.ts";
import { createRunRecords } from "./run-records.ts";
import { createSettlePrefixes } from "./settle-prefixes.ts";
import { openSweeps } from "./sweeps/open-sweeps.ts";
import { watchEntries } from "./watch-entries.ts";

const bankMaxAgeMs = 5_000;
const breakerMaxAgeMs = 5_000;
const policyMaxAgeMs = 5_000;
const rulesMaxAgeMs = 5_000;

interface Running {
	readonly banks: BankFollower;
	readonly breakers: Breakers;
	readonly policies: PolicyFollower;
	readonly rules: RuleFollower;
	readonly subscriptions: readonly Subscription[];
	readonly failure: () => Error | null;
	readonly url: string;
}

/** What tests replace. */
export interface DetectorOverrides {
	readonly examiner?: MediaExaminer;
	readonly mediaFetcher?: MediaFetcher;
	readonly createKinds?: typeof createDetectorKinds;
}

export function composeDetector(
	parts: Parts,
	overrides: DetectorOverrides = {},
): Runnable & { readonly url: () => string } {
	const closing = createClosing();
	const stop = createStop();
	let running: Running | null = null;
	const loaded = () => {
		if (running === null) throw new Error("not loaded");
		return running;
	};

	const health = (): Promise<Health> =>
		checkParts(
			{
				record: () => parts.stores.platforms.list(),
				media: () => parts.mediaStore().check(),
				stream: async () => {
					const failure = running?.failure() ?? null;
					if (failure !== null) throw failure;
					if (running?.subscriptions.every((one) => one.isConnected())) return;
					await (await parts.stream()).check();
					const [why] = (running?.subscriptions ?? []).flatMap(({ whyNot }) => whyNot?.() ?? []);
					throw new Error(`not subscribed: ${why ?? "joining the consumer group"}`);
				},
				banks: () => loaded().banks.check(bankMaxAgeMs),
				breakers: () => loaded().breakers.check(breakerMaxAgeMs),
				policy: () => loaded().policies.check(policyMaxAgeMs),
				rules: () => loaded().rules.check(rulesMaxAgeMs),
			},
			{ clock: parts.checkClock, group: async () => checkGroup(parts, running?.subscriptions ?? []) },
		);

	return {
		name: "detector",
		url: () => running?.url ?? "",
		health,
		async start() {
			running = await openDetector(parts, { overrides, closing, stopSignal: stop.signal, health });
		},
		async [Symbol.asyncDispose]() {
			await Promise.all((running?.subscriptions ?? []).map((one) => one.close(parts.config.drainMs)));
			stop.abort();
			await closing[Symbol.asyncDispose]();
		},
	};
}

function checkGroup({ config }: Parts, subscriptions: readonly Subscription[]): void {
	if (!subscriptions.some(({ isShared }) => isShared?.())) return;
	throw new Error(
		`detectors that keep another record read in the groups of BREAKWATER_KAFKA_GROUP=${config.stream.group}, and each item is in one of the records alone: give each record a group of its own`,
	);
}

interface Opening {
	readonly overrides: DetectorOverrides;
	readonly closing: Closing;
	readonly stopSignal: AbortSignal;
	readonly health: () => Promise<Health>;
}

async function openDetector(parts: Parts, { overrides, closing, stopSignal, health }: Opening): Promise<Running> {
	const { config, stores, logger, metrics, events, clock, signalCatalogue } = parts;
	const { matcher, follower: banks } = await parts.banks();
	const breakers = closing.keep(
		await followBreakers({ breakers: stores.breakers, limits: config.breakers, clock, events, logger }),
	);
	const [policies, rules, stream] = [await parts.policy(), await parts.rules(), await parts.stream()];
	const models = openModels(parts);
	const entryWatch = closing.keep(
		watchEntries({ entries: stores.entryWatch, events, rule: config.quarantine, signalCatalogue, clock, logger }),
	);
	const examiner = closing.keep(overrides.examiner ?? openExaminer(parts));
	const standing = closing.keep(await followStanding({ standing: stores.standing, logger }));
	const pipelineDeps: PipelineDeps = {
		...{ ...stores, breakers },
		...{ standing, clusters: closing.keep(await openClusters(parts)), settlePrefixes: openLinkSource(parts, closing) },
		entryWatch,
		examiner,
		mediaFetcher: closing.keep(overrides.mediaFetcher ?? openMediaFetcher(config)),
		...(overrides.createKinds === undefined ? {} : { createKinds: overrides.createKinds }),
		scorer: models === null ? null : closing.keep(await openScoring(parts, models, policies)),
		...{ matcher, textScorer: await openTextModel(config), wordReader: closing.keep(openWordReader(parts)) },
		...{ mediaStore: parts.mediaStore(), localCopies: createLocalCopies(parts.mediaStore()) },
		...{ stream, clock, events, policies, rules, factsRead: () => rules.now().reads },
		signalCatalogue,
		eventSecrets: config.stream.eventSecrets,
		...{ maxMediaBytes: config.limits.maxMediaBytes, maxVideoBytes: config.limits.maxVideoBytes },
		mediaConcurrency: config.detector.concurrency,
		stopSignal,
	};
	await rehearseOnce(pipelineDeps, logger);
	const examination = openExamination(pipelineDeps);
	const onDeliveries = createRunRecords({
		pipeline: createPipeline(pipelineDeps, examination),
		deadLetters: stores.deadLetters,
		stream,
		events,
		logger,
		attempts: config.detector.retryAttempts,
		stopSignal,
		firstDelayMs: 200,
	});

	let failure: Error | null = null;
	const subscriptions: Subscription[] = [];
	// A lane of its own for each topic: slow media never delays text.
	for (const topic of lanes) {
		const onFailure = (error: Error) => {
			failure = error;
			logger.error({ event: "subscription-failed", topic, err: error });
		};
		const { group, maxUnsettled } = config.stream;
		subscriptions.push(
			await stream.subscribe({ topics: [topic], group: `${group}-${topic}`, maxUnsettled, onDeliveries, onFailure }),
		);
	}
	measure(parts, { subscriptions, breakers, banks, examiner });
	pruneAll(parts, closing, rules);
	closing.keep(openSweeps(parts, { ...examination, matcher, policies, breakers, standing, subscriptions }));
	const { host, ports } = config.http;
	const { url } = closing.keep(await startHealthServer({ host, port: ports.detector, health, metrics }));
	return { banks, breakers, policies, rules, subscriptions, failure: () => failure, url };
}

let isRehearsed = false;

/** Runs for the first detector of a process alone: what was compiled for it is there for all. */
async function rehearseOnce(deps: PipelineDeps, logger: Logger): Promise<void> {
	if (isRehearsed) return;
	isRehearsed = true;
	await rehearse(deps, await drawSample(0)).catch((error: unknown) =>
		logger.warn({ event: "rehearsal-failed", err: error }),
	);
}

function pruneAll({ stores, config, clock, logger }: Parts, closing: Closing, rules: RuleFollower): void {
	const factsKeptMs = () => config.detector.factsKeptMs;
	const { facts, sweeps, conversations, counts, outbreaks } = stores;
	const prune = (what: string, keptMs: () => number, prune: PruneOldDeps["prune"]) =>
		closing.keep(pruneOld({ ...{ what, prune, keptMs }, ...{ clock, logger } }));
	prune("facts", factsKeptMs, facts.prune);
	prune("packed-hashes", factsKeptMs, sweeps.forgetPacked);
	prune("outbreak-items", () => config.detector.clusterLifetimeMs, outbreaks.prune);
	prune("messages", () => windowMs, conversations.prune);
	prune("counts", () => keptMs(rules.now().counted), counts.prune);
}

function openLinkSource({ config, clock }: Parts, closing: Closing) {
	return createSettlePrefixes(closing.keep(createLinkSource(config.detector.links)), clock);
}

function openClusters({ stores: { clusters }, config, clock, logger }: Parts) {
	return followClusters({ clusters, lifetimeMs: config.detector.clusterLifetimeMs, clock, logger });
}

function openMediaFetcher({ detector, limits }: Config) {
	const timeoutMs = detector.fetchTimeoutMs;
	return createMediaFetcher({
		limits: { maxBytes: limits.maxMediaBytes, timeoutMs, idleTimeoutMs: timeoutMs / 2, maxRedirects: 3 },
	});
}

// What processes are made of. A process asks for the parts it needs; each is opened on first use, once, and closed in reverse
// order with the whole. Tests replace any part by name.
import { join } from "node:path";
import { openDatabase } from "../adapters/postgres/connection/database.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../adapters/postgres/connection/embedded-postgres.ts";
import { migrate } from "../adapters/postgres/connection/migrate.ts";
import { checkClock } from "../adapters/postgres/connection/record-clock.ts";
import { createStores, type Stores } from "../adapters/postgres/stores.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { ItemStream } from "../core/ports/item-stream.ts";
import type { JobQueue } from "../core/ports/job-queue.ts";
import type { MediaStore } from "../core/ports/media-store.ts";
import { signalCatalogue as defaultCatalogue, type SignalCatalogue } from "../core/signals/catalogue.ts";
import { createClosing } from "../runtime/closing.ts";
import type { Config } from "../runtime/config.ts";
import { createEvents, type Events } from "../runtime/events.ts";
import { createLogger, type Logger } from "../runtime/logger.ts";
import { createMetrics, type Metrics } from "../runtime/metrics.ts";
import { openPrivateFolder, passableDirectory, privateDirectory } from "../runtime/private-folder.ts";
import { type FollowedBanks, openBanks } from "./banks.ts";
import { followPolicy, type PolicyFollower } from "./follow-policy.ts";
import { followRules, type RuleFollower } from "./follow-rules.ts";
import { loadTextHashes } from "./load-text-hashes.ts";
import { openMediaStore, openQueue, openStream } from "./transports.ts";

export interface Parts extends AsyncDisposable {
	readonly config: Config;
	readonly clock: Clock;
	readonly logger: Logger;
	readonly metrics: Metrics;
	readonly events: Events;
	/** Rejects where this machine's clock differs from the record's by more than clocks may. */
	readonly checkClock: () => Promise<void>;
	readonly databaseUrl: string;
	readonly stores: Stores;
	readonly signalCatalogue: SignalCatalogue;
	stream(): Promise<ItemStream>;
	queue(): Promise<JobQueue>;
	mediaStore(): MediaStore;
	/** All banks in memory; loaded on first use. */
	banks(): Promise<FollowedBanks>;
	/** The policy in force, followed from first use on. */
	policy(): Promise<PolicyFollower>;
	/** The rules that are asked of each item, followed from first use on. */
	rules(): Promise<RuleFollower>;
}

export interface PartOverrides extends Partial<Pick<Parts, "clock" | "logger" | "mediaStore" | "signalCatalogue">> {
	/** Modules of types of hash besides those of the catalogue, by their files: threads that match load them, too. */
	readonly textHashes?: readonly URL[];
}

/** Opens the record (bringing its schema up to date) and prepares the rest. Rejects where the database cannot be reached. */
export async function openParts(config: Config, processName: string, overrides: PartOverrides = {}): Promise<Parts> {
	const logger = overrides.logger ?? createLogger({ level: config.logLevel, name: processName });
	const metrics = createMetrics(processName);
	const closing = createClosing();
	const { keep } = closing;
	const { textHashes = [] } = overrides;
	try {
		await loadTextHashes(textHashes.map(({ href }) => href));
		const databaseUrl =
			config.database.url ??
			keep<EmbeddedPostgres>(await openEmbeddedPostgres({ dataDir: config.dataDir, logger })).url;
		await openFolders(config, logger);
		const { maxConnections } = config.database;
		const database = keep(
			await openDatabase({
				...{ url: databaseUrl, maxConnections, logger },
				applicationName: `breakwater-${processName}`,
				isCli: processName === "cli",
			}),
		);
		await migrate(database);
		await checkClock(database).catch(({ message }: Error) => logger.warn({ event: "clock-differs", reason: message }));
		const openings: Promise<unknown>[] = [];
		const opened = <T extends AsyncDisposable>(open: () => Promise<T>) =>
			once(() => {
				const opening = open().then(keep);
				openings.push(opening);
				return opening;
			});
		const stream = opened(() => openStream({ config, database, logger }));
		const queue = opened(() => openQueue({ config, databaseUrl, logger }));
		const clock = overrides.clock ?? { now: () => Date.now() };
		const signalCatalogue = overrides.signalCatalogue ?? defaultCatalogue;
		const stores = createStores(database, signalCatalogue, config.portal.url);
		const snapshotFile = join(config.dataDir, "banks.snapshot");
		const banks = opened(() => openBanks({ banks: stores.banks, clock, logger, snapshotFile, textHashes }));
		const policy = opened(() => followPolicy({ store: stores.policy, metrics, clock, logger }));
		const rules = opened(() =>
			followRules({ store: stores.rules, factStore: stores.facts, signalCatalogue, metrics, clock, logger }),
		);
		return {
			config,
			clock,
			logger,
			metrics,
			events: createEvents(logger, metrics),
			databaseUrl,
			checkClock: () => checkClock(database),
			stores,
			signalCatalogue,
			stream,
			queue,
			banks,
			policy,
			rules,
			mediaStore: overrides.mediaStore ?? once(() => openMediaStore(config)),
			async [Symbol.asyncDispose]() {
				// What is being opened would stay open, and go on without what it stands on.
				await Promise.allSettled(openings);
				await closing[Symbol.asyncDispose]();
			},
		};
	} catch (error) {
		await closing[Symbol.asyncDispose]();
		throw error;
	}
}

/** For this user alone, before anything is kept in them. */
async function openFolders({ dataDir, media, database }: Config, logger: Logger): Promise<void> {
	// Of root's, a server that is not root's may run within (the embedded one, which opens the folder itself, or that of another process).
	const ofData = process.getuid?.() === 0 ? passableDirectory : privateDirectory;
	const folders = [
		...(database.url === null ? [] : [{ folder: dataDir, mode: ofData }]),
		...(media.kind === "folder" ? [{ folder: media.folder, mode: privateDirectory }] : []),
	];
	for (const { folder, mode } of folders) {
		if (!(await openPrivateFolder(folder, mode))) logger.warn({ event: "folder-open-to-others", folder });
	}
}

function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | null = null;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

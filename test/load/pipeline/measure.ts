// One run on one profile: start everything, send the load, wait until all of it is in the record and all orders have arrived.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { copySample, drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { type SamplePlatform, startSamplePlatform } from "../../../services/demo/sample-platform.ts";
import { fillBacklog } from "./backlog.ts";
import { type Decided, prepareDecided } from "./decided.ts";
import { createHttpFeed, createKafkaFeed } from "./feeds.ts";
import { type Lane, type LoadOutcome, sendLoad } from "./open-loop.ts";
import { knownSeeds, knownText, preparePlatform } from "./prepare.ts";
import { type ProfileName, type RunningProfile, startProfile } from "./profiles.ts";
import { type Sample, watchRun } from "./watch-run.ts";

export interface RunOptions {
	readonly postsPerSecond: number;
	readonly picturesPerSecond: number;
	readonly seconds: number;
	readonly gatherMs: number;
	readonly feed: "http" | "kafka";
	/** What operators have decided before the load. */
	readonly decided: Decided;
	/** Posts that wait in the stream before the load begins. */
	readonly backlog: number;
	readonly model: string;
	readonly detectors: number;
	readonly partitions: number;
	readonly plantedPostEvery: number;
	readonly profileFolder: string | null;
	readonly say: (text: string) => void;
}

interface Delay {
	readonly lane: Lane;
	readonly dueAtMs: number;
	/** From when the item was due to when the platform had the order. */
	readonly delayMs: number;
}

export interface Run {
	readonly profile: ProfileName;
	readonly load: LoadOutcome;
	readonly delays: readonly Delay[];
	/** Planted copies for which no order came. */
	readonly lost: number;
	/** Orders that came for one item under more than one id. */
	readonly doubled: number;
	/** Items in the record at the end, and how many were sent. */
	readonly recorded: number;
	readonly expected: number;
	/** From the first item due (of a backlog: recorded) to the last one recorded. */
	readonly elapsedSeconds: number;
	/** Posts of the backlog per second, from the first of them recorded to the last; null without one. */
	readonly backlogPerSecond: number | null;
	readonly samples: readonly Sample[];
}

/** Everything must be settled so long after the last item was sent. */
const settleWithinMs = 600_000;

export async function measure(name: ProfileName, options: RunOptions): Promise<Run> {
	const folder = await mkdtemp(join(tmpdir(), `breakwater-bench-${name}-`));
	// After everything that writes there has ended.
	await using _removed = {
		[Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 }),
	};
	// As root, the embedded database runs as another user, who must be able to get in.
	await chmod(folder, 0o711);
	const { say, detectors, partitions, profileFolder } = options;
	say(`${name}: starting`);
	const env = { BREAKWATER_MODEL_BACKEND: options.model };
	await using profile = await startProfile(name, {
		folder: join(folder, "data"),
		env,
		detectors,
		partitions,
		profileFolder,
	});
	await using sample = await startSamplePlatform(join(folder, "platform-port"));
	return await runLoad(name, profile, sample, folder, options);
}

async function runLoad(
	name: ProfileName,
	profile: RunningProfile,
	sample: SamplePlatform,
	folder: string,
	options: RunOptions,
): Promise<Run> {
	const { say } = options;
	const { apiKey, source } = await preparePlatform(profile, sample, folder);
	say(`${name}: rules and lists`);
	await prepareDecided(profile, folder, options.decided);
	const http = createHttpFeed(profile.intakeUrl, apiKey);
	const isKafka = options.feed === "kafka" && profile.broker !== null;
	await using feed = isKafka ? await createKafkaFeed(profile.broker ?? "", http) : http;
	const knownPictures = await Promise.all(
		knownSeeds.map(async (seed) => copySample(await drawSample(seed), "recompressed")),
	);
	const ordinaryPictures = await Promise.all(Array.from({ length: 40 }, (_, index) => drawSample(1_000 + index)));
	if (options.backlog > 0) {
		say(`${name}: ${options.backlog} posts into the stream`);
		await fillBacklog(profile, source, options.backlog);
	}
	say(`${name}: ${options.seconds} s of load`);
	const watch = watchRun(profile);
	const load = await sendLoad(
		{ ...options, source, knownText, ordinaryPictures, knownPictures, plantedPictureEvery: 4 },
		feed,
	);
	say(`${name}: waiting until all of it is settled`);
	const expected = load.sent + options.backlog;
	const client = new pg.Client({ connectionString: profile.databaseUrl });
	await client.connect();
	const countVerdicts = async () =>
		Number((await client.query<{ count: string }>("SELECT count(*) AS count FROM verdicts")).rows[0]?.count ?? 0);
	const deadline = Date.now() + settleWithinMs;
	let recorded = await countVerdicts();
	while ((recorded < expected || sample.orders.size < load.planted.length) && Date.now() < deadline) {
		await new Promise((resolve) => setTimeout(resolve, 250));
		recorded = await countVerdicts();
	}
	const { rows: ends } = await client.query<{ first: Date; last: Date }>(
		"SELECT min(recorded_at) AS first, max(recorded_at) AS last FROM items",
	);
	const last = ends[0]?.last.getTime() ?? Date.now();
	// A backlog is begun before the load is.
	const first = options.backlog > 0 ? (ends[0]?.first.getTime() ?? last) : load.startedAtMs;
	const backlogPerSecond = options.backlog > 0 ? await backlogRate(client) : null;
	await client.end();
	const samples = await watch.stop();
	const arrivedAt = new Map(
		[...sample.orders.values()].map(({ order, receivedAtMs }) => [order.subject, receivedAtMs]),
	);
	const delays = load.planted.flatMap(({ subject, lane, dueAtMs }) => {
		const at = arrivedAt.get(subject);
		return at === undefined ? [] : [{ lane, dueAtMs, delayMs: at - dueAtMs }];
	});
	return {
		profile: name,
		load,
		delays,
		lost: load.planted.length - delays.length,
		doubled: sample.orders.size - arrivedAt.size,
		recorded,
		expected,
		elapsedSeconds: Math.max(0.001, last - first) / 1_000,
		backlogPerSecond,
		samples,
	};
}

async function backlogRate(client: pg.Client): Promise<number> {
	const { rows } = await client.query<{ count: string; seconds: string }>(
		"SELECT count(*) AS count, extract(epoch FROM max(recorded_at) - min(recorded_at)) AS seconds FROM items WHERE subject LIKE 'backlog/%'",
	);
	return Number(rows[0]?.count ?? 0) / Math.max(0.001, Number(rows[0]?.seconds ?? 0));
}

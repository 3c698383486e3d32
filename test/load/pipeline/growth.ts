// How cost grows: a backlog of posts worked off with 1, 2 and 4 partitions and detectors, pictures looked up in banks of 10 thousand to
// 10 million and placed among as many medoids, and the people's queue with many cases.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { sql } from "kysely";
import { openDatabase } from "../../../services/adapters/postgres/connection/database.ts";
import { migrate } from "../../../services/adapters/postgres/connection/migrate.ts";
import { createStores } from "../../../services/adapters/postgres/stores.ts";
import { caseStates, isUndecided } from "../../../services/core/cases/case.ts";
import { silentLogger } from "../../../services/runtime/logger.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { startPostgresServer } from "../../support/servers/start-postgres-server.ts";
import { medoidFigures } from "../clusters/medoid-figures.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, machine, report } from "../report.ts";
import { processorFigures } from "./figures.ts";
import { measure } from "./measure.ts";
import type { MeasuredBank } from "./measure-bank.ts";

const usage = `npm run bench:growth -- [options]

  --detectors LIST  partitions and detectors (1,2,4)
  --posts N         worked off with each (60000)
  --banks LIST      entries (10000,1000000,10000000)
  --cases LIST      undecided cases (10000,1000000)
  --medoids LIST    clusters of pictures and texts (1000000,10000000)
  --json            print one JSON object

An empty list leaves that part out. The figures are also written to .cache/bench/growth.json.`;

const values = readOptions(usage, {
	detectors: { type: "string", default: "1,2,4" },
	posts: { type: "string", default: "60000" },
	banks: { type: "string", default: "10000,1000000,10000000" },
	cases: { type: "string", default: "10000,1000000" },
	medoids: { type: "string", default: "1000000,10000000" },
	json: { type: "boolean", default: false },
});
const measureBank = fromPackageRoot("dist", "test", "load", "pipeline", "measure-bank.js");
const say = (text: string) => void process.stderr.write(`${text}\n`);
const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, aim: null });

const figures: Figure[] = [];
for (const count of numbers(values.detectors)) figures.push(...(await workOff(count, Number(values.posts))));
for (const count of numbers(values.banks)) figures.push(...(await bankWith(count)));
for (const count of numbers(values.cases)) figures.push(...(await queueWith(count)));
for (const count of numbers(values.medoids)) figures.push(...medoidsOf(count));
const file = fromPackageRoot(".cache", "bench", "growth.json");
await mkdir(dirname(file), { recursive: true });
await writeFile(file, JSON.stringify({ title: "how cost grows", machine, figures }));
process.exitCode = report("how cost grows", figures, values.json);

function numbers(list: string): readonly number[] {
	return list.split(",").filter(Boolean).map(Number);
}

function medoidsOf(count: number): readonly Figure[] {
	say(`${count} medoids`);
	return medoidFigures(count);
}

async function workOff(count: number, backlog: number): Promise<readonly Figure[]> {
	say(`${count} partitions and detectors`);
	const run = await measure("cluster", {
		...{ postsPerSecond: 0, picturesPerSecond: 0, seconds: 0, gatherMs: 0, feed: "kafka", plantedPostEvery: 100 },
		...{ backlog, model: "off", detectors: count, partitions: count, profileFolder: null, say },
		decided: { rules: 0, counting: 0, terms: 0, links: 0 },
	});
	const cores = processorFigures(run).reduce((sum, [name, used]) => (name === "this bench" ? sum : sum + used), 0);
	const name = `${count} partitions and detectors`;
	return [
		told(`${name}: posts worked off`, run.recorded / run.elapsedSeconds, "/s"),
		told(`${name}: processor, all processes and servers`, cores, "cores"),
		{ ...told(`${name}: lost`, run.expected - run.recorded, ""), aim: { atMost: 0, of: "value" } },
	];
}

/** A detector's start from a bank's snapshot, and what looking one picture up costs then. */
async function bankWith(count: number): Promise<readonly Figure[]> {
	say(`a bank of ${count}`);
	const folder = await mkdtemp(join(tmpdir(), "breakwater-growth-"));
	const snapshot = join(folder, "banks.snapshot");
	const run = (...args: readonly string[]) => promisify(execFile)(process.execPath, [measureBank, ...args]);
	try {
		await run("make", snapshot, String(count));
		const asked: MeasuredBank = JSON.parse((await run("ask", snapshot)).stdout);
		return [
			told(`bank of ${count}: a picture looked up (12 hashes), processor`, asked.millisecondsPerPicture, "ms"),
			told(`bank of ${count}: start from its snapshot, processor`, asked.loadSeconds, "s"),
			told(`bank of ${count}: memory of the process`, asked.memoryMiB, "MiB"),
		];
	} finally {
		await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
	}
}

/** Reads what a reviewer's page reads, with so many undecided cases. */
async function queueWith(count: number): Promise<readonly Figure[]> {
	say(`${count} cases`);
	const server = await startPostgresServer();
	const options = { url: server.url, maxConnections: 2, applicationName: "growth", logger: silentLogger };
	try {
		await using database = await openDatabase(options);
		await migrate(database);
		const { cases, platforms } = createStores(database);
		const platform = await platforms.create({ name: "a", source: "//a.example", webhook: null, mediaHosts: [] });
		for (let from = 0; from < count; from += 100_000) {
			await database.rows(
				sql`INSERT INTO cases (id, cluster_key, tier, urgency, is_incomplete, platform_id, surface, item_count, opened_at, last_item_at)
					SELECT gen_random_uuid(), 'case ' || n, (ARRAY['K1', 'K2', 'K3', 'M'])[1 + n % 4], n % 100, false, ${platform.id}, 'public', 1, now(), now()
					FROM generate_series(${from + 1}::integer, ${Math.min(count, from + 100_000)}::integer) AS n`,
			);
		}
		await database.rows(sql`ANALYZE cases`);
		const states = caseStates.filter(isUndecided);
		const page = await medianMs(() => cases.list({ states, limit: 51, offset: 0 }));
		const ofLane = await medianMs(() => cases.list({ states, lane: "model", limit: 51, offset: 0 }));
		const lanes = await medianMs(() => cases.lanes());
		return [
			told(`${count} cases: first page of the queue`, page, "ms"),
			told(`${count} cases: first page of a lane`, ofLane, "ms"),
			told(`${count} cases: lanes with counts`, lanes, "ms"),
		];
	} finally {
		await server.stop();
	}
}

async function medianMs(read: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let turn = 0; turn < 15; turn += 1) {
		const startedAt = performance.now();
		await read();
		times.push(performance.now() - startedAt);
	}
	return quantile(times, 0.5);
}

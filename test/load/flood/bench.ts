// One platform floods with small files that cost a decoder much; how soon are another platform's known pictures withheld? The same
// load without the flood in the same run. `npm run bench:flood`.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copySample, drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { type SamplePlatform, startSamplePlatform } from "../../../services/demo/sample-platform.ts";
import { createHttpFeed } from "../pipeline/feeds.ts";
import { type LoadOutcome, sendLoad } from "../pipeline/open-loop.ts";
import { knownSeeds, knownText, preparePlatform } from "../pipeline/prepare.ts";
import { command } from "../pipeline/processes.ts";
import { type RunningProfile, startProfile } from "../pipeline/profiles.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { type FloodOutcome, sendFlood } from "./send-flood.ts";

const usage = `npm run bench:flood -- [options]

  --seconds N  of each part, with the flood and without (30)
  --rate N     known pictures a second of the platform that does not flood (4)
  --flood N    costly files a second of the one that does, after ten at once (2)
  --model B    auto, node, wasm, off (off)
  --json       print one JSON object`;

const values = readOptions(usage, {
	seconds: { type: "string", default: "30" },
	rate: { type: "string", default: "4" },
	flood: { type: "string", default: "2" },
	model: { type: "string", default: "off" },
	json: { type: "boolean", default: false },
});
const say = (text: string) => void process.stderr.write(`${text}\n`);
/** An order that has not come by then will not be counted as one that took long, but as lost. */
const patienceMs = 60_000;

process.exitCode = await main();

async function main(): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-bench-flood-"));
	// As root, the embedded database runs as another user, who must be able to get in.
	await chmod(folder, 0o711);
	say("starting");
	try {
		await using sample = await startSamplePlatform(join(folder, "platform-port"));
		await using profile = await startProfile("embedded", {
			...{ folder: join(folder, "data"), detectors: 1, partitions: 6, profileFolder: null },
			env: { BREAKWATER_MODEL_BACKEND: values.model },
		});
		return report(
			`flood: ${values.rate} known pictures/s, ${values.flood} costly files/s of another platform`,
			await measure(profile, sample, folder),
			values.json,
		);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function measure(profile: RunningProfile, sample: SamplePlatform, folder: string): Promise<readonly Figure[]> {
	const { apiKey, source } = await preparePlatform(profile, sample, folder);
	const flooding = ["platform", "add", "flood", "--source", "//flood.example", "--webhook", sample.url];
	const added = (await command(flooding, profile.env)) as { readonly apiKey: string };
	await using quiet = createHttpFeed(profile.intakeUrl, apiKey);
	await using flood = createHttpFeed(profile.intakeUrl, added.apiKey);
	// By turns, a file as it is listed and another of the same picture, which only its pixels give away.
	const knownPictures = (
		await Promise.all(
			knownSeeds.map(async (seed) => {
				const picture = await drawSample(seed);
				return [picture, await copySample(picture, "recompressed")];
			}),
		)
	).flat();
	const seconds = Number(values.seconds);
	const load = () =>
		sendLoad(
			{
				...{ postsPerSecond: 0, picturesPerSecond: Number(values.rate), seconds, source, knownText, knownPictures },
				...{ ordinaryPictures: knownPictures, plantedPostEvery: 1, plantedPictureEvery: 1, gatherMs: 0 },
			},
			quiet,
		);
	say(`${seconds} s without the flood`);
	const calm = await delaysOf(await load(), sample);
	say(`${seconds} s with it`);
	const stop = new AbortController();
	const sending = sendFlood(flood, { source: "//flood.example", perSecond: Number(values.flood), signal: stop.signal });
	const flooded = await delaysOf(await load(), sample);
	stop.abort();
	return [...figuresOf("without the flood", calm), ...figuresOf("with it", flooded), ...floodFigures(await sending)];
}

interface Delays {
	readonly exact: readonly number[];
	readonly near: readonly number[];
	readonly lost: number;
}

async function delaysOf({ planted, refused }: LoadOutcome, sample: SamplePlatform): Promise<Delays> {
	const arrivals = () =>
		new Map([...sample.orders.values()].map(({ order, receivedAtMs }) => [order.subject, receivedAtMs]));
	const deadline = Date.now() + patienceMs;
	while (Date.now() < deadline && !planted.every(({ subject }) => arrivals().has(subject)))
		await new Promise((resolve) => setTimeout(resolve, 250));
	const arrived = arrivals();
	const exact: number[] = [];
	const near: number[] = [];
	let lost = refused;
	for (const { subject, dueAtMs } of planted) {
		const at = arrived.get(subject);
		if (at === undefined) lost += 1;
		else (Number(subject.split("-").at(-1)) % 2 === 0 ? exact : near).push(at - dueAtMs);
	}
	return { exact, near, lost };
}

function figuresOf(when: string, { lost, ...delays }: Delays): readonly Figure[] {
	const kinds = [
		["by their bytes", delays.exact],
		["by their pixels", delays.near],
	] as const;
	return [
		...kinds.flatMap(([how, values]) =>
			([0.5, 0.95, 0.99] as const).map(
				(share): Figure => ({
					name: `known pictures ${how}, ${when}: time to withhold p${share * 100}`,
					value: quantile(values, share),
					unit: "ms",
					aim: share === 0.95 ? { atMost: 500, of: "value" } : null,
				}),
			),
		),
		{ name: `known pictures not withheld, ${when}`, value: lost, unit: "", aim: { atMost: 0, of: "value" } },
	];
}

function floodFigures({ sent, refused }: FloodOutcome): readonly Figure[] {
	return [
		{ name: "costly files sent", value: sent, unit: "", aim: null },
		{ name: "costly files refused by intake", value: refused, unit: "", aim: null },
	];
}

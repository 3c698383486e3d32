// Time to withhold under a steady load, on both profiles, all servers included. Usage: npm run bench -- [--rate 200] [--media 20]
// [--seconds 60] [--profile embedded|cluster] [--model auto] [--json]
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { copySample, drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { hashText } from "../../../services/core/hashing/text-hash.ts";
import { startSamplePlatform } from "../../../services/standalone/demo/sample-platform.ts";
import { type Figure, report } from "../report.ts";
import { sendLoad } from "./open-loop.ts";
import { command, cpuSeconds, residentMiB } from "./processes.ts";
import { type ProfileName, type RunningProfile, startProfile } from "./profiles.ts";

const { values } = parseArgs({
	options: {
		rate: { type: "string", default: "200" },
		media: { type: "string", default: "20" },
		seconds: { type: "string", default: "60" },
		profile: { type: "string" },
		model: { type: "string", default: "auto" },
		json: { type: "boolean", default: false },
	},
});
const rate = Number(values.rate);
const media = Number(values.media);
const seconds = Number(values.seconds);
const profiles: readonly ProfileName[] =
	values.profile === "embedded" || values.profile === "cluster" ? [values.profile] : ["embedded", "cluster"];
const knownText = "a benign sentence in the role of a known text";
const drainMs = 120_000;

const say = (text: string) => void process.stderr.write(`${text}\n`);
const figures: Figure[] = [];
for (const profile of profiles) figures.push(...(await measure(profile)));
process.exitCode = report(
	`time to withhold: ${rate} posts/s + ${media} pictures/s for ${seconds} s`,
	figures,
	values.json,
);

async function measure(name: ProfileName): Promise<readonly Figure[]> {
	const folder = await mkdtemp(join(tmpdir(), `breakwater-bench-${name}-`));
	// As root, the embedded database runs as another user, who must be able to get in.
	await chmod(folder, 0o711);
	say(`${name}: starting`);
	const profile = await startProfile(name, join(folder, "data"), { BREAKWATER_MODEL_BACKEND: values.model });
	const sample = await startSamplePlatform(join(folder, "platform-port"));
	try {
		const { apiKey, source } = await prepare(profile, sample, folder);
		say(`${name}: ${seconds} s of load`);
		const watch = watchMemory(profile);
		const startedAt = Date.now();
		const cpuBefore = await totalCpu(profile);
		const known = await Promise.all(
			[1, 2, 3, 4].map(async (seed) => copySample(await drawSample(seed), "recompressed")),
		);
		const ordinary = await Promise.all(Array.from({ length: 40 }, (_, index) => drawSample(1_000 + index)));
		const { sent, refused } = await sendLoad({
			postsPerSecond: rate,
			picturesPerSecond: media,
			seconds,
			intakeUrl: profile.intakeUrl,
			apiKey,
			source,
			ordinaryText: (index) => `an ordinary sentence, number ${index}`,
			knownText,
			ordinaryPictures: ordinary,
			knownPictures: known,
			plantedPostEvery: 20,
			plantedPictureEvery: 4,
		});
		const planted = sent.filter((item) => item.isPlanted);
		const deadline = Date.now() + drainMs;
		while (sample.orders.size < planted.length && Date.now() < deadline)
			await new Promise((resolve) => setTimeout(resolve, 100));
		const elapsed = (Date.now() - startedAt) / 1000;
		const cpu = (await totalCpu(profile)) - cpuBefore;
		const memory = watch.stop();
		const receivedAt = new Map(
			[...sample.orders.values()].map(({ order, receivedAtMs }) => [order.subject, receivedAtMs]),
		);
		const delays = planted.flatMap((item) => {
			const at = receivedAt.get(item.subject);
			return at === undefined ? [] : [at - item.dueAtMs];
		});
		const lost = planted.length - delays.length;
		const doubled = sample.orders.size - receivedAt.size;
		return [
			{
				name: `${name}: items taken in`,
				value: sent.length / seconds,
				unit: "/s",
				aim: { atLeast: (rate + media) * 0.99, of: "value" },
			},
			{ name: `${name}: time to withhold p50`, value: quantile(delays, 0.5), unit: "ms", aim: null },
			{
				name: `${name}: time to withhold p95`,
				value: quantile(delays, 0.95),
				unit: "ms",
				aim: { atMost: 500, of: "value" },
			},
			{ name: `${name}: time to withhold p99`, value: quantile(delays, 0.99), unit: "ms", aim: null },
			{ name: `${name}: time to withhold max`, value: quantile(delays, 1), unit: "ms", aim: null },
			{ name: `${name}: planted copies not withheld`, value: lost, unit: "", aim: { atMost: 0, of: "value" } },
			{ name: `${name}: orders under two ids`, value: doubled, unit: "", aim: { atMost: 0, of: "value" } },
			{ name: `${name}: items refused`, value: refused, unit: "", aim: { atMost: 0, of: "value" } },
			{ name: `${name}: processor time`, value: cpu / elapsed, unit: "cores", aim: null },
			{ name: `${name}: memory, second fifth`, value: memory.early, unit: "MiB", aim: null },
			{
				name: `${name}: memory, last fifth`,
				value: memory.late,
				unit: "MiB",
				aim: { atMost: memory.early * 1.25, of: "value" },
			},
		];
	} finally {
		await sample[Symbol.asyncDispose]();
		await profile[Symbol.asyncDispose]();
		await rm(folder, { recursive: true, force: true });
	}
}

async function prepare(
	profile: RunningProfile,
	sample: Awaited<ReturnType<typeof startSamplePlatform>>,
	folder: string,
) {
	const source = "//bench.example";
	const added = (await command(
		["platform", "add", "bench", "--source", source, "--webhook", sample.url],
		profile.env,
	)) as {
		apiKey: string;
		webhookSecret: string;
	};
	sample.useSecret(added.webhookSecret);
	await command(["bank", "create", "bench-known", "--category", "benchmark", "--trusted"], profile.env);
	const pictures = await Promise.all(
		[1, 2, 3, 4].map(async (seed) => {
			const path = join(folder, `known-${seed}.jpg`);
			await writeFile(path, await drawSample(seed));
			return path;
		}),
	);
	await command(["bank", "add", "bench-known", ...pictures], profile.env);
	const list = join(folder, "texts.csv");
	await writeFile(list, `type,hash\ntext,${Buffer.from(hashText(knownText) ?? []).toString("hex")}\n`);
	await command(["bank", "import", "bench-known", list], profile.env);
	return { apiKey: added.apiKey, source };
}

function watchMemory({ processes }: RunningProfile) {
	const totals: number[] = [];
	const timer = setInterval(async () => {
		const each = await Promise.all(processes.map(({ pid }) => residentMiB(pid).catch(() => 0)));
		totals.push(each.reduce((sum, one) => sum + one, 0));
	}, 500);
	return {
		stop() {
			clearInterval(timer);
			const fifth = Math.max(1, Math.floor(totals.length / 5));
			const mean = (part: readonly number[]) => part.reduce((sum, one) => sum + one, 0) / Math.max(1, part.length);
			return { early: mean(totals.slice(fifth, 2 * fifth)), late: mean(totals.slice(-fifth)) };
		},
	};
}

async function totalCpu({ processes }: RunningProfile): Promise<number> {
	const each = await Promise.all(processes.map(({ pid }) => cpuSeconds(pid)));
	return each.reduce((sum, one) => sum + one, 0);
}

function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

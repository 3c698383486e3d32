// Time to withhold under an open-loop load, on both profiles, all servers included. See --help.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, machine, report } from "../report.ts";
import { figuresOf } from "./figures.ts";
import { measure, type Run, type RunOptions } from "./measure.ts";
import { runPage } from "./page.ts";
import { type ProfileName, profileNames } from "./profiles.ts";

const usage = `npm run bench:pipeline -- [options]

  --rate N        posts per second (1000)
  --media M       pictures per second (20)
  --minutes T     how long (1)
  --profile P     embedded or cluster; both without it
  --feed F        http (intake) or kafka (the posts topic, cluster only) (http)
  --gather MS     posts due within so long go out in one request; 0: each alone (20)
  --planted N     one post in N is a known text (20)
  --rules N       rules that are live (0)   --counting N  of which read what accounts sent lately (0)
  --terms N       terms of a list (0)       --links N     prefixes of link hashes (0)
  --backlog N     posts that already wait in the stream when the load begins (cluster)
  --detectors N   detector processes (1; cluster)   --partitions N  of each topic (6)
  --model B       auto, node, onnx, wasm, off (auto)
  --out FOLDER    for <profile>.json and <profile>.html (.cache/bench/pipeline)
  --cpu-prof DIR  profile every process of ours
  --json          print one JSON object`;

const values = readOptions(usage, {
	rate: { type: "string", default: "1000" },
	media: { type: "string", default: "20" },
	minutes: { type: "string", default: "1" },
	profile: { type: "string" },
	feed: { type: "string", default: "http" },
	gather: { type: "string", default: "20" },
	planted: { type: "string", default: "20" },
	rules: { type: "string", default: "0" },
	counting: { type: "string", default: "0" },
	terms: { type: "string", default: "0" },
	links: { type: "string", default: "0" },
	backlog: { type: "string", default: "0" },
	detectors: { type: "string", default: "1" },
	partitions: { type: "string", default: "6" },
	model: { type: "string", default: "auto" },
	out: { type: "string", default: fromPackageRoot(".cache", "bench", "pipeline") },
	"cpu-prof": { type: "string" },
	json: { type: "boolean", default: false },
});

process.exitCode = await main();

async function main(): Promise<number> {
	const options: RunOptions = {
		postsPerSecond: number("rate"),
		picturesPerSecond: number("media"),
		seconds: number("minutes") * 60,
		gatherMs: number("gather"),
		feed: values.feed === "kafka" ? "kafka" : "http",
		decided: {
			...{ rules: number("rules"), counting: number("counting") },
			...{ terms: number("terms"), links: number("links") },
		},
		backlog: number("backlog"),
		model: values.model,
		detectors: number("detectors"),
		partitions: number("partitions"),
		plantedPostEvery: number("planted"),
		profileFolder: values["cpu-prof"] ?? null,
		say: (text) => void process.stderr.write(`${text}\n`),
	};
	const chosen = profileNames.filter((name) => values.profile === undefined || values.profile === name);
	if (chosen.length === 0)
		throw new Error(`there is no profile ${values.profile}; there are: ${profileNames.join(", ")}`);
	const backlog = options.backlog === 0 ? "" : `, ${options.backlog} posts waiting`;
	const title = `pipeline: ${options.postsPerSecond} posts/s + ${options.picturesPerSecond} pictures/s for ${options.seconds} s${backlog}`;
	const figures: Figure[] = [];
	for (const name of chosen) figures.push(...(await runOn(name, options, title)));
	return report(title, figures, values.json);
}

async function runOn(name: ProfileName, options: RunOptions, title: string): Promise<readonly Figure[]> {
	const run = await measure(name, options);
	const figures = figuresOf(run, options);
	await write(name, title, run, figures);
	return figures;
}

async function write(name: ProfileName, title: string, run: Run, figures: readonly Figure[]): Promise<void> {
	await mkdir(values.out, { recursive: true });
	const { load, ...rest } = run;
	const { planted, ...counts } = load;
	const json = { title, machine, figures, ...rest, load: { ...counts, planted: planted.length } };
	await writeFile(join(values.out, `${name}.json`), JSON.stringify(json));
	await writeFile(join(values.out, `${name}.html`), runPage(`${name}, ${title}`, run, figures));
	process.stderr.write(`${name}: ${join(values.out, `${name}.html`)}\n`);
}

type NumberOption = Exclude<keyof typeof values, "profile" | "feed" | "model" | "out" | "cpu-prof" | "json">;

function number(name: NumberOption): number {
	const value = Number(values[name]);
	if (!Number.isFinite(value) || value < 0) throw new Error(`--${name}: ${values[name]} is not a number\n\n${usage}`);
	return value;
}

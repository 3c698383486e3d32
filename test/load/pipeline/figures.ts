// What a run's figures are, and the aims they are held against.
import { quantile } from "../quantile.ts";
import type { Figure } from "../report.ts";
import type { Run, RunOptions } from "./measure.ts";
import type { Lane } from "./open-loop.ts";

/** Shorter runs only tell how memory grew: the heaps have not settled. */
const secondsForFlatMemory = 1_800;

export function figuresOf(run: Run, options: RunOptions): readonly Figure[] {
	const told = (name: string, value: number, unit: string): Figure => ({
		name: `${run.profile}: ${name}`,
		value,
		unit,
		aim: null,
	});
	const atMost = (name: string, value: number, unit: string, limit: number): Figure => ({
		...told(name, value, unit),
		aim: { atMost: limit, of: "value" },
	});
	const offered = options.postsPerSecond + options.picturesPerSecond;
	const isBacklog = options.backlog > 0;
	return [
		{
			...told("items settled", run.recorded / run.elapsedSeconds, "/s"),
			aim: isBacklog ? null : { atLeast: offered * 0.98, of: "value" },
		},
		...(run.backlogPerSecond === null ? [] : [told("backlog worked off", run.backlogPerSecond, "posts/s")]),
		...latencies(run, "media", isBacklog ? { max: 2_000 } : { p95: 500, p99: 1_500 }),
		...latencies(run, "posts", isBacklog ? {} : { p95: 500, p99: 1_500 }),
		atMost("items lost", run.expected - run.recorded, "", 0),
		atMost("planted copies not withheld", run.lost, "", 0),
		atMost("orders under two ids", run.doubled, "", 0),
		atMost("items refused", run.load.refused, "", 0),
		told("highest lag", Math.max(0, ...run.samples.map(({ lag }) => sum(Object.values(lag)))), "records"),
		...processorFigures(run).map(([name, cores]) => told(`processor, ${name}`, cores, "cores")),
		told("processor time per 1 000 items", processorMsPerItem(run), "s"),
		...memoryFigures(run, told, atMost),
	];
}

function latencies(
	run: Run,
	lane: Lane,
	limits: { readonly p95?: number; readonly p99?: number; readonly max?: number },
): readonly Figure[] {
	const delays = run.delays.filter((one) => one.lane === lane).map(({ delayMs }) => delayMs);
	if (delays.length === 0) return [];
	return (["p50", "p95", "p99", "max"] as const).map((name) => {
		const share = { p50: 0.5, p95: 0.95, p99: 0.99, max: 1 }[name];
		const limit = name === "p50" ? undefined : limits[name];
		return {
			name: `${run.profile}: time to withhold, ${lane} ${name}`,
			value: quantile(delays, share),
			unit: "ms",
			aim: limit === undefined ? null : { atMost: limit, of: "value" },
		};
	});
}

/** Cores used on average between the first and the last sample, by process. */
export function processorFigures({ samples }: Run): readonly (readonly [string, number])[] {
	const [first, last] = [samples[0], samples.at(-1)];
	if (first === undefined || last === undefined || last === first) return [];
	const seconds = (last.atMs - first.atMs) / 1_000;
	return Object.keys(last.use).map((name) => {
		const used = (last.use[name]?.cpuSeconds ?? 0) - (first.use[name]?.cpuSeconds ?? 0);
		return [name, used / seconds] as const;
	});
}

/** All processes and servers, without the bench itself. Hardly changes with what else the machine does. */
function processorMsPerItem(run: Run): number {
	const cores = sum(processorFigures(run).flatMap(([name, value]) => (name === "this bench" ? [] : [value])));
	const [first, last] = [run.samples[0], run.samples.at(-1)];
	return (cores * ((last?.atMs ?? 0) - (first?.atMs ?? 0))) / run.recorded;
}

function memoryFigures(
	{ samples, elapsedSeconds }: Run,
	told: (name: string, value: number, unit: string) => Figure,
	atMost: (name: string, value: number, unit: string, limit: number) => Figure,
): readonly Figure[] {
	const names = Object.keys(samples.at(-1)?.use ?? {}).filter((name) => name !== "this bench");
	const tenth = Math.max(1, Math.floor(samples.length / 10));
	const mean = (name: string, part: typeof samples) =>
		sum(part.map(({ use }) => use[name]?.memoryMiB ?? 0)) / part.length;
	const second = samples.slice(tenth, 2 * tenth);
	const last = samples.slice(-tenth);
	if (second.length === 0) return [];
	const isLong = elapsedSeconds >= secondsForFlatMemory;
	return names.flatMap((name) => {
		const growth = mean(name, last) / mean(name, second);
		const text = `memory, ${name}, last tenth over second`;
		return [
			told(`memory, ${name}, last tenth`, mean(name, last), "MiB"),
			isLong ? atMost(text, growth, "×", 1.05) : told(text, growth, "×"),
		];
	});
}

function sum(values: readonly number[]): number {
	return values.reduce((total, one) => total + one, 0);
}

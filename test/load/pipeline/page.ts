// The page that a run leaves behind: its figures, and how delay, lag, processor and memory went over time.
import { escapeText, type Line, linePlot, plotPage } from "../line-plot.ts";
import { quantile } from "../quantile.ts";
import { describeFigure, type Figure, machine } from "../report.ts";
import type { Run } from "./measure.ts";
import type { Lane } from "./open-loop.ts";
import type { Sample } from "./watch-run.ts";

/** Points of a plot over time. */
const slices = 60;

export function runPage(title: string, run: Run, figures: readonly Figure[]): string {
	const rows = figures.map((figure) => {
		const [name = "", value = "", , , aim = ""] = describeFigure(figure);
		return `<tr><td>${escapeText(name)}</td><td class="n">${escapeText(value)}</td><td>${escapeText(aim)}</td></tr>`;
	});
	const plots = [
		...(["media", "posts"] as const).flatMap((lane) => [
			linePlot(`Time to withhold, ${lane}`, "ms", "seconds", delayLines(run, lane)),
			linePlot(`Time to withhold, ${lane}, by share of items`, "ms", "percent", [shareLine(run, lane)]),
		]),
		linePlot(
			"Lag",
			"records",
			"seconds",
			lines(run, ({ lag }) => lag),
		),
		linePlot("Processor", "cores", "seconds", processorLines(run)),
		linePlot(
			"Memory",
			"MiB",
			"seconds",
			lines(run, ({ use }) => mapValues(use, ({ memoryMiB }) => memoryMiB)),
		),
	];
	const table = `<table><tr><th>figure</th><th></th><th>aim</th></tr>${rows.join("")}</table>`;
	return plotPage(title, `<p>${escapeText(machine)}</p>${table}${plots.join("")}`);
}

function delayLines(run: Run, lane: Lane): readonly Line[] {
	const own = run.delays.filter((one) => one.lane === lane);
	const { startedAtMs, endedAtMs } = run.load;
	const sliceMs = Math.max(1_000, (endedAtMs - startedAtMs) / slices);
	const bySlice = new Map<number, number[]>();
	for (const { dueAtMs, delayMs } of own) {
		const slice = Math.floor((dueAtMs - startedAtMs) / sliceMs);
		bySlice.set(slice, [...(bySlice.get(slice) ?? []), delayMs]);
	}
	const ordered = [...bySlice].toSorted(([a], [b]) => a - b);
	return [0.5, 0.95, 0.99, 1].map((share) => ({
		name: share === 1 ? "max" : `p${share * 100}`,
		points: ordered.map(([slice, delays]) => [(slice * sliceMs) / 1_000, quantile(delays, share)] as const),
	}));
}

function shareLine(run: Run, lane: Lane): Line {
	const sorted = run.delays
		.filter((one) => one.lane === lane)
		.map(({ delayMs }) => delayMs)
		.toSorted((a, b) => a - b);
	const points = Array.from({ length: 101 }, (_, percent) => {
		const index = Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length));
		return [percent, sorted[index] ?? Number.NaN] as const;
	});
	return { name: lane, points: sorted.length === 0 ? [] : points };
}

function processorLines(run: Run): readonly Line[] {
	const pairs = run.samples.slice(1).map((sample, index) => ({ sample, before: run.samples[index] ?? sample }));
	return Object.keys(run.samples.at(-1)?.use ?? {}).map((name) => ({
		name,
		points: pairs.map(({ sample, before }) => {
			const seconds = Math.max(0.001, (sample.atMs - before.atMs) / 1_000);
			const used = (sample.use[name]?.cpuSeconds ?? 0) - (before.use[name]?.cpuSeconds ?? 0);
			return [secondsOf(run, sample), used / seconds] as const;
		}),
	}));
}

function lines(run: Run, valuesOf: (sample: Sample) => Readonly<Record<string, number>>): readonly Line[] {
	const names = [...new Set(run.samples.flatMap((sample) => Object.keys(valuesOf(sample))))];
	return names.map((name) => ({
		name,
		points: run.samples.flatMap((sample) => {
			const value = valuesOf(sample)[name];
			return value === undefined ? [] : [[secondsOf(run, sample), value] as const];
		}),
	}));
}

function secondsOf({ samples }: Run, { atMs }: Sample): number {
	return (atMs - (samples[0]?.atMs ?? atMs)) / 1_000;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Readonly<Record<string, U>> {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

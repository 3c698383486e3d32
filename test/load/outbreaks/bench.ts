// How soon an outbreak is found, and how often something harmless is taken for one: cascades planted in a stream of harmless copies, given by
// their cluster. How well clusters gather real copies is `bench:robustness`; here a copy is in its cluster.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
	type Alert,
	createGrowthWatch,
	type GrowthWatch,
	usualWatch,
} from "../../../services/core/outbreaks/growth-watch.ts";
import { curvePicture } from "../curve.ts";
import { linePlot } from "../line-plot.ts";
import { quantile } from "../quantile.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { daySeconds, newShares, type Planted, type Stream, sightingsOfDays } from "./generate.ts";

const values = readOptions(
	"npm run bench:outbreaks -- [--items 1000000] [--days 4] [--allowed 0.1,1,10] [--picture FILE] [--json]",
	{
		json: { type: "boolean", default: false },
		/** A day. */
		items: { type: "string", default: "1000000" },
		/** The first is to learn from, and is not judged. */
		days: { type: "string", default: "4" },
		seed: { type: "string", default: "1" },
		/** Where the README's picture is written, of the sort of outbreaks with most new accounts. */
		picture: { type: "string" },
		/** False alarms a day, each with a watch of its own. */
		allowed: { type: "string", default: `0.1,${usualWatch.alarmsPerDay},10` },
	},
);
const stream: Stream = {
	...{ itemsPerDay: Number(values.items), days: Number(values.days), outbreaksPerDay: 20, seed: Number(values.seed) },
};
const judgedDays = stream.days - 1;
/** People decide so long after the alert. */
const decidedAfterSeconds = 600;
const harmlessAfterSeconds = 3_600;

interface Found {
	readonly copies: number;
	readonly seconds: number;
}

/** One watch over the stream, with what it found. */
interface Run {
	readonly alarmsPerDay: number;
	readonly watch: GrowthWatch;
	readonly found: Map<string, Found>;
	falseAlarms: number;
	readonly settling: { readonly alert: Alert; readonly at: number; readonly was: "harmless" | "harmful" }[];
}

const planted = new Map<string, Planted>();
const seen = new Map<string, number>();
const late = new Map<string, number>();
const runs: readonly Run[] = values.allowed.split(",").map((allowed) => ({
	alarmsPerDay: Number(allowed),
	watch: createGrowthWatch({ ...usualWatch, alarmsPerDay: Number(allowed) }),
	found: new Map<string, Found>(),
	falseAlarms: 0,
	settling: [],
}));
const usual = runs.find(({ alarmsPerDay }) => alarmsPerDay === usualWatch.alarmsPerDay) ?? runs[0];
if (usual === undefined) throw new Error("there is nothing to measure");
let sightings = 0;
let spentMs = 0;
let firstSecond = 0;

function note(run: Run, alert: Alert): void {
	const { key } = alert.subject;
	const origin = planted.get(key);
	if (origin === undefined) {
		if (alert.atSeconds - firstSecond >= daySeconds) run.falseAlarms += 1;
		run.settling.push({ alert, at: alert.atSeconds + harmlessAfterSeconds, was: "harmless" });
		return;
	}
	if (!run.found.has(key))
		run.found.set(key, { copies: seen.get(key) ?? 0, seconds: alert.atSeconds - origin.beganAt });
	run.settling.push({ alert, at: alert.atSeconds + decidedAfterSeconds, was: "harmful" });
}

for (const sighting of sightingsOfDays(stream, (one) => planted.set(one.key, one))) {
	const { key } = sighting.subject;
	firstSecond ||= sighting.atSeconds;
	sightings += 1;
	const origin = planted.get(key);
	if (origin !== undefined) {
		seen.set(key, (seen.get(key) ?? 0) + 1);
		const found = usual.found.get(key);
		if (found !== undefined && sighting.atSeconds > origin.beganAt + found.seconds + decidedAfterSeconds)
			late.set(key, (late.get(key) ?? 0) + 1);
	}
	for (const run of runs) {
		while ((run.settling[0]?.at ?? Number.POSITIVE_INFINITY) <= sighting.atSeconds) {
			const due = run.settling.shift();
			if (due !== undefined) run.watch.settle(due.alert.subject, due.was);
		}
		const before = run === usual && sightings % 64 === 0 ? process.cpuUsage() : null;
		const alert = run.watch.see(sighting);
		if (before !== null) {
			const { user, system } = process.cpuUsage(before);
			spentMs += (user + system) / 1_000;
		}
		if (alert !== null) note(run, alert);
	}
}

// Those that the stream ended with are not judged.
const whole = [...planted.values()].filter(({ key, copies }) => (seen.get(key) ?? 0) >= copies);
const [many] = newShares;
const ofShare = (newShare: number) => whole.filter((one) => one.newShare === newShare);
const copiesOf = (run: Run, newShare: number) =>
	ofShare(newShare).map(({ key }) => run.found.get(key)?.copies ?? Number.POSITIVE_INFINITY);
const quantileOf = (numbers: readonly number[], share: number) =>
	quantile(
		numbers.toSorted((a, b) => a - b),
		share,
	);
const foundOf = (run: Run, newShare: number) => {
	const copies = copiesOf(run, newShare);
	return (100 * copies.filter(Number.isFinite).length) / copies.length;
};
const copies = copiesOf(usual, many);
const minutes = ofShare(many).map(({ key }) => (usual.found.get(key)?.seconds ?? Number.POSITIVE_INFINITY) / 60);
const all = whole.reduce((sum, one) => sum + one.copies, 0);
const after = whole.reduce((sum, { key }) => sum + (late.get(key) ?? 0), 0);
const told = (name: string, value: number, unit: string): Figure => ({ name, value, unit, aim: null });

const figures: readonly Figure[] = [
	{
		...{ name: "copies until it is found, median", value: quantileOf(copies, 0.5), unit: "copies" },
		aim: { atMost: 12, of: "value" },
	},
	told("the same, nine in ten", quantileOf(copies, 0.9), "copies"),
	told("minutes until it is found, median", quantileOf(minutes, 0.5), "min"),
	{
		...{ name: "false alarms a day", value: usual.falseAlarms / judgedDays, unit: "alarms" },
		aim: { atMost: usual.alarmsPerDay, of: "value" },
	},
	told("copies that come 10 min after the alert or later, all outbreaks", (100 * after) / all, "%"),
	...runs.flatMap((run) => [
		told(`${run.alarmsPerDay} false alarms a day allowed: they were`, run.falseAlarms / judgedDays, "alarms"),
		...newShares.flatMap((share) => {
			const name = `${run.alarmsPerDay} allowed, ${Math.round(100 * share)} % of accounts new`;
			return [
				told(`${name}: found`, foundOf(run, share), "%"),
				told(`${name}: copies, median`, quantileOf(copiesOf(run, share), 0.5), "copies"),
			];
		}),
	]),
	told("a sighting takes, of one core", (spentMs * 1_000) / (sightings / 64), "µs"),
	told("memory of the count", usual.watch.snapshot().length / 2 ** 20, "MiB"),
];

const folder = ".cache/bench/outbreaks";
mkdirSync(folder, { recursive: true });
const lines = newShares.map((share) => ({
	name: `${Math.round(100 * share)} % of its accounts new`,
	points: Array.from({ length: 61 }, (_, most) => {
		const found = copiesOf(usual, share).filter((count) => count <= most).length;
		return [most, (100 * found) / ofShare(share).length] as const;
	}),
}));
writeFileSync(
	join(folder, "delay.html"),
	linePlot("Outbreaks found", "% of those planted", "copies until then", lines),
);
const drawnTo = 60;
if (values.picture !== undefined)
	writeFileSync(
		values.picture,
		curvePicture(
			{
				title: `Outbreaks found, of ${ofShare(many).length} with ${Math.round(100 * many)} % new accounts`,
				counted: "copies that came until it was found",
				mark: { at: 12, name: "aim: half of them by 12" },
			},
			runs.map((run) => ({
				name: run.alarmsPerDay === 1 ? "1 false alarm a day" : `${run.alarmsPerDay} false alarms a day`,
				foundBy: Array.from({ length: drawnTo + 1 }, (_, most) => {
					const found = copiesOf(run, many).filter((count) => count <= most).length;
					return found / ofShare(many).length;
				}),
			})),
		),
	);
const title = `Outbreaks: ${whole.length} planted in ${judgedDays} days of ${stream.itemsPerDay} items`;
process.exitCode = report(title, figures, values.json);

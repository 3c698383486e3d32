// A large bank in a running detector: the figures (watch-large-bank.ts says of what).
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import type { Looked, Started } from "./detector.ts";
import { type Watched, watchLargeBank } from "./watch-large-bank.ts";

const usage = `npm run bench:live-bank -- [options]

  --entries N   in the bank before the detector starts (1m)
  --pictures N  looked up in all, of which 20 k first (200k)
  --churned N   entries added, and removed again, while look-ups go on (10k)
  --json        print one JSON object`;

const values = readOptions(usage, {
	entries: { type: "string", default: "1m" },
	pictures: { type: "string", default: "200k" },
	churned: { type: "string", default: "10k" },
	json: { type: "boolean", default: false },
});

const watched = await watchLargeBank({
	entries: parseCount(values.entries),
	pictures: parseCount(values.pictures),
	churned: parseCount(values.churned),
	say: (text) => void process.stderr.write(`${text}\n`),
});
const figures = [...startFigures(watched), ...churnFigures(watched), ...memoryFigures(watched)];
process.exitCode = report(`a bank of ${values.entries} entries in a running detector`, figures, values.json);

function startFigures({ fromRecord, fromSnapshot, behind }: Watched): readonly Figure[] {
	const seconds = (name: string, { readyMs }: Started, aim: Figure["aim"]): Figure => ({
		...{ name, value: readyMs / 1_000, unit: "s", aim },
	});
	return [
		seconds("from the start of the process until ready, from the record", fromRecord, null),
		{ name: "most memory until then", value: fromRecord.peakMib, unit: "MiB", aim: null },
		seconds("the same, from the snapshot", fromSnapshot, { atMost: 3, of: "value" }),
		{ name: "most memory until then", value: fromSnapshot.peakMib, unit: "MiB", aim: null },
		seconds(`the same, ${behind.changes} changes behind`, behind, null),
		{ name: "most memory until then", value: behind.peakMib, unit: "MiB", aim: null },
	];
}

function churnFigures({ quiet, churned: { looked, ...churned } }: Watched): readonly Figure[] {
	const ms = (name: string, value: number, before: number | null, aim: Figure["aim"]): Figure => ({
		...{ name, value, unit: "ms", aim },
		peer: before === null ? undefined : { name: "without changes", value: before },
	});
	return [
		ms("a picture's look-up while entries change, median", looked.medianMs, quiet.medianMs, {
			atLeast: 0.5,
			of: "ratio",
		}),
		ms("the same, p99", looked.p99Ms, quiet.p99Ms, { atMost: 20, of: "value" }),
		ms("longest pause of the event loop", looked.longestPauseMs, quiet.longestPauseMs, { atMost: 20, of: "value" }),
		{ name: "wrong answers", value: looked.wrong + churned.wrong, unit: "", aim: { atMost: 0, of: "value" } },
		{ name: "changes made", value: churned.changesPerSecond, unit: "/s", aim: null },
		{ name: "slowest to be seen", value: churned.slowestSeconds, unit: "s", aim: { atMost: 1, of: "value" } },
	];
}

function memoryFigures({ early, late, churned: { looked } }: Watched): readonly Figure[] {
	const against = (name: string, later: Looked, aim: Figure["aim"]): Figure => ({
		...{ name, value: later.rssMib / early.rssMib, unit: `of ${Math.round(early.rssMib)} MiB`, aim },
	});
	return [
		against(`resident after ${values.pictures} pictures against 20k`, late, { atMost: 1.05, of: "value" }),
		{ name: "wrong answers then", value: early.wrong + late.wrong, unit: "", aim: { atMost: 0, of: "value" } },
		against("the same after the changes", looked, null),
	];
}

function parseCount(text: string): number {
	const [, digits, unit] = /^(\d+)([km]?)$/i.exec(text.trim()) ?? [];
	if (digits === undefined) throw new Error(`a number such as 10k or 1m is wanted, not ${text}`);
	return Number(digits) * { k: 1_000, m: 1_000_000, "": 1 }[(unit ?? "").toLowerCase() as "k" | "m" | ""];
}

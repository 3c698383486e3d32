// How long the board's questions take over a large history: each view over all days, over the last thirty and seven; beside it, of those that
// read counts, how long it takes to count the rows when they are asked, which has to answer the same. The files are made first, and are gone afterwards,
// but where a folder is named: what is made there stays, and is asked the next time.
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countTableNames } from "../../../services/core/history/history-counts.ts";
import { type TrendView, trendViewNames, trendViews } from "../../../services/core/history/trends.ts";
import { askHistory } from "../../../services/parts/ask-history.ts";
import { openHistory } from "../../../services/parts/history.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { generateHistory } from "./generate.ts";

const usage = "npm run bench:history -- [--items 100000000] [--folder DIR [--only-make]] [--json]";
const values = readOptions(usage, {
	json: { type: "boolean", default: false },
	items: { type: "string", default: "100000000" },
	/** Empty at first. */
	folder: { type: "string" },
	"only-make": { type: "boolean", default: false },
});
const days = 90;
const turns = 3;
/** Seconds: for each question of the board, and for the growth of clusters over a month. */
const atMost = 2;
const growthAtMost = 5;
/** As review asks. */
const asReview = { threads: 2, memoryMib: 512 };

const folder = values.folder ?? (await mkdtemp(join(tmpdir(), "breakwater-bench-history-")));
const manifest = join(folder, "made.json");
const config = readConfig({ BREAKWATER_DATA_DIR: folder });

type Made = Awaited<ReturnType<typeof generateHistory>> & { readonly takenMs: number };

async function make(): Promise<Made> {
	const startedAt = performance.now();
	const writer = await openHistory(config, { threads: 1, memoryMib: 256 }).openWriter();
	const generated = await generateHistory(join(folder, "history"), {
		...{ items: Number(values.items), days, lastDay: new Date(), writer },
	});
	const made = { ...generated, takenMs: performance.now() - startedAt };
	await writeFile(manifest, JSON.stringify(made));
	return made;
}

async function ask({ files, verdicts, countingMs, takenMs }: Made): Promise<void> {
	const generatedS = (takenMs - countingMs) / 1_000;
	const mibOf = async (keys: readonly string[]) => {
		const sizes = await Promise.all(keys.map((key) => stat(join(folder, "history", key))));
		return sizes.reduce((sum, { size }) => sum + size, 0) / 2 ** 20;
	};
	const parts = openHistory(config, asReview);
	const historyOf = (isCounted: boolean) => ({
		listFiles: ({ tables, fromDay }: { readonly tables: readonly string[]; readonly fromDay: string }) =>
			Promise.resolve(
				files
					.filter(({ table, day }) => tables.includes(table) && day >= fromDay)
					.map((file) => ({ ...file, counts: isCounted ? file.counts : null })),
			),
		marks: () => Promise.resolve({ numbered: 0, published: 0, written: 0 }),
	});
	const askView = async (view: TrendView, span: number, isCounted: boolean) => {
		const askedAt = performance.now();
		const deps = {
			history: historyOf(isCounted),
			banks: { list: () => Promise.resolve([]) },
			parts,
			nowMs: Date.now(),
		};
		// Too much for review's memory, it is told as taking for ever.
		const answer = askHistory(deps, view, { days: span, platform: null });
		const { rows } = await answer.catch(() => ({ rows: null }));
		if (rows === null) return { rows: null, seconds: Number.POSITIVE_INFINITY };
		if (rows.length === 0) throw new Error(`${view} answered nothing`);
		return { rows: JSON.stringify(rows), seconds: (performance.now() - askedAt) / 1_000 };
	};
	const figures: Figure[] = [
		{ name: "verdicts", value: verdicts / 1e6, unit: "million", aim: null },
		{
			name: "rows of other tables",
			value: (files.reduce((sum, { rows }) => sum + rows, 0) - verdicts) / 1e6,
			unit: "million",
			aim: null,
		},
		{ name: "files, without counts", value: files.length, unit: "", aim: null },
		{ name: "their size", value: await mibOf(files.map(({ key }) => key)), unit: "MiB", aim: null },
		{
			name: "size of the counts",
			value: await mibOf(files.flatMap(({ counts }) => Object.values(counts ?? {}))),
			unit: "MiB",
			aim: null,
		},
		{ name: "made in", value: generatedS, unit: "s", aim: null },
		{ name: "counted in", value: countingMs / 1_000, unit: "s", aim: null },
	];
	for (const span of [days, 30, 7]) {
		for (const view of trendViewNames) {
			const took: number[] = [];
			let answered: string | null = null;
			for (let turn = 0; turn < turns; turn += 1) {
				const { rows, seconds } = await askView(view, span, true);
				answered = rows;
				took.push(seconds);
			}
			const value = took.toSorted((a, b) => a - b)[Math.floor(turns / 2)] ?? 0;
			const isOfCounts = trendViews[view].reads.some((one) => countTableNames.some((count) => count === one));
			const whenAsked = isOfCounts ? await askView(view, span, false) : null;
			if (whenAsked !== null && whenAsked.rows !== null && answered !== null && whenAsked.rows !== answered)
				throw new Error(`${view}: counts answer otherwise than the rows do`);
			const peer = whenAsked === null ? undefined : { name: "counted when asked", value: whenAsked.seconds };
			const aim = { atMost: view === "growth" ? growthAtMost : atMost, of: "value" } as const;
			figures.push({ name: `${view}, ${span} days`, value, unit: "s", peer, aim });
		}
	}
	process.exitCode = report("history: the board's questions, median of three", figures, values.json);
}

try {
	const made = await readFile(manifest, "utf8").then((text): Made => JSON.parse(text), make);
	if (!values["only-make"]) await ask(made);
} finally {
	if (values.folder === undefined) await rm(folder, { recursive: true, force: true });
}

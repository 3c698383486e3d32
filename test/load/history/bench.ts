// How long the board's questions take over a large history: each view over all days, and over the last seven. The files are made first, and are
// gone afterwards.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { trendViewNames } from "../../../services/core/history/trends.ts";
import { askHistory } from "../../../services/parts/ask-history.ts";
import { openHistory } from "../../../services/parts/history.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { generateHistory } from "./generate.ts";

const { json, items: asked } = readOptions("npm run bench:history -- [--items 100000000] [--json]", {
	json: { type: "boolean", default: false },
	items: { type: "string", default: "100000000" },
});
const days = 90;
const turns = 3;
/** Seconds for each question, over all days. */
const atMost = 2;

const folder = await mkdtemp(join(tmpdir(), "breakwater-bench-history-"));
try {
	const startedAt = performance.now();
	const { files, verdicts } = await generateHistory(join(folder, "history"), {
		...{ items: Number(asked), days, lastDay: new Date() },
	});
	const generatedS = (performance.now() - startedAt) / 1_000;
	const sizes = await Promise.all(files.map(({ key }) => stat(join(folder, "history", key))));
	const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
	const parts = openHistory(readConfig({ BREAKWATER_DATA_DIR: folder }), {
		threads: availableParallelism(),
		memoryMib: 1_024,
	});
	const history = {
		listFiles: ({ tables, fromDay }: { readonly tables: readonly string[]; readonly fromDay: string }) =>
			Promise.resolve(files.filter(({ table, day }) => tables.includes(table) && day >= fromDay)),
		marks: () => Promise.resolve({ numbered: 0, published: 0, written: 0 }),
	};
	const figures: Figure[] = [
		{ name: "verdicts", value: verdicts / 1e6, unit: "million", aim: null },
		{ name: "files", value: files.length, unit: "", aim: null },
		{ name: "size", value: bytes / 2 ** 20, unit: "MiB", aim: null },
		{ name: "made in", value: generatedS, unit: "s", aim: null },
	];
	for (const span of [days, 7]) {
		for (const view of trendViewNames) {
			const took: number[] = [];
			for (let turn = 0; turn < turns; turn += 1) {
				const askedAt = performance.now();
				const { rows } = await askHistory({ history, parts, nowMs: Date.now() }, view, { days: span, platform: null });
				if (rows.length === 0) throw new Error(`${view} answered nothing`);
				took.push((performance.now() - askedAt) / 1_000);
			}
			const value = took.toSorted((a, b) => a - b)[Math.floor(turns / 2)] ?? 0;
			figures.push({ name: `${view}, ${span} days`, value, unit: "s", aim: { atMost, of: "value" } });
		}
	}
	process.exitCode = report("history: the board's questions, median of three", figures, json);
} finally {
	await rm(folder, { recursive: true, force: true });
}

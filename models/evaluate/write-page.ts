import type { Share } from "../../services/core/scoring/evaluation.ts";
import { escapeHtml, plot } from "./plot.ts";
import type { GroupSummary, ScorerSummary } from "./summarize.ts";

export interface Evaluation {
	readonly date: string;
	readonly machine: string;
	readonly summaries: readonly (ScorerSummary & { readonly loadedMegabytes: number | null })[];
}

const style =
	"body{font:15px/1.5 system-ui;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#222}table{border-collapse:collapse;margin:1rem 0}" +
	"td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ddd;font-variant-numeric:tabular-nums;white-space:nowrap}" +
	"td:first-child,th:first-child{text-align:left}.scroll{overflow-x:auto}svg{display:block;max-width:100%}svg text{font-size:12px;fill:#333}";

/** A page that stands alone: what each scorer costs and gets wrong, with intervals, and plots where there is something to plot. */
export function writePage({ date, machine, summaries }: Evaluation): string {
	const over = summaries.map(({ scorer, overThreshold }) => ({
		name: scorer,
		points: overThreshold.map(({ threshold, share }) => ({ x: threshold, y: share })),
	}));
	return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Model evaluation</title><style>${style}</style>
<h1>Model evaluation</h1><p>${escapeHtml(date)}, ${escapeHtml(machine)}. Shares with 95 % intervals (Wilson).
"Unavailable" are files that no score could be had for: of other formats, broken on purpose, of one color. They go to people.
A cascade asks its further models only about pictures that the first gave a probability in its band.</p>
<h2>Before and after the cascade</h2>${overview(summaries)}
<h3>Share of harmless pictures at or over a threshold</h3>${plot(over, { x: "threshold", y: "harmless pictures", top: topOf(over) })}
${summaries.map(section).join("\n")}
</html>\n`;
}

/** Over the tail that matters: below a quarter every model has its doubts about everything. */
function topOf(lines: readonly { readonly points: readonly { readonly x: number; readonly y: number }[] }[]): number {
	const tail = lines.flatMap(({ points }) => points.filter(({ x }) => x >= 0.25).map(({ y }) => y));
	return Math.min(1, Math.max(0.04, Math.ceil(Math.max(0, ...tail) * 25) / 25));
}

function overview(summaries: Evaluation["summaries"]): string {
	const rows = summaries.map(({ scorer, all, msPerPicture, loadedMegabytes }) => {
		const half = all.thresholds.find(({ threshold }) => threshold === 0.5)?.falsePositives;
		const memory = loadedMegabytes === null ? "–" : `${loadedMegabytes.toFixed(0)} MB`;
		return `<tr><td>${escapeHtml(scorer)}</td><td>${half === undefined ? "–" : shareText(half)}</td><td>${all.unavailable}</td><td>${msPerPicture.toFixed(1)}</td><td>${memory}</td></tr>`;
	});
	return `<div class="scroll"><table><tr><th>scorer</th><th>harmless ≥ 0.5</th><th>unavailable</th><th>ms per picture</th><th>memory to load</th></tr>${rows.join("")}</table></div>`;
}

function section(summary: ScorerSummary): string {
	const groups: readonly (readonly [string, GroupSummary])[] = [
		["all", summary.all],
		...Object.entries(summary.byKind),
		...Object.entries(summary.byCorpus),
		...Object.entries(summary.byMediaType),
	];
	return `<h2>${escapeHtml(summary.scorer)}</h2>
<h3>Harmless pictures at or over a threshold, by corpus and by kind</h3>${groupTable(groups, ({ falsePositives }) => falsePositives)}
${summary.roc === null ? "<p>No pictures to be found were given: recall, precision, ROC and calibration are unknown.</p>" : curves(summary, groups)}`;
}

type Pick = (at: GroupSummary["thresholds"][number]) => Share;

function groupTable(groups: readonly (readonly [string, GroupSummary])[], pick: Pick): string {
	const heads = groups[0]?.[1].thresholds.map(({ threshold }) => `<th>≥ ${threshold}</th>`).join("") ?? "";
	const rows = groups.map(([name, group]) => {
		const cells = group.thresholds.map((at) => `<td>${shareText(pick(at))}</td>`).join("");
		return `<tr><td>${escapeHtml(name)}</td><td>${group.files}</td><td>${group.unavailable}</td>${cells}</tr>`;
	});
	return `<div class="scroll"><table><tr><th>group</th><th>files</th><th>unavailable</th>${heads}</tr>${rows.join("")}</table></div>`;
}

function shareText({ count, of, value, low, high }: Share): string {
	if (of === 0) return "–";
	const percent = (share: number) => (share * 100).toFixed(1);
	return `${count}/${of} ${percent(value)} % (${percent(low)}–${percent(high)})`;
}

function curves(
	{ roc, calibration, all, scorer }: ScorerSummary,
	groups: readonly (readonly [string, GroupSummary])[],
): string {
	if (roc === null || calibration === null) return "";
	const rocPoints = roc.curve.map(({ falsePositiveRate, recall }) => ({ x: falsePositiveRate, y: recall }));
	const said = calibration.bins.map(({ meanProbability, positives }) => ({ x: meanProbability, y: positives.value }));
	const byThreshold = (name: string, pick: Pick) => ({
		name,
		points: all.thresholds.filter((at) => pick(at).of > 0).map((at) => ({ x: at.threshold, y: pick(at).value })),
	});
	const both = [byThreshold("precision", ({ precision }) => precision), byThreshold("recall", ({ recall }) => recall)];
	return `<h3>Recall</h3>${groupTable(groups, ({ recall }) => recall)}<h3>Precision</h3>${groupTable(groups, ({ precision }) => precision)}
${plot(both, { x: "threshold", y: "share" })}
<h3>ROC, area ${roc.area.toFixed(4)}</h3>${plot([{ name: scorer, points: rocPoints }], { x: "harmless pictures", y: "pictures found", diagonal: true })}
<h3>Reliability, expected calibration error ${calibration.error.toFixed(4)}</h3>${plot([{ name: scorer, points: said }], { x: "probability said", y: "share that was so", diagonal: true })}`;
}

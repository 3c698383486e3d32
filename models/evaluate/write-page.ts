import type { RocPoint, Share } from "../../services/core/scoring/evaluation.ts";
import type { GroupSummary, ScorerSummary } from "./summarize.ts";

export interface Evaluation {
	readonly date: string;
	readonly machine: string;
	readonly summaries: readonly ScorerSummary[];
}

const style =
	"body{font:15px/1.5 system-ui;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;margin:1rem 0}" +
	"td,th{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}" +
	"svg{background:#fafafa;border:1px solid #ddd}";

/** A page that stands alone: tables of errors with their intervals, and plots where there is something to plot. */
export function writePage({ date, machine, summaries }: Evaluation): string {
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Model evaluation</title><style>${style}</style>
<h1>Model evaluation</h1><p>${escapeHtml(date)}, ${escapeHtml(machine)}. Shares with 95 % intervals (Wilson).</p>
${summaries.map(section).join("\n")}
</html>\n`;
}

function section(summary: ScorerSummary): string {
	const groups: readonly (readonly [string, GroupSummary])[] = [
		["all", summary.all],
		...Object.entries(summary.byCorpus),
		...Object.entries(summary.byMediaType),
	];
	return `<h2>${escapeHtml(summary.scorer)}</h2><p>${summary.msPerPicture.toFixed(1)} ms per picture.</p>
<h3>Harmless pictures at or over a threshold</h3>${groupTable(groups, ({ falsePositives }) => falsePositives)}
${summary.roc === null ? "<p>No pictures to be found were given: recall, ROC and calibration are unknown.</p>" : curves(summary, groups)}`;
}

type Pick = (at: GroupSummary["thresholds"][number]) => Share;

function groupTable(groups: readonly (readonly [string, GroupSummary])[], pick: Pick): string {
	const heads = groups[0]?.[1].thresholds.map(({ threshold }) => `<th>≥ ${threshold}</th>`).join("") ?? "";
	const rows = groups.map(([name, group]) => {
		const cells = group.thresholds.map((at) => `<td>${shareText(pick(at))}</td>`).join("");
		return `<tr><td>${escapeHtml(name)}</td><td>${group.files}</td><td>${group.unavailable}</td>${cells}</tr>`;
	});
	return `<table><tr><th>group</th><th>files</th><th>unavailable</th>${heads}</tr>${rows.join("")}</table>`;
}

function shareText({ count, of, value, low, high }: Share): string {
	if (of === 0) return "–";
	const percent = (share: number) => (share * 100).toFixed(1);
	return `${count}/${of} ${percent(value)} % (${percent(low)}–${percent(high)})`;
}

function curves(summary: ScorerSummary, groups: readonly (readonly [string, GroupSummary])[]): string {
	const { roc, calibration } = summary;
	if (roc === null || calibration === null) return "";
	const reliabilityPoints = calibration.bins.map(({ meanProbability, positives }) => ({
		falsePositiveRate: meanProbability,
		recall: positives.value,
	}));
	return `<h3>Recall</h3>${groupTable(groups, ({ recall }) => recall)}<h3>Precision</h3>${groupTable(groups, ({ precision }) => precision)}
<h3>ROC, area ${roc.area.toFixed(4)}</h3>${plot(roc.curve)}
<h3>Reliability, expected calibration error ${calibration.error.toFixed(4)}</h3>${plot(reliabilityPoints)}`;
}

function plot(points: readonly RocPoint[]): string {
	const edge = 300;
	const path = points.map((at) => `${(at.falsePositiveRate * edge).toFixed(1)},${((1 - at.recall) * edge).toFixed(1)}`);
	return `<svg width="${edge}" height="${edge}" viewBox="0 0 ${edge} ${edge}"><line x1="0" y1="${edge}" x2="${edge}" y2="0" stroke="#bbb"/><polyline points="${path.join(" ")}" fill="none" stroke="#036" stroke-width="2"/></svg>`;
}

function escapeHtml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

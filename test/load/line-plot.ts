// A line plot as SVG text, for the pages that benchmarks leave behind: no script, no dependency, readable in dark and light.

export interface Line {
	readonly name: string;
	readonly points: readonly (readonly [x: number, y: number])[];
}

const size = { width: 760, height: 240, left: 64, right: 12, top: 12, bottom: 30 };
const colors = ["#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2", "#65a30d", "#db2777", "#6b7280"];

export function linePlot(title: string, unit: string, xUnit: string, lines: readonly Line[]): string {
	const all = lines.flatMap(({ points }) => points).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
	if (all.length === 0) return "";
	const maxX = all.reduce((most, [x]) => Math.max(most, x), 0) || 1;
	const maxY = all.reduce((most, [, y]) => Math.max(most, y), 0) || 1;
	const toX = (x: number) => size.left + (x / maxX) * (size.width - size.left - size.right);
	const toY = (y: number) => size.height - size.bottom - (y / maxY) * (size.height - size.top - size.bottom);
	const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
		const y = toY(maxY * share);
		return `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y}" y2="${y}" class="grid"/><text x="${size.left - 6}" y="${y + 4}" text-anchor="end">${round(maxY * share)}</text>`;
	});
	const ticks = [0, 0.25, 0.5, 0.75, 1].map(
		(share) =>
			`<text x="${toX(maxX * share)}" y="${size.height - 8}" text-anchor="middle">${round(maxX * share)}</text>`,
	);
	const paths = lines.map(({ points }, index) => {
		const text = points.map(([x, y]) => `${toX(x).toFixed(1)},${toY(y).toFixed(1)}`).join(" ");
		return `<polyline points="${text}" fill="none" stroke="${colorOf(index)}" stroke-width="1.5"/>`;
	});
	const legend = lines.map(
		({ name }, index) => `<span><i style="background:${colorOf(index)}"></i>${escapeText(name)}</span>`,
	);
	return `<figure><figcaption>${escapeText(title)}, ${escapeText(unit)} over ${escapeText(xUnit)}</figcaption><svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeText(title)}">${grid.join("")}${ticks.join("")}${paths.join("")}</svg><p class="legend">${legend.join("")}</p></figure>`;
}

export function plotPage(title: string, body: string): string {
	const style = `:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:800px;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{padding:.15rem .8rem .15rem 0;text-align:left}td.n{text-align:right}svg{width:100%;height:auto;font-size:11px}svg text{fill:currentColor}.grid{stroke:currentColor;opacity:.15}.legend span{margin-right:1rem}.legend i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}figure{margin:1.5rem 0}`;
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeText(title)}</title><style>${style}</style><h1>${escapeText(title)}</h1>${body}</html>\n`;
}

export function escapeText(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function colorOf(index: number): string {
	return colors[index % colors.length] ?? "#000000";
}

function round(value: number): string {
	return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}

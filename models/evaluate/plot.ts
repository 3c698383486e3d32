/** One line of a plot; x and y from 0 to 1. */
export interface Line {
	readonly name: string;
	readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface PlotOptions {
	readonly x: string;
	readonly y: string;
	/** The value of y at the top, where there is little to see near 1. */
	readonly top?: number;
	/** A thin line from corner to corner, for what a coin would give or what perfect calibration is. */
	readonly diagonal?: boolean;
}

const [width, height, left, bottom] = [420, 260, 56, 40];
/** Told apart by dashes as well as by color. */
const strokes = ["#0b5394", "#b45f06", "#38761d", "#741b47", "#444444", "#0d7377"];
const dashes = ["", "6 3", "2 3", "8 3 2 3", "1 4", "12 3"];

/** An SVG with axes, ticks and a legend. */
export function plot(lines: readonly Line[], { x, y, top = 1, diagonal = false }: PlotOptions): string {
	const px = (value: number) => (left + value * width).toFixed(1);
	const py = (value: number) => (10 + height - (Math.min(value, top) / top) * height).toFixed(1);
	const ticks = [0, 0.25, 0.5, 0.75, 1];
	const grid = ticks.map(
		(tick) =>
			`<path d="M${px(tick)} ${py(0)}V${py(top)}M${px(0)} ${py(tick * top)}H${px(1)}" stroke="#ddd"/>` +
			`<text x="${px(tick)}" y="${height + 26}" text-anchor="middle">${tick}</text>` +
			`<text x="${left - 6}" y="${py(tick * top)}" text-anchor="end" dominant-baseline="middle">${Number((tick * top).toFixed(4))}</text>`,
	);
	const paths = lines.map(({ points }, at) => {
		const path = points.map((point) => `${px(point.x)},${py(point.y)}`).join(" ");
		return `<polyline points="${path}" fill="none" stroke="${strokes[at % 6]}" stroke-width="2" stroke-dasharray="${dashes[at % 6]}"/>`;
	});
	const legend = lines.map(({ name }, at) => {
		const row = height + bottom + 30 + at * 18;
		return `<line x1="${left}" x2="${left + 30}" y1="${row - 4}" y2="${row - 4}" stroke="${strokes[at % 6]}" stroke-width="2" stroke-dasharray="${dashes[at % 6]}"/><text x="${left + 38}" y="${row}">${escapeHtml(name)}</text>`;
	});
	const total = height + bottom + 26 + (lines.length > 1 ? lines.length * 18 : 0);
	const middle = `<line x1="${px(0)}" y1="${py(0)}" x2="${px(1)}" y2="${py(top)}" stroke="#999"/>`;
	return `<svg width="${left + width + 200}" height="${total}" viewBox="0 0 ${left + width + 200} ${total}" role="img" aria-label="${escapeHtml(`${y} by ${x}`)}">${grid.join("")}${diagonal ? middle : ""}${paths.join("")}<text x="${left + width / 2}" y="${height + 44}" text-anchor="middle">${escapeHtml(x)}</text><text transform="translate(12 ${height / 2}) rotate(-90)" text-anchor="middle">${escapeHtml(y)}</text>${lines.length > 1 ? legend.join("") : ""}</svg>`;
}

export function escapeHtml(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

// Pictures for the pages about figures, of shares over a count: SVG by itself, readable in dark and light, of what a run of a bench came to.
import { escapeText } from "./line-plot.ts";

export interface Curve {
	readonly name: string;
	/** Share (0–1) that was found by at most so many; by their number, from 0 on. */
	readonly foundBy: readonly number[];
}

interface Frame {
	readonly title: string;
	/** Of the line that counts. */
	readonly counted: string;
	/** A line from top to bottom, and what it says. */
	readonly mark: { readonly at: number; readonly name: string };
}

const size = { width: 770, height: 300, left: 56, right: 200, top: 40, bottom: 44 };
/** From one line of text to the next. */
const lineHeight = 16;
const dashes = ["none", "7 4", "2 4", "10 4 2 4"];
const style = `text{font:13px system-ui,sans-serif;fill:#1f2328}.axis{stroke:#59636e;stroke-width:1}.grid{stroke:#59636e;opacity:.2}.line{fill:none;stroke:#0550ae;stroke-width:2}.aim{stroke:#9a6700;stroke-width:1.5}.aim-name{fill:#7d4e00}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.axis,.grid{stroke:#9198a1}.line{stroke:#79c0ff}.aim{stroke:#e3b341}.aim-name{fill:#e3b341}}`;

export function curvePicture({ title, counted, mark }: Frame, curves: readonly Curve[]): string {
	const most = Math.max(...curves.map(({ foundBy }) => foundBy.length - 1));
	const toX = (count: number) => size.left + (count / most) * (size.width - size.left - size.right);
	const toY = (share: number) => size.height - size.bottom - share * (size.height - size.top - size.bottom);
	const text = (x: number, y: number, said: string, rest = "") =>
		`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${rest}>${escapeText(said)}</text>`;
	const middle = ' text-anchor="middle"';
	const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
		`<line class="grid" x1="${size.left}" x2="${toX(most)}" y1="${toY(share)}" y2="${toY(share)}"/>`,
		text(size.left - 8, toY(share) + 4, `${100 * share} %`, ' text-anchor="end"'),
	]);
	const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
		const count = Math.round(part * most);
		return text(toX(count), size.height - size.bottom + 18, String(count), middle);
	});
	const names = apart(curves.map(({ foundBy }) => toY(foundBy.at(-1) ?? 0) + 4));
	const lines = curves.flatMap(({ name, foundBy }, at) => {
		const points = foundBy.map((share, count) => `${toX(count).toFixed(1)},${toY(share).toFixed(1)}`).join(" ");
		return [
			`<polyline class="line" stroke-dasharray="${dashes[at % dashes.length]}" points="${points}"/>`,
			text(toX(most) + 8, names[at] ?? 0, name),
		];
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escapeText(title)}"><style>${style}</style>`,
		text(size.left, 20, title, ' font-weight="600"'),
		...grid,
		...ticks,
		text(toX(most / 2), size.height - 6, counted, middle),
		`<line class="axis" x1="${size.left}" x2="${toX(most)}" y1="${toY(0)}" y2="${toY(0)}"/>`,
		`<line class="aim" x1="${toX(mark.at)}" x2="${toX(mark.at)}" y1="${toY(0)}" y2="${toY(1)}"/>`,
		text(toX(mark.at) + 5, toY(1) - 5, mark.name, ' class="aim-name"'),
		...lines,
		"</svg>\n",
	].join("\n");
}

/** Heights of names so that none stands on another: each at its own or below the one above. */
function apart(heights: readonly number[]): readonly number[] {
	const placed = [...heights];
	let least = Number.NEGATIVE_INFINITY;
	for (const [at, height] of [...heights.entries()].toSorted(([, a], [, b]) => a - b)) {
		placed[at] = Math.max(height, least);
		least = (placed[at] ?? height) + lineHeight;
	}
	return placed;
}

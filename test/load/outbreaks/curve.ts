// The README's picture of how soon outbreaks are found: SVG by itself, readable in dark and light, of what a run of the bench came to.
import { escapeText } from "../line-plot.ts";

interface Curve {
	readonly alarmsPerDay: number;
	/** Share of outbreaks (0–1) that were found after at most so many copies; by copies, from 0 on. */
	readonly foundBy: readonly number[];
}

const size = { width: 770, height: 300, left: 56, right: 200, top: 40, bottom: 44 };
/** From one line of text to the next. */
const lineHeight = 16;
const dashes = ["none", "7 4", "2 4", "10 4 2 4"];
const style = `text{font:13px system-ui,sans-serif;fill:#1f2328}.axis{stroke:#59636e;stroke-width:1}.grid{stroke:#59636e;opacity:.2}.line{fill:none;stroke:#0550ae;stroke-width:2}.aim{stroke:#9a6700;stroke-width:1.5}.aim-name{fill:#7d4e00}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.axis,.grid{stroke:#9198a1}.line{stroke:#79c0ff}.aim{stroke:#e3b341}.aim-name{fill:#e3b341}}`;

export function curvePicture(title: string, curves: readonly Curve[], aimCopies: number): string {
	const most = Math.max(...curves.map(({ foundBy }) => foundBy.length - 1));
	const toX = (copies: number) => size.left + (copies / most) * (size.width - size.left - size.right);
	const toY = (share: number) => size.height - size.bottom - share * (size.height - size.top - size.bottom);
	const text = (x: number, y: number, said: string, rest = "") =>
		`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${rest}>${escapeText(said)}</text>`;
	const middle = ' text-anchor="middle"';
	const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
		`<line class="grid" x1="${size.left}" x2="${toX(most)}" y1="${toY(share)}" y2="${toY(share)}"/>`,
		text(size.left - 8, toY(share) + 4, `${100 * share} %`, ' text-anchor="end"'),
	]);
	const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
		const copies = Math.round(part * most);
		return text(toX(copies), size.height - size.bottom + 18, String(copies), middle);
	});
	const names = apart(curves.map(({ foundBy }) => toY(foundBy.at(-1) ?? 0) + 4));
	const lines = curves.flatMap(({ alarmsPerDay, foundBy }, at) => {
		const points = foundBy.map((share, copies) => `${toX(copies).toFixed(1)},${toY(share).toFixed(1)}`).join(" ");
		const name = alarmsPerDay === 1 ? "1 false alarm a day" : `${alarmsPerDay} false alarms a day`;
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
		text(toX(most / 2), size.height - 6, "copies that came until it was found", middle),
		`<line class="axis" x1="${size.left}" x2="${toX(most)}" y1="${toY(0)}" y2="${toY(0)}"/>`,
		`<line class="aim" x1="${toX(aimCopies)}" x2="${toX(aimCopies)}" y1="${toY(0)}" y2="${toY(1)}"/>`,
		text(toX(aimCopies) + 5, toY(1) - 5, `aim: half of them by ${aimCopies}`, ' class="aim-name"'),
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

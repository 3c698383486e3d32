// From panels found on a sketch to their pixels in the picture: where exactly they begin, and without the gaps around them.
import { createRoom } from "./create-room.ts";
import { type FoundPanel, findPanels } from "./find-panels.ts";
import type { LumaShrinker } from "./shrink-luma.ts";
import { type Bounds, cutOut, type LumaPlane, withoutBorder } from "./trim-border.ts";

const sketchEdge = 320;
/** Smaller pictures, and smaller parts of one, have too few pixels to be told by. */
const shortestSide = 40;
/** A gap between pictures narrows what is cut out by less than a border is thought to. */
const smallestGapShare = 0.004;

/** Where they lie in the plane itself. */
export function findPanelsOf(shrinker: LumaShrinker, plane: LumaPlane): readonly FoundPanel[] {
	const { width, height } = plane;
	if (Math.min(width, height) < 2 * shortestSide) return [];
	const scale = Math.min(1, sketchEdge / Math.max(width, height));
	const sketch = { width: Math.round(width * scale), height: Math.round(height * scale) };
	shrinker.room(width, height).set(plane.luma);
	const found = findPanels(shrinker.shrink({ width, height }, sketch));
	return found.flatMap((rough) => {
		const panel = sharpen(plane, rough, { x: width / sketch.width, y: height / sketch.height });
		const isLarge = panel.right - panel.left >= shortestSide && panel.bottom - panel.top >= shortestSide;
		return isLarge ? [{ ...panel, edges: rough.edges }] : [];
	});
}

const cutRoom = createRoom();
const trimmedRoom = createRoom();

/** Its pixels, without a gap around them. Overwritten by the next call. */
export function cutPanel(plane: LumaPlane, panel: FoundPanel): LumaPlane {
	const cut = cutOut(plane, panel, cutRoom(plane.luma.length));
	return withoutBorder(cut, smallestGapShare, trimmedRoom(plane.luma.length)) ?? cut;
}

/** Each side to where luma changes most along it, within what a pixel of the sketch stands for. */
function sharpen(
	{ luma, width, height }: LumaPlane,
	rough: Bounds,
	scale: { readonly x: number; readonly y: number },
): Bounds {
	const [left, right] = [Math.round(rough.left * scale.x), Math.round(rough.right * scale.x)];
	const [top, bottom] = [Math.round(rough.top * scale.y), Math.round(rough.bottom * scale.y)];
	const column = (near: number) =>
		greatestStep(luma, near, { count: width, reach: scale.x + 1, across: 1, along: width, from: top, to: bottom });
	const row = (near: number) =>
		greatestStep(luma, near, { count: height, reach: scale.y + 1, across: width, along: 1, from: left, to: right });
	return { left: column(left), right: column(right), top: row(top), bottom: row(bottom) };
}

function greatestStep(
	luma: Uint8Array,
	near: number,
	line: {
		readonly count: number;
		readonly reach: number;
		readonly across: number;
		readonly along: number;
		readonly from: number;
		readonly to: number;
	},
): number {
	if (near <= 0 || near >= line.count) return near;
	let best = near;
	let most = -1;
	const last = Math.min(line.count - 1, Math.ceil(near + line.reach));
	for (let at = Math.max(1, Math.floor(near - line.reach)); at <= last; at += 1) {
		let sum = 0;
		for (let place = line.from; place < line.to; place += 2) {
			const pixel = at * line.across + place * line.along;
			sum += Math.abs((luma[pixel] ?? 0) - (luma[pixel - line.across] ?? 0));
		}
		if (sum > most) [most, best] = [sum, at];
	}
	return best;
}

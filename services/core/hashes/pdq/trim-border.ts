// A picture without the border that someone put around it, to be hashed like a picture of its own. It decides nothing about what a
// match means.
export interface LumaPlane {
	/** width×height values, rows from the top. */
	readonly luma: Uint8Array;
	readonly width: number;
	readonly height: number;
}

export interface Bounds {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** A border's line: its luma varies by no more than this, and lies no further from the outermost line. JPEG ripples by about 10. */
const toleranceLuma = 20;
/** A border narrower than this share of the side moves a hash by few bits. */
const smallestShare = 0.02;
/** What is left must be a picture still. */
const largestShare = 0.45;
const shortestSide = 48;

/** The picture without a border of one tone on any of its sides; null where there is none to speak of. `room` as of {@link cutOut}. */
export function withoutBorder(plane: LumaPlane, leastShare = smallestShare, room?: Uint8Array): LumaPlane | null {
	const { width, height } = plane;
	const rows = { count: height, length: width, across: width, along: 1 };
	const columns = { count: width, length: height, across: 1, along: width };
	const bounds: Bounds = {
		top: borderLines(plane, rows, 1),
		bottom: height - borderLines(plane, rows, -1),
		left: borderLines(plane, columns, 1),
		right: width - borderLines(plane, columns, -1),
	};
	const isTrimmed =
		height - (bounds.bottom - bounds.top) >= leastShare * height ||
		width - (bounds.right - bounds.left) >= leastShare * width;
	const isLeft = bounds.right - bounds.left >= shortestSide && bounds.bottom - bounds.top >= shortestSide;
	return isTrimmed && isLeft ? cutOut(plane, bounds, room) : null;
}

interface Lines {
	readonly count: number;
	readonly length: number;
	/** From one line to the next, and along a line, in places of the plane. */
	readonly across: number;
	readonly along: number;
}

/** How many lines from one side inwards are of the outermost one's tone. */
function borderLines({ luma }: LumaPlane, { count, length, across, along }: Lines, direction: 1 | -1): number {
	const first = direction === 1 ? 0 : count - 1;
	let tone: number | null = null;
	const most = Math.floor(count * largestShare);
	for (let step = 0; step < most; step += 1) {
		let least = 255;
		let greatest = 0;
		let sum = 0;
		const begin = (first + step * direction) * across;
		for (let place = 0; place < length; place += 1) {
			const value = luma[begin + place * along] ?? 0;
			if (value < least) least = value;
			if (value > greatest) greatest = value;
			if (greatest - least > toleranceLuma) return step;
			sum += value;
		}
		const mean = sum / length;
		tone ??= mean;
		if (Math.abs(mean - tone) > toleranceLuma) return step;
	}
	// A picture that is uniform so far in has no border but no structure either.
	return 0;
}

/** `room` takes what is cut out, if it is given; it is large enough for the whole plane. */
export function cutOut(
	{ luma, width }: LumaPlane,
	{ left, top, right, bottom }: Bounds,
	room: Uint8Array = new Uint8Array((right - left) * (bottom - top)),
): LumaPlane {
	const out = room.subarray(0, (right - left) * (bottom - top));
	for (let row = top; row < bottom; row += 1)
		out.set(luma.subarray(row * width + left, row * width + right), (row - top) * (right - left));
	return { luma: out, width: right - left, height: bottom - top };
}

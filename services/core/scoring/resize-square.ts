// Brings decoded pixels from one model's square to another's, so that a picture is decoded once for all of them.
import type { ScoreRequest } from "../ports/scorer.ts";

/** The same request with the pixels brought to another model's square. */
export function fitTo(request: ScoreRequest, size: number): ScoreRequest {
	return request.size === size ? request : { ...request, rgb: resizeSquare(request.rgb, request.size, size), size };
}

/** Bilinear, with pixel centers at half coordinates, edges repeated. `rgb` is from×from×3 bytes, the result to×to×3. */
export function resizeSquare(rgb: Uint8Array, from: number, to: number): Uint8Array {
	if (from === to) return rgb;
	const resized = new Uint8Array(to * to * 3);
	const axis = Array.from({ length: to }, (_, at) => sampleAt(((at + 0.5) * from) / to - 0.5, from));
	let out = 0;
	for (const y of axis) {
		for (const x of axis) {
			for (let channel = 0; channel < 3; channel++) {
				const at = (row: number, column: number) => rgb[(row * from + column) * 3 + channel] ?? 0;
				const upper = at(y.low, x.low) * (1 - x.part) + at(y.low, x.high) * x.part;
				const lower = at(y.high, x.low) * (1 - x.part) + at(y.high, x.high) * x.part;
				resized[out++] = Math.round(upper * (1 - y.part) + lower * y.part);
			}
		}
	}
	return resized;
}

/** The two neighbors of a coordinate, and how far it lies towards the second. */
function sampleAt(position: number, size: number) {
	const inside = Math.min(size - 1, Math.max(0, position));
	const low = Math.floor(inside);
	return { low, high: Math.min(size - 1, low + 1), part: inside - low };
}

// Decides whether pixels are something a model can speak about at all. A picture without any content is not "harmless" but
// unseen: what it hides below the eye's threshold, or above the decoder's, nobody has looked at.
import type { ScoreRequest } from "../ports/scorer.ts";

/** Levels out of 256 within which a recompressed picture of one color still varies. */
const flatLevels = 2;

/** True where the model must not be asked: the wrong size, or one color from edge to edge. */
export function isScorable({ rgb, size }: ScoreRequest, inputSize: number): boolean {
	return size === inputSize && rgb.length === size * size * 3 && !isOneColor(rgb);
}

function isOneColor(rgb: Uint8Array): boolean {
	for (let channel = 0; channel < 3; channel++) {
		const first = rgb[channel] ?? 0;
		let low = first;
		let high = first;
		for (let at = channel; at < rgb.length; at += 3) {
			const value = rgb[at] ?? 0;
			if (value < low) low = value;
			else if (value > high) high = value;
			if (high - low > flatLevels) return false;
		}
	}
	return true;
}

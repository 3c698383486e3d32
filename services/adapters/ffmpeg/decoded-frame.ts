// A frame as videos hold it: luma and two differences of color; and what colors come of them by which standard.
import type { Raster } from "../../core/hashes/pdq/hashed-size.ts";
import type { LumaPlane } from "../../core/hashes/pdq/trim-border.ts";

export interface Planes extends LumaPlane {
	/** Blue less luma, and red less luma, as many as there are pixels; 128 is none. */
	readonly blue: Uint8Array;
	readonly red: Uint8Array;
}

/** ITU-R BT.601, what a video is that does not say; BT.709, and BT.2020. */
export type ColorMatrix = "bt601" | "bt709" | "bt2020";

export interface DecodedFrame extends Planes {
	readonly matrix: ColorMatrix;
	/** From 0 to 255; else black is 16 and white 235, as most videos have it. */
	readonly isFullRange: boolean;
}

/** The shares of red and of blue in luma, by each standard. */
const shares: Readonly<Record<ColorMatrix, { readonly red: number; readonly blue: number }>> = {
	bt601: { red: 0.299, blue: 0.114 },
	bt709: { red: 0.2126, blue: 0.0722 },
	bt2020: { red: 0.2627, blue: 0.0593 },
};

/**
 * Colors by `matrix`, which may be another than the frame's. In whole numbers, and each part of a sum cut, not rounded, as FFmpeg does on
 * the machines that vPDQ's lists are made on: the bits of a hash follow it.
 */
export function colorsOf(frame: DecodedFrame, matrix: ColorMatrix = frame.matrix): Raster {
	const { luma, blue, red, width, height, isFullRange } = frame;
	const of = shares[matrix];
	const color = isFullRange ? 1 : 255 / 224;
	const parts = (factor: number, zero: number) => {
		const coefficient = Math.round(factor * 8_192);
		return Int16Array.from({ length: 256 }, (_, level) => ((level - zero) * 8 * coefficient) >> 16);
	};
	const [toRed, toBlue] = [2 * (1 - of.red) * color, 2 * (1 - of.blue) * color];
	const green = 1 - of.red - of.blue;
	const ofLuma = isFullRange ? parts(1, 0) : parts(255 / 219, 16);
	const [redOfRed, blueOfBlue] = [parts(toRed, 128), parts(toBlue, 128)];
	const [greenOfRed, greenOfBlue] = [parts((-of.red * toRed) / green, 128), parts((-of.blue * toBlue) / green, 128)];
	const rgb = new Uint8ClampedArray(luma.length * 3);
	for (let at = 0, to = 0; at < luma.length; at += 1, to += 3) {
		const y = ofLuma[luma[at] ?? 0] ?? 0;
		const cr = red[at] ?? 128;
		const cb = blue[at] ?? 128;
		rgb[to] = y + (redOfRed[cr] ?? 0);
		rgb[to + 1] = y + (greenOfRed[cr] ?? 0) + (greenOfBlue[cb] ?? 0);
		rgb[to + 2] = y + (blueOfBlue[cb] ?? 0);
	}
	return { rgb: new Uint8Array(rgb.buffer), width, height };
}

/** By what FFmpeg's filter says of a frame: `color_range:tv color_space:bt709 …`; null where it says something else. */
export function readColors(line: string): Pick<DecodedFrame, "matrix" | "isFullRange"> | null {
	const [, range, space = ""] = /\bcolor_range:(\S+) color_space:(\S+)/.exec(line) ?? [];
	if (range === undefined) return null;
	const matrix = space.startsWith("bt2020") ? "bt2020" : space === "bt709" ? "bt709" : "bt601";
	return { matrix, isFullRange: range === "pc" };
}

// What is left of a picture whose edges are cut off, in the few ways that are common: listed beside the picture, each finds the copies that are cut
// about so. Of copies nobody knows what was cut off; of a picture that is listed, everything is at hand. What such a match means is not decided here.
import type { Bounds, LumaPlane } from "./trim-border.ts";

/** Shares of the sides that are gone at the top, right, bottom and left. */
export type Cut = readonly [top: number, right: number, bottom: number, left: number];

/** A twentieth and a tenth of each side gone in all, a strip of a tenth on one side, a twentieth on two opposite ones. */
export const listedCuts: readonly Cut[] = [
	[0.025, 0.025, 0.025, 0.025],
	[0.05, 0.05, 0.05, 0.05],
	[0.1, 0, 0, 0],
	[0, 0.1, 0, 0],
	[0, 0, 0.1, 0],
	[0, 0, 0, 0.1],
	[0.05, 0, 0.05, 0],
	[0, 0.05, 0, 0.05],
];

export function boundsOf([top, right, bottom, left]: Cut, { width, height }: LumaPlane): Bounds {
	return {
		left: Math.round(left * width),
		top: Math.round(top * height),
		right: width - Math.round(right * width),
		bottom: height - Math.round(bottom * height),
	};
}

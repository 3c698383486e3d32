import sharp from "sharp";
import type { DrawnWriting } from "../../core/ports/word-reader.ts";
import { type DecodeLimits, secondsUntil } from "./decode-frame.ts";
import type { Header } from "./read-header.ts";

/** Longest edge of what is read: screens of phones keep their small letters, and a page of print is legible. */
const mostEdge = 2_000;
/** Smaller pictures are enlarged up to so many times: letters of a few pixels are read better that way. */
const mostEnlarged = 1.5;
/** Grey levels from which something is a light letter, and below which it is none; edges lie between. */
const lightFrom = 220;
const darkBelow = 180;

/** The first frame as people see it. */
export async function drawWriting(
	bytes: Uint8Array,
	{ width, height }: Pick<Header, "width" | "height">,
	limits: DecodeLimits,
): Promise<DrawnWriting> {
	const edge = Math.min(mostEdge, Math.round(Math.max(width, height) * mostEnlarged));
	const { data, info } = await sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: "none" })
		.timeout({ seconds: secondsUntil(limits.deadline) })
		.autoOrient()
		.resize({ width: edge, height: edge, fit: "inside", kernel: "cubic" })
		.flatten({ background: "#ffffff" })
		.toColourspace("b-w")
		.raw({ depth: "uchar" })
		.toBuffer({ resolveWithObject: true });
	const raw = { width: info.width, height: info.height, channels: info.channels };
	const toPng = (pixels: Uint8Array) =>
		sharp(pixels, { raw }).toColourspace("b-w").png({ compressionLevel: 1 }).toBuffer();
	const light = data.map((level) => {
		const share = (lightFrom - level) / (lightFrom - darkBelow);
		return Math.round(255 * Math.max(0, Math.min(1, share)));
	});
	return { grey: await toPng(data), light: await toPng(light) };
}

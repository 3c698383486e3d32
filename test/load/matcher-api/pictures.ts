import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { createPdqHasher } from "../../../services/core/hashes/pdq/pdq.ts";

const size = { width: 1600, height: 1004 };
const pictures = 12;

/** JPEG files of a folder, scaled to 1600×1004, or drawn shapes with the grain that photographs have. */
export async function readPictures(folder: string | null): Promise<readonly Uint8Array[]> {
	if (folder === null) return Promise.all(Array.from({ length: pictures }, (_, seed) => drawGrained(seed)));
	const files = readdirSync(folder).filter((name) => /\.jpe?g$/i.test(name));
	if (files.length === 0) throw new Error(`there are no JPEG files in ${folder}`);
	const chosen: Uint8Array[] = [];
	for (const name of files) {
		const scaled = sharp(readFileSync(join(folder, name))).resize({ ...size, fit: "fill" });
		if (chosen.length < pictures && (await hasStructure(scaled.clone())))
			chosen.push(await scaled.jpeg({ quality: 85 }).toBuffer());
	}
	return chosen;
}

/** With something to spare: what has too little is refused by either server, and measures nothing. */
async function hasStructure(picture: Sharp): Promise<boolean> {
	const { data, info } = await picture.toColourspace("srgb").removeAlpha().raw().toBuffer({ resolveWithObject: true });
	return info.channels === 3 && createPdqHasher().hashRgb(data, info.width, info.height, 3).quality >= 80;
}

async function drawGrained(seed: number): Promise<Uint8Array> {
	const grain = await sharp({
		create: { ...size, channels: 3, background: "#000000", noise: { type: "gaussian", mean: 128, sigma: 12 } },
	})
		.png()
		.toBuffer();
	return sharp(await drawSample(seed))
		.resize({ ...size, fit: "fill" })
		.composite([{ input: grain, blend: "soft-light" }])
		.jpeg({ quality: 85 })
		.toBuffer();
}

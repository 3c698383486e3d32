// Benign pictures for demonstrations and load: generated shapes, and the kinds of copies that people make of a picture.
import sharp from "sharp";

export const copyKinds = ["identical", "recompressed", "resized", "mirrored", "rotated", "brightened"] as const;
export type CopyKind = (typeof copyKinds)[number];

const width = 960;
const height = 640;

/** A JPEG of shapes and colors that the seed alone decides. */
export async function drawSample(seed: number): Promise<Uint8Array> {
	const next = numbersFrom(seed);
	const between = (low: number, high: number) => Math.round(low + next() * (high - low));
	const color = () => `rgb(${between(0, 255)},${between(0, 255)},${between(0, 255)})`;
	const shapes = Array.from({ length: 26 }, (_, index) => {
		const opacity = (0.55 + next() * 0.45).toFixed(2);
		const fill = `fill="${color()}" fill-opacity="${opacity}"`;
		if (index % 3 === 0)
			return `<circle cx="${between(0, width)}" cy="${between(0, height)}" r="${between(30, 190)}" ${fill}/>`;
		if (index % 3 === 1) {
			const points = Array.from({ length: 4 }, () => `${between(0, width)},${between(0, height)}`).join(" ");
			return `<polygon points="${points}" ${fill}/>`;
		}
		return `<rect x="${between(0, width)}" y="${between(0, height)}" width="${between(40, 330)}" height="${between(40, 260)}" ${fill}/>`;
	});
	const sky = `<linearGradient id="sky" x2="${next().toFixed(2)}" y2="1"><stop stop-color="${color()}"/><stop offset="1" stop-color="${color()}"/></linearGradient>`;
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${sky}</defs><rect width="100%" height="100%" fill="url(#sky)"/>${shapes.join("")}</svg>`;
	return sharp(Buffer.from(drawing)).jpeg({ quality: 90 }).toBuffer();
}

export async function copySample(picture: Uint8Array, kind: CopyKind): Promise<Uint8Array> {
	switch (kind) {
		case "identical":
			return picture;
		case "recompressed":
			return sharp(picture).jpeg({ quality: 55 }).toBuffer();
		case "resized":
			return sharp(picture).resize({ width: 500 }).png().toBuffer();
		case "mirrored":
			return sharp(picture).flop().jpeg({ quality: 80 }).toBuffer();
		case "rotated":
			return sharp(picture).rotate(90).webp({ quality: 80 }).toBuffer();
		case "brightened":
			return sharp(picture).modulate({ brightness: 1.12 }).jpeg({ quality: 85 }).toBuffer();
	}
}

/** Mulberry32, a public-domain generator: the same numbers on every machine. */
function numbersFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

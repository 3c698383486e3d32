// How near unrelated pictures come: of the picture as it is in its eight turns, and of its other framings. Parts of photographs and
// generated pages (text on one tone, as slides and documents are) stand for what platforms see.
import sharp, { type Sharp } from "sharp";
import { hashCuts, hashFramings } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { distanceWithin, hashWords, toWords } from "../../../services/core/index/hamming-index.ts";
import type { Figure } from "../report.ts";
import type { Original } from "./attacks.ts";

interface Sample {
	/** Samples of one origin may show the same thing: they are not compared. */
	readonly origin: string;
	readonly own: Int32Array;
	/** What of it may be listed: its own hash, its halves and its cuts. */
	readonly listed: readonly Int32Array[];
	readonly turns: readonly Int32Array[];
	readonly framings: readonly Int32Array[];
}

const edge = 3;
const pages = 150;
const lowestQuality = 50;
/** PDQ's radii. */
const radii = [20, 31, 40] as const;

export async function unrelatedFigures(photographs: readonly Original[]): Promise<readonly Figure[]> {
	return [
		...nearness("parts of photographs", await partsOf(photographs)),
		...nearness(
			"generated pages",
			await Promise.all(Array.from({ length: pages }, (_, at) => samplesOf(generatedPage(at), `${at}`))).then((all) =>
				all.flat(),
			),
		),
	];
}

async function partsOf(photographs: readonly Original[]): Promise<readonly Sample[]> {
	const samples: Sample[] = [];
	for (const [at, { jpeg, width, height }] of photographs.entries())
		for (let part = 0; part < edge * edge; part += 1) {
			const [w, h] = [Math.floor(width / edge), Math.floor(height / edge)];
			const region = { left: (part % edge) * w, top: Math.floor(part / edge) * h, width: w, height: h };
			samples.push(...(await samplesOf(sharp(jpeg).extract(region), `${at}`)));
		}
	return samples;
}

/** The picture, and with a border around it, so that there is one to trim. Pictures whose hash nobody trusts are left out. */
async function samplesOf(picture: Sharp, origin: string): Promise<readonly Sample[]> {
	const bare = await picture.removeAlpha().png().toBuffer();
	const border = { top: 60, bottom: 60, left: 40, right: 40, background: "#000000" };
	const bordered = await sharp(bare).extend(border).png().toBuffer();
	const [asIs, framed] = await Promise.all([bare, bordered].map(hashesOf));
	if (asIs === undefined || framed === undefined || asIs.quality < lowestQuality) return [];
	const reframed = [...(asIs.reframed ?? []), ...(framed.reframed ?? [])].filter(
		({ quality }) => quality >= lowestQuality,
	);
	return [
		{
			origin,
			own: wordsOf(asIs.hash),
			listed: [
				wordsOf(asIs.hash),
				...(asIs.reframed ?? []).filter(({ transform }) => transform === "half").map(({ hash }) => wordsOf(hash)),
				...asIs.cuts.map(({ hash }) => wordsOf(hash)),
			],
			turns: asIs.dihedral.map(wordsOf),
			framings: reframed.map(({ hash }) => wordsOf(hash)),
		},
	];
}

async function hashesOf(png: Buffer) {
	const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
	const raster = { rgb: data, width: info.width, height: info.height };
	return { ...hashFramings(raster, info), cuts: hashCuts(raster) };
}

function nearness(kind: string, samples: readonly Sample[]): readonly Figure[] {
	const least = { turns: 256, framings: 256 };
	const within = { turns: [0, 0, 0], framings: [0, 0, 0] };
	let pairs = 0;
	for (const query of samples)
		for (const entry of samples) {
			if (query.origin === entry.origin) continue;
			pairs += 1;
			for (const by of ["turns", "framings"] as const) {
				const listed = by === "turns" ? [entry.own] : entry.listed;
				const bits = Math.min(
					256,
					...query[by].flatMap((words) => listed.map((one) => distanceWithin(words, one, 256))),
				);
				least[by] = Math.min(least[by], bits);
				for (const [at, radius] of radii.entries()) if (bits <= radius) within[by][at] = (within[by][at] ?? 0) + 1;
			}
		}
	return [
		{
			name: `${kind}: nearest of ${pairs} unrelated pairs, other framings`,
			value: least.framings,
			unit: "bits",
			peer: { name: "eight turns", value: least.turns },
			aim: null,
		},
		...radii.map((radius, at) => ({
			name: `${kind}: pairs within ${radius} bits, other framings`,
			value: within.framings[at] ?? 0,
			unit: "",
			peer: { name: "eight turns", value: within.turns[at] ?? 0 },
			aim: null,
		})),
	];
}

/** A page that nobody wrote: bars of the length of words in lines, headings, a margin, one of four layouts. */
export function generatedPage(seed: number): Sharp {
	let state = seed + 1;
	const next = (below: number) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
	const columns = 1 + next(2);
	const lineHeight = 18 + next(14);
	const margin = 30 + next(50);
	const bars: string[] = [];
	for (let y = margin; y < 600 - margin; y += lineHeight) {
		if (next(6) === 0) continue;
		for (let column = 0; column < columns; column += 1) {
			const width = (800 - 2 * margin) / columns - 20;
			const from = margin + column * (width + 20);
			for (let x = from; x < from + width - 60; ) {
				const length = 15 + next(70);
				bars.push(
					`<rect x="${x}" y="${y}" width="${Math.min(length, from + width - x)}" height="${Math.round(lineHeight * 0.6)}"/>`,
				);
				x += length + 8;
			}
		}
	}
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600"><rect width="800" height="600" fill="#fff"/><g fill="#222">${bars.join("")}</g></svg>`;
	return sharp(Buffer.from(svg));
}

function wordsOf(hash: Uint8Array): Int32Array {
	const words = new Int32Array(hashWords);
	toWords(hash, words, 0);
	return words;
}

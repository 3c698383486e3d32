// Which attacked copies of photographs are still found, by PDQ alone and by all that we look up.
import { writeFileSync } from "node:fs";
import sharp from "sharp";
import type { PictureHashes } from "../../../services/core/banks/bank.ts";
import { hashCuts, hashFramings, hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { lowestQuality } from "../../../services/core/hashes/pdq/structure.ts";
import { createMultiIndex } from "../../../services/core/index/multi-index.ts";
import { curvePicture } from "../curve.ts";
import { readOptions } from "../read-options.ts";
import { type Figure, report } from "../report.ts";
import { attacks } from "./attacks.ts";
import { decodeCopy } from "./decode-copy.ts";
import { lookUpCurves } from "./look-up-curve.ts";
import { readPhotographs } from "./photographs.ts";
import { reportEmbedding } from "./robustness-embedding.ts";
import { reportSounds } from "./robustness-sound.ts";
import { reportVideos } from "./robustness-video.ts";
import { unrelatedFigures } from "./unrelated.ts";

const usage = `npm run bench:robustness -- [options]

  --video       of videos, by their frames, and not of pictures (some minutes)
  --picture FILE  of copies that have lost edges or are turned: how many are found by how many look-ups (SVG)
  --sound       of sounds, by what is heard of them (some minutes)
  --embedding   what an embedding of the scorer's network would find besides (some minutes)
  --json        print one JSON object`;

const values = readOptions(usage, {
	json: { type: "boolean", default: false },
	video: { type: "boolean", default: false },
	sound: { type: "boolean", default: false },
	embedding: { type: "boolean", default: false },
	picture: { type: "string" },
});
if (values.embedding) process.exit(await reportEmbedding(values.json));
if (values.sound) process.exit(await reportSounds(values.json));
if (values.video) process.exit(await reportVideos(values.json));
sharp.cache(false);
sharp.concurrency(1);
const radiusBits = 31;
const index = createMultiIndex();
/** Where PDQ alone is blind, percent. */
const aims: Readonly<Record<string, number>> = {
	mirror: 99,
	"turn by 90°": 99,
	"border 20 %, above and below": 95,
	"border 20 %, all sides": 95,
	"border 20 % and mirror": 95,
	watermark: 92,
	negative: 99,
	"negative and mirror": 99,
	"crop 5 %": 95,
	"crop 10 %": 80,
	"strip of 5 % cut off the foot": 85,
	"strip of 5 % cut off the foot, and mirror": 85,
	"strip of 10 % cut off the foot": 85,
	"strip of 10 % cut off the head": 85,
	"strip of 10 % cut off a side": 85,
	"strip of 10 % cut off the other side": 85,
	"rotate 2°": 90,
	"rotate 3°": 90,
	"rotate 4°": 90,
	"rotate 4° and mirror": 90,
	"rotate 7°": 90,
	"rotate 10°": 90,
	"rotate 10° the other way": 90,
	"phone frame with marks": 95,
	"caption bar with text": 90,
	"bar of words across the middle": 80,
	"box of words in a corner": 80,
	"10 % covered by another picture": 80,
	"10 % covered in the very middle": 80,
	"a round sticker anywhere, 8 % of it": 80,
	"a bar drawn anywhere, 2.4 % of it": 80,
	"within another picture, 10 % of its area": 80,
	"rounded corners": 95,
	"blurred fill at the sides": 90,
	"collage 2×2": 90,
	"collage 1×3": 90,
};

const all = await Promise.all(
	(await readPhotographs()).map(async (one) => {
		const { raster, size } = await decodeCopy(one.jpeg);
		return { ...one, own: hashFramings(raster, size), cuts: hashCuts(raster).map(({ hash }) => hash) };
	}),
);
/** No bank takes the hash of one that is flatter. */
const photographs = all.filter(({ own }) => own.quality >= lowestQuality);
for (const [id, { own }] of photographs.entries()) index.add(id, own.hash);
/** As `bank add --parts all` lists them: the picture's own hash, then its halves and its cuts. */
const indexOfParts = createMultiIndex();
const mostListed = 16;
for (const [id, { own, cuts }] of photographs.entries())
	for (const [at, hash] of [own.hash, ...listedHalves(own), ...cuts].entries())
		indexOfParts.add(id * mostListed + at, hash);

const figures: Figure[] = [];
let aloneMs = 0;
let allMs = 0;
let falseAlone = 0;
let falseAll = 0;
let falseParts = 0;
let copies = 0;
let lookUps = 0;
for (const [name, attack] of Object.entries(attacks)) {
	let foundAlone = 0;
	let foundAll = 0;
	let foundParts = 0;
	for (const [id, original] of photographs.entries()) {
		const { raster, size } = await decodeCopy(await attack(original));
		const began = performance.now();
		const alone = new Set(index.search(hashRaster(raster).hash, radiusBits).map((one) => one.id));
		const between = performance.now();
		const { dihedral, reframed = [] } = hashFramings(raster, size);
		const hashes = [...dihedral, ...reframed.map(({ hash }) => hash)];
		const anyWay = new Set(index.searchBatch(hashes, radiusBits).flatMap((found) => found.map((one) => one.id)));
		allMs += performance.now() - between;
		const ofParts = new Set(
			indexOfParts
				.searchBatch(hashes, radiusBits)
				.flatMap((found) => found.map((one) => Math.floor(one.id / mostListed))),
		);
		lookUps += hashes.length;
		aloneMs += between - began;
		copies += 1;
		foundAlone += alone.has(id) ? 1 : 0;
		foundAll += anyWay.has(id) ? 1 : 0;
		falseAlone += alone.size - (alone.has(id) ? 1 : 0);
		falseAll += anyWay.size - (anyWay.has(id) ? 1 : 0);
		foundParts += ofParts.has(id) ? 1 : 0;
		falseParts += ofParts.size - (ofParts.has(id) ? 1 : 0);
	}
	figures.push({
		name,
		value: (100 * foundAll) / photographs.length,
		unit: "%",
		peer: { name: "PDQ alone", value: (100 * foundAlone) / photographs.length },
		aim: aims[name] === undefined ? null : { atLeast: aims[name], of: "value" },
	});
	if (foundParts > foundAll)
		figures.push({
			name: `${name}, where its parts are listed`,
			value: (100 * foundParts) / photographs.length,
			unit: "%",
			peer: { name: "not listed", value: (100 * foundAll) / photographs.length },
			aim: aims[name] === undefined ? null : { atLeast: aims[name], of: "value" },
		});
}
figures.push(
	{
		name: `false matches among ${copies} copies × ${photographs.length - 1} others`,
		value: falseAll,
		unit: "",
		peer: { name: "PDQ alone", value: falseAlone },
		aim: { atMost: 0, of: "value" },
	},
	{
		name: "the same, where parts are listed",
		value: falseParts,
		unit: "",
		aim: { atMost: 0, of: "value" },
	},
	{
		name: "look-ups, a picture",
		value: lookUps / copies,
		unit: "",
		peer: { name: "PDQ alone", value: 1 },
		aim: null,
	},
	{
		name: "hashing and looking up, a picture (decoding not counted)",
		value: allMs / copies,
		unit: "ms",
		peer: { name: "PDQ alone", value: aloneMs / copies },
		aim: null,
	},
);
figures.push(...(await unrelatedFigures(photographs)));
if (values.picture !== undefined) {
	const { copies: lost, ours, curves } = await lookUpCurves(photographs, radiusBits);
	const mark = { at: ours.lookUps, name: `${ours.lookUps} are done: ${Math.round(100 * ours.found)} %` };
	const title = `Of ${lost} copies that have lost edges or are turned: found`;
	writeFileSync(
		values.picture,
		curvePicture({ title, counted: "look-ups in other framings, best first", mark }, curves),
	);
}
process.exitCode = report(
	`robustness: copies found within ${radiusBits} bits, ${photographs.length} photographs that a bank takes, of ${all.length}`,
	figures,
	values.json,
);

function listedHalves({ reframed = [] }: PictureHashes): readonly Uint8Array[] {
	return reframed.filter(({ transform }) => transform === "half").map(({ hash }) => hash);
}

// Whether the scorer's own network would find copies that PDQ does not: what its last layer but one makes of a picture, whitened and compared
// by its angle, at the threshold at which no two unrelated pictures are taken for one.
import sharp, { type Sharp } from "sharp";
import { bitsApart } from "../../../services/core/hashes/bits-apart.ts";
import { hashFramings, hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import type { Raster } from "../../../services/core/hashes/pdq/hashed-size.ts";
import { lowestQuality } from "../../../services/core/hashes/pdq/structure.ts";
import { type Figure, report } from "../report.ts";
import { attacks } from "./attacks.ts";
import { decodeCopy } from "./decode-copy.ts";
import { type Features, openFeatures } from "./network-features.ts";
import { readPhotographs } from "./photographs.ts";
import { generatedPage } from "./unrelated.ts";
import { cosine, type Whitening, whiteningOf } from "./whitening.ts";

const layers = ["lastButOne", "pooled"] as const;
type Layer = (typeof layers)[number];
const radiusBits = 31;
/** Parts of a photograph along each side: together so many that there are 100 000 pairs of different ones. */
const edge = 4;
const pages = 150;
/** What an embedding has to add to be worth its keep, points of a hundred. */
const leastAdded = 10;

interface Sample {
	readonly features: Features;
	/** The photograph that it is a part of; −1 for a page. */
	readonly origin: number;
}

/** Answers the exit code. */
export async function reportEmbedding(isJson: boolean): Promise<number> {
	sharp.cache(false);
	const featuresOf = await openFeatures();
	const listed = [];
	for (const photograph of await readPhotographs()) {
		const { raster } = await decodeCopy(photograph.jpeg);
		const own = hashRaster(raster);
		if (own.quality >= lowestQuality) listed.push({ ...photograph, own, features: await featuresOf(raster) });
	}
	const sampleOf = async (picture: Sharp) => {
		const { raster } = await decodeCopy(await picture.removeAlpha().jpeg({ quality: 85 }).toBuffer());
		return hashRaster(raster).quality >= lowestQuality ? [await featuresOf(raster)] : [];
	};
	const parts: Sample[] = [];
	for (const [origin, { jpeg, width, height }] of listed.entries())
		for (let part = 0; part < edge * edge; part += 1) {
			const [w, h] = [Math.floor(width / edge), Math.floor(height / edge)];
			const region = { left: (part % edge) * w, top: Math.floor(part / edge) * h, width: w, height: h };
			for (const features of await sampleOf(sharp(jpeg).extract(region))) parts.push({ features, origin });
		}
	const others: Sample[] = [];
	for (let seed = 0; seed < pages; seed += 1)
		for (const features of await sampleOf(generatedPage(seed))) others.push({ features, origin: -1 - seed });

	// Of each photograph by what was learned of the other half of them.
	const spaces = [0, 1].map((half) =>
		spaceOf(
			parts.filter(({ origin }) => origin % 2 !== half),
			{ parts, others },
		),
	);
	const spaceFor = (id: number) => spaces[id % 2] ?? spaces[0];
	const figures: Figure[] = [];
	const added: Record<Layer, number> = { lastButOne: 0, pooled: 0 };
	for (const [name, attack] of Object.entries(attacks)) {
		const found = { alone: 0, all: 0, aloneOr: 0, lastButOne: 0, pooled: 0, orLastButOne: 0, orPooled: 0 };
		for (const [id, original] of listed.entries()) {
			const { raster, size } = await decodeCopy(await attack(original));
			const copy = { ...raster, rgb: Uint8Array.from(raster.rgb) };
			const isNear = (hash: Uint8Array) => bitsApart(hash, original.own.hash) <= radiusBits;
			const isAlone = isNear(hashRaster(copy).hash);
			const { dihedral, reframed = [] } = hashFramings(copy, size);
			const isAny = [...dihedral, ...reframed.map(({ hash }) => hash)].some(isNear);
			const seen = [await featuresOf(copy), await featuresOf(await mirroredOf(copy))];
			const isSeen = (layer: Layer) => {
				const space = spaceFor(id)?.[layer];
				if (space === undefined) return false;
				const known = space.whiten(original.features[layer]);
				return seen.some((one) => cosine(space.whiten(one[layer]), known) > space.threshold);
			};
			const [byLastButOne, byPooled] = [isSeen("lastButOne"), isSeen("pooled")];
			found.alone += Number(isAlone);
			found.aloneOr += Number(isAlone || byLastButOne);
			found.all += Number(isAny);
			found.lastButOne += Number(byLastButOne);
			found.pooled += Number(byPooled);
			found.orLastButOne += Number(isAny || byLastButOne);
			found.orPooled += Number(isAny || byPooled);
		}
		const share = (count: number) => (100 * count) / listed.length;
		const row = (what: string, value: number, peer: { readonly name: string; readonly value: number }): Figure => ({
			name: `${name}: ${what}`,
			...{ value: share(value), unit: "%", aim: null },
			peer: { name: peer.name, value: share(peer.value) },
		});
		figures.push(
			row("PDQ or last layer but one", found.aloneOr, { name: "PDQ alone", value: found.alone }),
			row("all look-ups or last layer but one", found.orLastButOne, { name: "all look-ups", value: found.all }),
			row("all look-ups or pooled layer", found.orPooled, { name: "pooled layer alone", value: found.pooled }),
		);
		added.lastButOne += share(found.orLastButOne - found.all);
		added.pooled += share(found.orPooled - found.all);
	}
	const count = Object.keys(attacks).length;
	figures.push(
		...layers.map(
			(layer): Figure => ({
				name: `points added to all look-ups on average, ${layer}`,
				...{ value: added[layer] / count, unit: "", aim: { atLeast: leastAdded, of: "value" } },
			}),
		),
		...spaces.flatMap((space, half) =>
			layers.flatMap((layer): Figure[] => [
				told(
					`half ${half}, ${layer}: threshold, the greatest cosine of ${space.pairs} pairs of parts`,
					space[layer].threshold,
				),
				told(
					`half ${half}, ${layer}: of ${space.pagePairs} pairs of pages, taken for one at it, %`,
					space[layer].pagesTaken,
				),
			]),
		),
	);
	return report(
		`robustness: copies found by an embedding of the scorer's network, ${listed.length} photographs`,
		figures,
		isJson,
	);
}

function told(name: string, value: number): Figure {
	return { name, value, unit: "", aim: null };
}

interface Space {
	readonly whiten: Whitening;
	/** Of unrelated pairs none is nearer than this. */
	readonly threshold: number;
	readonly pagesTaken: number;
}

function spaceOf(
	learned: readonly Sample[],
	{ parts, others }: { readonly parts: readonly Sample[]; readonly others: readonly Sample[] },
): Readonly<Record<Layer, Space>> & { readonly pairs: number; readonly pagePairs: number } {
	const inLayer = (layer: Layer): Space & { readonly pairs: number; readonly pagePairs: number } => {
		const whiten = whiteningOf(learned.map(({ features }) => features[layer]));
		const near = (samples: readonly Sample[]) =>
			cosinesOf(samples.map(({ features, origin }) => ({ white: whiten(features[layer]), origin })));
		const cosines = near(parts);
		const threshold = cosines.reduce((most, one) => Math.max(most, one), -1);
		const ofPages = near(others);
		const taken = ofPages.filter((one) => one > threshold).length;
		return {
			whiten,
			threshold,
			pagesTaken: (100 * taken) / ofPages.length,
			pairs: cosines.length,
			pagePairs: ofPages.length,
		};
	};
	const [lastButOne, pooled] = [inLayer("lastButOne"), inLayer("pooled")];
	return { lastButOne, pooled, pairs: lastButOne.pairs, pagePairs: lastButOne.pagePairs };
}

/** Of all pairs of two origins. */
function cosinesOf(samples: readonly { readonly white: Float64Array; readonly origin: number }[]): readonly number[] {
	return samples.flatMap((one, at) =>
		samples.slice(at + 1).flatMap((other) => (other.origin === one.origin ? [] : [cosine(one.white, other.white)])),
	);
}

async function mirroredOf({ rgb, width, height }: Raster): Promise<Raster> {
	const flopped = await sharp(rgb, { raw: { width, height, channels: 3 } })
		.flop()
		.raw()
		.toBuffer();
	return { rgb: flopped, width, height };
}

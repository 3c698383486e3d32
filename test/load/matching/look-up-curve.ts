// How many copies that have lost their edges or are turned are found by how many look-ups in other framings: those that bring most come first.
import type { ReframedHash } from "../../../services/core/banks/bank.ts";
import { bitsApart } from "../../../services/core/hashes/bits-apart.ts";
import type { Cut } from "../../../services/core/hashes/pdq/cuts.ts";
import {
	type Framing,
	framings,
	sampleFraming,
	sketchPicture,
	straightened,
	uncropped,
} from "../../../services/core/hashes/pdq/framings.ts";
import { hashCuts, hashFramings } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { lumaOf } from "../../../services/core/hashes/pdq/luma-of.ts";
import { createPdqHasher } from "../../../services/core/hashes/pdq/pdq.ts";
import { createLumaShrinker } from "../../../services/core/hashes/pdq/shrink-luma.ts";
import type { Curve } from "../curve.ts";
import { attacks, type Original } from "./attacks.ts";
import { decodeCopy } from "./decode-copy.ts";

/** Rows of the bench that lose edges or are turned; mirrored ones take as many look-ups again, and are found as those are. */
const ofEdges = /^(crop|strip|5 % cut off|rotate)(?!.*mirror)/;
/** A framing is looked up mirrored as well. */
const lookUpsOfFraming = 2;

export interface LookUpCurves {
	readonly copies: number;
	/** Look-ups that the detector's own list of framings takes, and the share that they find (0–1). */
	readonly ours: { readonly lookUps: number; readonly found: number };
	readonly curves: readonly Curve[];
}

interface Copy {
	/** Least bits from the picture's own hash, and from those of its cuts, by all else that it is looked up by. */
	readonly anyway: Bits;
	readonly inFramings: readonly Bits[];
}

interface Bits {
	readonly own: number;
	readonly cuts: number;
}

export async function lookUpCurves(originals: readonly Original[], radiusBits: number): Promise<LookUpCurves> {
	const tried = [...framings, ...finer()];
	const copies: Copy[] = [];
	for (const original of originals) {
		const { raster } = await decodeCopy(original.jpeg);
		const listed = [hashFramings(raster, raster).hash, ...hashCuts(raster).map(({ hash }) => hash)];
		for (const [name, attack] of Object.entries(attacks))
			if (ofEdges.test(name)) copies.push(await copyOf(await attack(original), listed, tried));
	}
	const shareFound = (chosen: readonly number[], of: keyof Bits) =>
		copies.filter(
			({ anyway, inFramings }) =>
				anyway[of] <= radiusBits || chosen.some((at) => (inFramings[at]?.[of] ?? 256) <= radiusBits),
		).length / copies.length;
	const curveOf = (name: string, of: keyof Bits): Curve => {
		const chosen: number[] = [];
		const foundBy = [shareFound(chosen, of)];
		for (let step = 0; step < framings.length * 2; step += 1) {
			const [best] = tried
				.map((_, at) => ({ at, found: shareFound([...chosen, at], of) }))
				.toSorted((a, b) => b.found - a.found);
			if (best === undefined) break;
			chosen.push(best.at);
			foundBy.push(foundBy.at(-1) ?? 0, best.found);
		}
		return { name, foundBy };
	};
	const own = framings.map((_, at) => at);
	return {
		copies: copies.length,
		ours: { lookUps: framings.length * lookUpsOfFraming, found: shareFound(own, "own") },
		curves: [curveOf("its own hash listed", "own"), curveOf("its cuts listed, too", "cuts")],
	};
}

const shrinker = createLumaShrinker();
const hasher = createPdqHasher();
const framed: readonly ReframedHash["transform"][] = ["uncropped", "straightened", "half"];

async function copyOf(bytes: Buffer, listed: readonly Uint8Array[], tried: readonly Framing[]): Promise<Copy> {
	const { raster, size } = await decodeCopy(bytes);
	const { dihedral, reframed = [] } = hashFramings(raster, size);
	const others = reframed.filter(({ transform }) => !framed.some((one) => transform.startsWith(one)));
	const { luma } = lumaOf(raster.rgb, raster.width, raster.height);
	const sketch = sketchPicture(shrinker, { ...raster, luma }, size.width / size.height);
	const bitsOf = (hashes: readonly Uint8Array[]): Bits => {
		const [own = 256, ...cuts] = listed.map((one) => Math.min(...hashes.map((hash) => bitsApart(hash, one))));
		return { own, cuts: Math.min(own, ...cuts) };
	};
	return {
		anyway: bitsOf([...dihedral, ...others.map(({ hash }) => hash)]),
		inFramings: tried.map((framing) => bitsOf([hasher.hash(sampleFraming(sketch, framing), 64, 64).hash])),
	};
}

/** Cuts of other depths and on other sides, and turns by degrees between. */
function finer(): readonly Framing[] {
	const cuts = [0.0375, 0.05, 0.0625, 0.075, 0.1].flatMap((depth): readonly Cut[] => [
		[depth, depth, depth, depth],
		[depth, 0, 0, 0],
		[0, depth, 0, 0],
		[0, 0, depth, 0],
		[0, 0, 0, depth],
		[depth, 0, depth, 0],
		[0, depth, 0, depth],
	]);
	const tilts = [1.5, 3, 4.5, 6, 7, 8.5, 10].flatMap((degrees) => [degrees, -degrees]);
	return [...cuts.map(uncropped), ...tilts.flatMap((tilt) => [1, 0.95, 0.9].map((kept) => straightened(tilt, kept)))];
}

import { describe, expect, test } from "@jest/globals";
import { mix32 } from "../../../../../services/core/hashes/mix32.ts";
import {
	type Framing,
	framings,
	sampleFraming,
	sketchPicture,
} from "../../../../../services/core/hashes/pdq/framings.ts";
import { createPdqHasher } from "../../../../../services/core/hashes/pdq/pdq.ts";
import { createLumaShrinker } from "../../../../../services/core/hashes/pdq/shrink-luma.ts";
import type { LumaPlane } from "../../../../../services/core/hashes/pdq/trim-border.ts";

const hasher = createPdqHasher();
const shrinker = createLumaShrinker();
const [width, height] = [480, 320];
const original: LumaPlane = { luma: drawLeaves(width, height), width, height };

/** Discs of all sizes over each other: frequencies are spread as in photographs, which waves are not. */
function drawLeaves(across: number, down: number): Uint8Array {
	const luma = new Uint8Array(across * down).fill(128);
	for (let leaf = 0; leaf < 400; leaf += 1) {
		const share = (part: number) => mix32(leaf * 4 + part) / 2 ** 32;
		const [centerX, centerY, radius] = [share(0) * across, share(1) * down, 6 / (0.05 + share(2))];
		for (let row = 0; row < down; row += 1)
			for (let column = 0; column < across; column += 1)
				if ((column - centerX) ** 2 + (row - centerY) ** 2 < radius ** 2)
					luma[row * across + column] = Math.floor(share(3) * 256);
	}
	return luma;
}

function distance(a: Uint8Array, b: Uint8Array): number {
	return a.reduce((sum, byte, at) => sum + (byte ^ (b[at] ?? 0)).toString(2).replaceAll("0", "").length, 0);
}
const hashOf = ({ luma, width: across, height: down }: LumaPlane) => hasher.hash(luma, across, down).hash;
const listed = hashOf(original);

/** What an editor makes of the picture: turned clockwise by whole pixels about its middle, black where nothing was; then cut. */
function edit({ tiltDegrees, keptWidth, keptHeight, offsetX, offsetY }: Framing): LumaPlane {
	const [across, down] = [Math.round(width * keptWidth), Math.round(height * keptHeight)];
	const luma = new Uint8Array(across * down);
	const angle = (-tiltDegrees * Math.PI) / 180;
	for (let row = 0; row < down; row += 1) {
		for (let column = 0; column < across; column += 1) {
			const x = column - (across - 1) / 2 + offsetX * width;
			const y = row - (down - 1) / 2 + offsetY * height;
			const fromX = Math.round(x * Math.cos(angle) - y * Math.sin(angle) + (width - 1) / 2);
			const fromY = Math.round(x * Math.sin(angle) + y * Math.cos(angle) + (height - 1) / 2);
			const isInside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
			luma[row * across + column] = isInside ? (original.luma[fromY * width + fromX] ?? 0) : 0;
		}
	}
	return { luma, width: across, height: down };
}

describe("a copy whose edges are cut off, or that is tilted, is near the picture when it is sampled as if it were whole and straight", () => {
	const named = framings.map((framing) => {
		const { tiltDegrees, keptWidth, keptHeight, offsetX, offsetY } = framing;
		return [`${tiltDegrees}°, ${keptWidth}×${keptHeight} kept, at ${offsetX}/${offsetY}`, framing] as const;
	});
	test.each(named)("%s", (_what, framing) => {
		const copy = edit(framing);
		const sketch = sketchPicture(shrinker, copy, copy.width / copy.height);
		const distances = framings.map((one) => distance(hasher.hash(sampleFraming(sketch, one), 64, 64).hash, listed));
		const inIts = distances[framings.indexOf(framing)] ?? 256;
		// Its neighbors may be as near: a hash bears a little more or less.
		expect(inIts - Math.min(...distances)).toBeLessThanOrEqual(6);
		expect(inIts).toBeLessThan(distance(hashOf(copy), listed) / 2);
	});
});

test("the picture as it is, sampled without any change, has its own hash but for few bits", () => {
	const asItIs = { tiltDegrees: 0, keptWidth: 1, keptHeight: 1, offsetX: 0, offsetY: 0 };
	const sketch = sketchPicture(shrinker, original, width / height);
	const samples = sampleFraming(sketch, { transform: "uncropped", ...asItIs });
	expect(distance(hasher.hash(samples, 64, 64).hash, listed)).toBeLessThanOrEqual(8);
});

test.each([
	[2, 2],
	[2, 300],
	[48, 48],
	[5000, 3],
])("a sketch of %i×%i pixels has samples in every framing", (across, down) => {
	const plane = { luma: new Uint8Array(across * down).fill(77), width: across, height: down };
	for (const framing of framings)
		expect(sampleFraming(sketchPicture(shrinker, plane, across / down), framing)).toEqual(
			new Float32Array(64 * 64).fill(77),
		);
});

/** Whether the middle of a sample lies within what is left of the picture. */
function isKept({ keptWidth, keptHeight, offsetX, offsetY }: Framing, at: number): boolean {
	const isWithin = (place: number, kept: number, offset: number) =>
		Math.abs((place + 0.5) / 64 - 0.5 - offset) < kept / 2;
	return isWithin(at % 64, keptWidth, offsetX) && isWithin(Math.floor(at / 64), keptHeight, offsetY);
}

test("what is not turned is sampled where what is turned by next to nothing is", () => {
	const sketch = sketchPicture(shrinker, original, width / height);
	const kept = { ...sketch, luma: Uint8Array.from(sketch.luma) };
	for (const framing of framings.filter(({ tiltDegrees }) => tiltDegrees === 0)) {
		const turned = sampleFraming(kept, { ...framing, tiltDegrees: 1e-9 });
		const apart = sampleFraming(kept, framing).map((level, at) =>
			isKept(framing, at) ? Math.abs(level - (turned[at] ?? 0)) : 0,
		);
		expect(Math.max(...apart)).toBeLessThanOrEqual(1);
	}
});

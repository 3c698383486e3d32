// By which hashes a still of a video is looked up.
import { describe, expect, test } from "@jest/globals";
import { dihedralTransforms } from "../../../../../services/core/hashes/pdq/dihedral-transforms.ts";
import { hashStill } from "../../../../../services/core/hashes/pdq/hash-raster.ts";
import type { Raster } from "../../../../../services/core/hashes/pdq/hashed-size.ts";
import { wavePicture } from "../../../../fixtures/hashing/wave-picture.ts";
import { bitsApart } from "../../../../support/bits-apart.ts";

const still = (seed: number, width = 256, height = 192): Raster => ({
	rgb: wavePicture(seed, width, height),
	width,
	height,
});

function mirrored({ rgb, width, height }: Raster): Raster {
	const turned = new Uint8Array(rgb.length);
	for (let row = 0; row < height; row += 1)
		for (let column = 0; column < width; column += 1)
			for (let color = 0; color < 3; color += 1)
				turned[(row * width + column) * 3 + color] = rgb[(row * width + width - 1 - column) * 3 + color] ?? 0;
	return { rgb: turned, width, height };
}

function letterboxed({ rgb, width, height }: Raster, bar: number): Raster {
	const boxed = new Uint8Array((height + 2 * bar) * width * 3);
	boxed.set(rgb, bar * width * 3);
	return { rgb: boxed, width, height: height + 2 * bar };
}

const mirrorAt = dihedralTransforms.indexOf("flipY");

describe.each([1, 2, 3, 4, 5])("still %i", (seed) => {
	test("mirrored has the hash of its own pixels", () => {
		const { dihedral } = hashStill(mirrored(still(seed)), null);
		expect(bitsApart(dihedral[mirrorAt] ?? new Uint8Array(32), hashStill(still(seed), null).hash)).toBeLessThanOrEqual(
			4,
		);
	});

	/** A trimmed plane is in whole numbers; a picture so smooth as these follows what they round off. */
	test("mirrored and letter-boxed is the still again", () => {
		const { reframed = [] } = hashStill(letterboxed(mirrored(still(seed)), 40), null);
		const again = reframed.find(({ transform }) => transform === "trimmedMirrored");
		expect(bitsApart(again?.hash ?? new Uint8Array(32), hashStill(still(seed), null).hash)).toBeLessThanOrEqual(10);
	});

	test("that players show in other colors is looked up as they show it, too, and once where that is the same", () => {
		const transforms = (shown: Raster) => (hashStill(still(seed), shown).reframed ?? []).map((one) => one.transform);
		expect(transforms(still(seed + 10))).toEqual(["rendered", "renderedMirrored"]);
		expect(transforms(still(seed))).toEqual([]);
	});
});

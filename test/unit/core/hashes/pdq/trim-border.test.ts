import { describe, expect, test } from "@jest/globals";
import { lumaOf } from "../../../../../services/core/hashes/pdq/luma-of.ts";
import { createPdqHasher } from "../../../../../services/core/hashes/pdq/pdq.ts";
import { type LumaPlane, withoutBorder } from "../../../../../services/core/hashes/pdq/trim-border.ts";
import { wavePicture } from "../../../../fixtures/hashing/wave-picture.ts";

const hasher = createPdqHasher();
const plane = (seed: number, width: number, height: number) => lumaOf(wavePicture(seed, width, height), width, height);

function distance(a: LumaPlane, b: LumaPlane): number {
	const hashOf = ({ luma, width, height }: LumaPlane) => hasher.hash(luma, width, height).hash;
	const other = hashOf(b);
	return hashOf(a).reduce((sum, byte, at) => sum + (byte ^ (other[at] ?? 0)).toString(2).replaceAll("0", "").length, 0);
}

/** The picture in the middle of a larger one of a single tone. */
function framed({ luma, width, height }: LumaPlane, border: number, tone: number): LumaPlane {
	const [outWidth, outHeight] = [width + 2 * border, height + 2 * border];
	const out = new Uint8Array(outWidth * outHeight).fill(tone);
	for (let row = 0; row < height; row += 1)
		out.set(luma.subarray(row * width, (row + 1) * width), (row + border) * outWidth + border);
	return { luma: out, width: outWidth, height: outHeight };
}

describe("a picture", () => {
	test.each([0, 128, 255])("without the border of tone %i that was put around it is the picture itself", (tone) => {
		const original = plane(3, 200, 150);
		const copy = framed(original, 40, tone);
		const found = withoutBorder(copy);
		if (found === null) throw new Error("no border was found");
		expect(distance(found, original)).toBeLessThanOrEqual(10);
		expect(distance(copy, original)).toBeGreaterThan(31);
	});

	test("that has no border is left alone, and so is one that is nothing but border", () => {
		expect(withoutBorder(plane(4, 200, 150))).toBeNull();
		expect(withoutBorder({ luma: new Uint8Array(200 * 150).fill(9), width: 200, height: 150 })).toBeNull();
	});
});

import { expect, test } from "@jest/globals";
import { bitsApart } from "../../../../../services/core/hashes/bits-apart.ts";
import { mix32 } from "../../../../../services/core/hashes/mix32.ts";
import { listedCuts } from "../../../../../services/core/hashes/pdq/cuts.ts";
import { hashCuts, hashRaster } from "../../../../../services/core/hashes/pdq/hash-raster.ts";
import type { Raster } from "../../../../../services/core/hashes/pdq/hashed-size.ts";

const [width, height] = [480, 320];
const tightRadiusBits = 20;

/** Waves of many lengths and directions, as seen through a frame of that place and size. */
function drawn(frame: { left: number; top: number; width: number; height: number }, amplitude = 14): Raster {
	const rgb = new Uint8Array(frame.width * frame.height * 3);
	for (let row = 0, at = 0; row < frame.height; row += 1)
		for (let column = 0; column < frame.width; column += 1, at += 3) {
			let level = 128;
			for (let wave = 0; wave < 12; wave += 1) {
				const random = (of: number) => (mix32(wave * 7 + of) >>> 0) / 2 ** 32;
				const [x, y] = [frame.left + column, frame.top + row];
				level += amplitude * Math.sin(x * (random(1) - 0.5) * 0.2 + y * (random(2) - 0.5) * 0.2 + random(3) * 6);
			}
			rgb.fill(Math.max(0, Math.min(255, Math.round(level))), at, at + 3);
		}
	return { rgb, width: frame.width, height: frame.height };
}
const whole = { left: 0, top: 0, width, height };

test.each(listedCuts.map((cut, at) => [cut.join(" · "), cut, at] as const))(
	"a copy that has lost %s of its sides is near what is listed of that cut",
	(_, [top, right, bottom, left], at) => {
		const copy = drawn({
			left: Math.round(width * left),
			top: Math.round(height * top),
			width: Math.round(width * (1 - left - right)),
			height: Math.round(height * (1 - top - bottom)),
		});
		const { hash } = hashRaster(copy);
		expect(bitsApart(hash, hashCuts(drawn(whole))[at]?.hash ?? new Uint8Array(32))).toBeLessThanOrEqual(
			tightRadiusBits,
		);
	},
);

test("what is left of a picture without structure is not listed", () => {
	expect(hashCuts(drawn(whole, 0))).toEqual([]);
});

import { describe, expect, test } from "@jest/globals";
import sharp from "sharp";
import { drawSample } from "../../../../services/adapters/sharp/draw-sample.ts";
import { mayHoldWords } from "../../../../services/core/items/picture/may-hold-words.ts";
import { drawWords, fontNames } from "../../../support/written-pictures.ts";

const sentence = "Một câu vô hại được viết lên một bức hình để thử nghiệm.";

async function rasterOf(picture: Uint8Array) {
	const { data: rgb, info } = await sharp(picture)
		.removeAlpha()
		.toColourspace("srgb")
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { rgb, width: info.width, height: info.height };
}
const seems = async (picture: Uint8Array, isSideways = false) => mayHoldWords(await rasterOf(picture), isSideways);

describe("words seem to be on a picture", () => {
	test.each(fontNames)("where a sentence in %s is, small or large", async (font) => {
		for (const sizePixels of [14, 28, 60])
			expect(await seems(await drawWords(sentence, { font, sizePixels }))).toBe(true);
	});

	test("where it is laid over another picture, or full of noise", async () => {
		expect(await seems(await drawWords(sentence, { ground: await drawSample(3), sizePixels: 32 }))).toBe(true);
		expect(await seems(await drawWords(sentence, { noise: 20, sizePixels: 32 }))).toBe(true);
	});

	test("where people see it turned by a quarter, once that is said", async () => {
		const turned = await sharp(await drawWords(sentence))
			.rotate(90)
			.toBuffer();
		expect(await seems(turned, true)).toBe(true);
	});
});

describe("no words seem to be", () => {
	test("on one color, and on nothing", async () => {
		const flat = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#8090a0" } })
			.png()
			.toBuffer();
		expect(await seems(flat)).toBe(false);
		expect(mayHoldWords({ rgb: new Uint8Array(3), width: 1, height: 1 })).toBe(false);
	});

	test("on noise", async () => {
		const noise = await sharp({
			create: {
				width: 600,
				height: 400,
				channels: 3,
				background: "#808080",
				noise: { type: "gaussian", mean: 128, sigma: 40 },
			},
		})
			.png()
			.toBuffer();
		expect(await seems(noise)).toBe(false);
	});

	test("on most pictures of shapes", async () => {
		const pictures = await Promise.all(Array.from({ length: 20 }, (_, seed) => drawSample(seed)));
		const found = await Promise.all(pictures.map((one) => seems(one)));
		expect(found.filter(Boolean).length).toBeLessThanOrEqual(2);
	});
});

import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import sharp from "sharp";
import { readJpegHeader } from "../../../../services/adapters/sharp/jpeg-header.ts";

const draw = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#369" } });

describe("the size in a JPEG's header", () => {
	it.each([
		["baseline", { quality: 80 }],
		["progressive", { progressive: true }],
		["with full chroma", { chromaSubsampling: "4:4:4" }],
	])("is what the decoder says (%s)", async (_kind, options) => {
		const bytes = await draw(123, 45).jpeg(options).toBuffer();
		expect(readJpegHeader(bytes)).toEqual({ width: 123, height: 45, hasProfile: false });
	});

	it("is found behind profiles and EXIF, and the profile is noticed", async () => {
		const bytes = await draw(64, 80).withMetadata({ orientation: 6 }).jpeg().toBuffer();
		expect(readJpegHeader(bytes)).toEqual({ width: 64, height: 80, hasProfile: true });
	});

	it("is not found in another format, or where the header ends early; nothing fails", async () => {
		expect(readJpegHeader(await draw(9, 9).png().toBuffer())).toBeNull();
		const bytes = await draw(9, 9).jpeg().toBuffer();
		for (let length = 0; length < 200; length += 1) readJpegHeader(bytes.subarray(0, length));
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (tail) => {
				readJpegHeader(Buffer.concat([Buffer.from([0xff, 0xd8]), tail]));
			}),
		);
	});
});

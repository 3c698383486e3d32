// Real files against published hashes of them: what our decoder and our PDQ make of a file must match what others list.
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { readHeader } from "../../../services/adapters/sharp/read-header.ts";
import { hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { bitsApart } from "../../support/bits-apart.ts";

const folder = "test/fixtures/hashing/published";
const published: Readonly<Record<string, string>> = JSON.parse(
	readFileSync(fromPackageRoot(folder, "hashes.json"), "utf8"),
);
/** What the reference asks of another implementation, for pictures of quality 80 and more. */
const mostBits = 10;

test.each(Object.entries(published))("%s has its published hash, within what decoders differ", async (name, listed) => {
	const bytes = readFileSync(fromPackageRoot(folder, name));
	const header = await readHeader(bytes);
	if (header === null) throw new Error("not a picture");
	const limits = { maxPixels: 10_000_000, deadline: performance.now() + 20_000 };
	const frame = await decodeFrame(bytes, 0, header, limits);
	if (frame.kind !== "decoded") throw new Error(`the picture is ${frame.kind}`);
	const { hash, quality } = hashRaster(frame.raster);
	expect(quality).toBeGreaterThanOrEqual(80);
	expect(bitsApart(hash, Buffer.from(listed, "hex"))).toBeLessThanOrEqual(mostBits);
});

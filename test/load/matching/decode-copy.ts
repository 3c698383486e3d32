import { decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { readHeader } from "../../../services/adapters/sharp/read-header.ts";
import type { Raster, Size } from "../../../services/core/hashes/pdq/hashed-size.ts";

/** A copy as the detector decodes it; its pixels are overwritten by the next one. Throws where an attack made no picture. */
export async function decodeCopy(bytes: Buffer): Promise<{ readonly raster: Raster; readonly size: Size }> {
	const header = await readHeader(bytes);
	if (header === null) throw new Error("an attack made no picture");
	const limits = { maxPixels: 100_000_000, deadline: performance.now() + 60_000 };
	const frame = await decodeFrame(bytes, 0, header, limits);
	if (frame.kind !== "decoded") throw new Error(`an attack's picture is ${frame.kind}`);
	return { raster: frame.raster, size: header };
}

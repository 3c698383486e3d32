// Runs in a worker thread: one picture in, its hashes and the model's pixels out.
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import type { PictureHashes } from "../../core/banks/bank.ts";
import { exactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import type { PdqResult } from "../../core/hashes/pdq/pdq.ts";
import type { ImageExamination } from "../../core/ports/image-examiner.ts";
import type { UnavailableReason } from "../../core/signals/signal.ts";
import { type DecodeLimits, decodeFrame, type Raster } from "./decode-frame.ts";
import { decodeLuma } from "./decode-luma.ts";
import { hashFramings, hashLuma, hashRaster } from "./hash-raster.ts";
import { jpegSize } from "./jpeg-size.ts";
import { toModelRaster } from "./model-raster.ts";
import { type Header, readHeader } from "./read-header.ts";

export interface ExamineInput {
	readonly bytes: Uint8Array;
	/** Null: it is only hashed, as it is; no model looks at it. */
	readonly modelSize: number | null;
	readonly maxPixels: number;
	readonly maxFrames: number;
	/** For all of the decoding, from when the worker begins. */
	readonly timeoutMs: number;
}
export type ExamineOutput = ImageExamination;

sharp.cache(false);
sharp.concurrency(1);

/** Raster formats that the decoder knows. Vector and document formats run code of their own and are never opened. */
const decodable = new Set([
	"image/jpeg",
	"image/png",
	"image/apng",
	"image/webp",
	"image/gif",
	"image/avif",
	"image/tiff",
]);

export default async function examineImage(input: ExamineInput): Promise<ExamineOutput> {
	const { bytes } = input;
	const limits: DecodeLimits = { maxPixels: input.maxPixels, deadline: performance.now() + input.timeoutMs };
	const exact = exactHashes(bytes);
	const unavailable = (
		reason: UnavailableReason,
		mediaType: string | null,
		pdq: PictureHashes | null = null,
	): ExamineOutput => ({
		kind: "unavailable",
		reason,
		mediaType,
		hashes: { ...exact, pdq },
	});
	if (bytes.length === 0) return unavailable("empty", null);
	const mediaType = (await fileTypeFromBuffer(bytes))?.mime ?? null;
	if (mediaType === null || !mediaType.startsWith("image/")) return unavailable("not-an-image", mediaType);
	if (!decodable.has(mediaType)) return unavailable("undecodable", mediaType);
	const isHashed = input.modelSize === null;
	const jpeg = isHashed ? jpegHeader(bytes) : null;
	const header = jpeg ?? (await readHeader(bytes));
	if (header === null) return unavailable("undecodable", mediaType);
	if (header.width * header.height > input.maxPixels) return unavailable("too-many-pixels", mediaType);
	const { width, height, pages: frameCount } = header;

	const luma = jpeg === null ? null : decodeLuma(bytes, jpeg);
	if (luma !== null) {
		const hashes = { ...exact, pdq: { ...hashLuma(luma), reframed: [] } };
		return { kind: "examined", mediaType, width, height, frameCount, hashes, frames: [], rasters: [] };
	}
	const first = await decodeFrame(bytes, 0, header, limits);
	if (first.kind === "undecodable") return unavailable("undecodable", mediaType);
	if (first.kind === "timed-out") return unavailable("decode-timeout", mediaType);
	const pdq = isHashed ? { ...hashRaster(first.raster), reframed: [] } : hashFramings(first.raster, header);
	if (first.kind === "truncated") return unavailable("truncated", mediaType, pdq);
	if (!isHashed && hidesFrames(bytes, mediaType)) return unavailable("frames-not-read", mediaType, pdq);
	const rasters: Uint8Array[] = [];
	const keepRaster = async (raster: Raster) => {
		if (input.modelSize !== null) rasters.push(await toModelRaster(raster, header.orientation, input.modelSize));
	};
	await keepRaster(first.raster);
	const frames: PdqResult[] = [];
	for (const page of sampledPages(header, input.maxFrames)) {
		const frame = await decodeFrame(bytes, page, header, limits);
		if (frame.kind === "undecodable") return unavailable("truncated", mediaType, pdq);
		if (frame.kind === "timed-out") return unavailable("decode-timeout", mediaType, pdq);
		frames.push(hashRaster(frame.raster));
		await keepRaster(frame.raster);
	}
	return { kind: "examined", mediaType, width, height, frameCount, hashes: { ...exact, pdq }, frames, rasters };
}

/** Animations of which the decoder reads the still picture alone: what moves behind it nobody has looked at. */
function hidesFrames(bytes: Uint8Array, mediaType: string): boolean {
	if (mediaType === "image/apng") return true;
	if (mediaType !== "image/avif") return false;
	// ISO/IEC 14496-12, 4.3: the brands of the file type box, of which `avis` is an image sequence (AV1 Image File Format, 6.3).
	const box = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096));
	const end = Math.min(box.readUInt32BE(0), box.length);
	return box.subarray(8, end).includes("avis");
}

/** All that hashing needs of a JPEG's header; what it says is checked when it is decoded. */
function jpegHeader(bytes: Uint8Array): Header | null {
	const size = jpegSize(bytes);
	return size === null || size.width === 0 || size.height === 0 ? null : { ...size, pages: 1, orientation: 1 };
}

/** Pixels that an animation may cost: to reach a frame, all before it are decoded. */
const animationPixels = 400_000_000;

/** Pages after the first, spread over the length that the budget reaches. */
function sampledPages({ width, height, pages }: Header, maxFrames: number): readonly number[] {
	const samples = Math.min(maxFrames, pages) - 1;
	const reachable = Math.max(
		1,
		Math.min(pages, Math.floor((2 * animationPixels) / (width * height * Math.max(1, samples)))),
	);
	const chosen = Array.from({ length: samples }, (_, index) =>
		Math.floor(((index + 1) * (reachable - 1)) / Math.max(1, samples)),
	);
	return [...new Set(chosen)].filter((page) => page > 0);
}

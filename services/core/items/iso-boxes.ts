// ISO base media files (ISO/IEC 14496-12): pictures and videos of many brands, by their outermost boxes.
import { signature } from "./signatures.ts";
import type { Source } from "./source.ts";

const firstBox = signature.fileType;
const mostBrandBytes = 4_096;

/** The brands of a file type box that say that it holds pictures. Of those, sequences move; what is `decoded` the decoder of pictures reads. */
export const pictureBrands: ReadonlyMap<
	string,
	{ readonly moves?: "image/avif" | "image/heic-sequence"; readonly isDecoded?: true }
> = new Map([
	["avif", { isDecoded: true }],
	["avis", { isDecoded: true, moves: "image/avif" }],
	["mif1", { isDecoded: true }],
	["msf1", { isDecoded: true }],
	["heic", {}],
	["heix", {}],
	["heim", {}],
	["heis", {}],
	["hevc", { moves: "image/heic-sequence" }],
	["hevx", { moves: "image/heic-sequence" }],
]);

/** As which kind of picture a file moves, by all brands that its file type box names; null where it does not. */
export function sequenceTypeOf(bytes: Uint8Array): "image/avif" | "image/heic-sequence" | null {
	const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, mostBrandBytes));
	if (head.length < 8 || head.toString("latin1", 4, 8) !== firstBox) return null;
	const brands = head.toString("latin1", 8, head.readUInt32BE(0)).match(/.{4}/gs) ?? [];
	return brands.map((brand) => pictureBrands.get(brand)?.moves).find((moves) => moves !== undefined) ?? null;
}

/** Those that stand outermost; whatever else follows is another file. */
const topBoxes = new Set(
	"ftyp styp pdin moov moof mfra mdat imda free skip wide uuid meta sidx ssix prft emsg udta pnot mpvd".split(" "),
);

/** One after the other, from the one that begins there; none where none does. */
export function* isoBoxes(source: Source, begin: number) {
	for (let at = begin; at + 8 <= source.length; ) {
		const head = source.read(at, Math.min(at + 16, source.length));
		const type = head.toString("latin1", 4, 8);
		if (!topBoxes.has(type) || (type === firstBox && at !== begin)) return;
		const said = head.readUInt32BE(0);
		const size = said === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : said;
		const end = size === 0 ? source.length : Math.min(source.length, at + size);
		if (size !== 0 && size < 8) return;
		yield { at, end, type };
		at = end;
	}
}

/** As far as one box follows another. */
export function endOfIso(source: Source, begin: number): number {
	let last = begin;
	for (const { end } of isoBoxes(source, begin)) last = end;
	return last;
}

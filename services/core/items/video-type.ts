// By its first bytes alone, whether a file is a video container, and which. What is in it, the decoder finds out in a process of its own.
import { pictureBrands } from "./iso-boxes.ts";
import { signature } from "./signatures.ts";

const transportPacketBytes = 188;
const transportSync = 0x47;

/** Null where it is none that is known here. */
export function videoTypeOf(bytes: Uint8Array): string | null {
	const latin1 = (from: number, to: number) => Buffer.from(bytes.subarray(from, to)).toString("latin1");
	if (bytes.length < 12) return null;
	if (latin1(4, 8) === signature.fileType) return isoTypeOf(latin1(8, 12));
	// QuickTime files of old begin with their data, or with what describes it.
	if (["moov", "mdat", "wide"].includes(latin1(4, 8))) return "video/quicktime";
	if (latin1(0, 4) === signature.ebml) return latin1(0, 64).includes("webm") ? "video/webm" : "video/matroska";
	if (latin1(0, 4) === signature.riff && latin1(8, 12) === "AVI ") return "video/vnd.avi";
	const isTransport = [0, 1, 2].every((packet) => bytes[packet * transportPacketBytes] === transportSync);
	return isTransport ? "video/mp2t" : null;
}

function isoTypeOf(brand: string): string | null {
	// Pictures (HEIF, AVIF) are none.
	if (pictureBrands.has(brand)) return null;
	if (brand.startsWith("qt")) return "video/quicktime";
	return brand.startsWith("3g") ? "video/3gpp" : "video/mp4";
}

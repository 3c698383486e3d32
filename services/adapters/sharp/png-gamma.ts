// What a PNG says of its own brightness (PNG, Third Edition, 11.3.2.2): browsers obey it, the decoder does not.

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Chunks that stand before the gamma in browsers' eyes. */
const stronger = new Set(["iCCP", "sRGB", "cICP"]);
/** 1/2.2, in the chunk's hundred-thousandths: what screens expect. */
const ofScreens = 45_455;
/** Nearer to that, nothing changes that could be seen. */
const least = 0.05;

/** To which power each level (0–1) is shown; null where it is shown as it is, and for files that are no PNG. */
export function pngExponent(bytes: Uint8Array): number | null {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (!file.subarray(0, signature.length).equals(signature)) return null;
	let gamma: number | null = null;
	for (let at = signature.length; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
		const type = file.toString("latin1", at + 4, at + 8);
		if (stronger.has(type)) return null;
		if (type === "gAMA") gamma = file.readUInt32BE(at + 8);
		if (type === "IDAT") break;
	}
	if (gamma === null || gamma === 0) return null;
	const exponent = ofScreens / gamma;
	return Math.abs(exponent - 1) < least ? null : exponent;
}

// By its first bytes alone, whether a file is one of sound without pictures, and which. What is in it, the decoder finds out.

const magic: readonly (readonly [type: string, at: number, text: string])[] = [
	["audio/mpeg", 0, "ID3"],
	["audio/ogg", 0, "OggS"],
	["audio/flac", 0, "fLaC"],
	["audio/wav", 8, "WAVE"],
	["audio/aiff", 8, "AIFF"],
	["audio/aiff", 8, "AIFC"],
	["audio/amr", 0, "#!AMR"],
	["audio/x-caf", 0, "caff"],
	["audio/ac3", 0, "\x0b\x77"],
];

/** Null where it is none that is known here. */
export function soundTypeOf(bytes: Uint8Array): string | null {
	const head = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
	const known = magic.find(([, at, text]) => head.startsWith(text, at));
	if (known !== undefined) return known[0];
	return isFrameSync(bytes) ? "audio/mpeg" : null;
}

/** Eleven bits, and a layer or, of AAC, none (ISO/IEC 11172-3, 2.4.1.3; 13818-7, 6.2). */
function isFrameSync([first = 0, second = 0, third = 0]: Uint8Array): boolean {
	const isReserved = (second & 0x18) === 0x08 || third === 0xff;
	return first === 0xff && second >= 0xe0 && second !== 0xff && !isReserved;
}

export function isSound(mediaType: string): boolean {
	return mediaType.startsWith("audio/");
}

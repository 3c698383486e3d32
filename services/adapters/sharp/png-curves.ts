// What a PNG says of its own brightness: its gamma (PNG, Third Edition, 11.3.2.2) and its coding-independent code points (11.3.2.6).
// Some viewers obey one, some the other, the decoder neither.

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** 1/2.2, in the chunk's hundred-thousandths: what screens expect. */
const ofScreens = 45_455;
/** Nearer to that, nothing changes that could be seen. */
const least = 0.05;

/** For each level (0–255) the one that it is shown as. */
export type LevelCurve = Uint8Array;

/** The curves under which some viewers show it, beside its levels as they are; empty for files that are no PNG. */
export function pngCurves(bytes: Uint8Array): readonly LevelCurve[] {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (!file.subarray(0, signature.length).equals(signature)) return [];
	const curves: LevelCurve[] = [];
	for (let at = signature.length; at + 12 <= file.length; at += 12 + file.readUInt32BE(at)) {
		const type = file.toString("latin1", at + 4, at + 8);
		const data = file.subarray(at + 8, at + 8 + file.readUInt32BE(at));
		if (type === "gAMA" && data.length === 4) curves.push(...ofGamma(data.readUInt32BE()));
		if (type === "cICP" && data.length === 4) curves.push(...ofCodePoints(data[1] ?? 0, data[3] === 0));
		if (type === "IDAT") break;
	}
	return curves;
}

function ofGamma(gamma: number): readonly LevelCurve[] {
	const exponent = ofScreens / gamma;
	return gamma === 0 || Math.abs(exponent - 1) < least ? [] : [curveOf((level) => level ** exponent)];
}

/** White of ordinary pictures on a screen of high dynamic range, in nits (ITU-R BT.2408). */
const whiteNits = 203;
/** From a level to light, white of ordinary pictures being 1, by ITU-T H.273's number of the transfer; others are as screens expect. */
const toLight: Readonly<Record<number, (level: number) => number>> = {
	8: (level) => level,
	// ITU-R BT.2100, PQ.
	16: (level) => {
		const root = level ** (1 / 78.84375);
		const light = (Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125);
		return (light * 10_000) / whiteNits;
	},
	// The same, HLG.
	18: (level) =>
		(level <= 0.5 ? level ** 2 / 3 : (Math.exp((level - 0.55991073) / 0.17883277) + 0.28466892) / 12) * 3.77,
};

function ofCodePoints(transfer: number, isNarrow: boolean): readonly LevelCurve[] {
	const light = toLight[transfer];
	if (light === undefined && !isNarrow) return [];
	const widened = (level: number) => (isNarrow ? Math.min(1, Math.max(0, (255 * level - 16) / 219)) : level);
	const shown = light === undefined ? widened : (level: number) => light(widened(level)) ** (1 / 2.2);
	return [curveOf(shown)];
}

function curveOf(shown: (level: number) => number): LevelCurve {
	return Uint8Array.from({ length: 256 }, (_, level) => Math.round(255 * Math.min(1, Math.max(0, shown(level / 255)))));
}

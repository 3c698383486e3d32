/** Generated pictures on which a conversion is compared with its original. The same bytes on every machine, for ever. */
export interface FixedPicture {
	readonly name: string;
	/** RGB, size×size×3 bytes. */
	readonly rgb: Uint8Array;
}

type Paint = (x: number, y: number, channel: number, edge: number) => number;

/** Integer hash (Murmur3's finalizer): noise without a generator's state. */
function mix(value: number): number {
	let h = value | 0;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0;
}

/** All arithmetic is on integers, so that no machine rounds differently. */
const paints: Readonly<Record<string, Paint>> = {
	ramp: (x, y, channel) => [x, y, x + y][channel] ?? 0,
	"noise-fine": (x, y, channel) => mix(x * 73_856_093 + y * 19_349_663 + channel * 83_492_791),
	"noise-coarse": (x, y, channel) => mix((x >> 4) * 73_856_093 + (y >> 4) * 19_349_663 + channel * 83_492_791),
	checks: (x, y, channel) => (((x >> 3) + (y >> 3)) % 2 === 0 ? 30 : 220 - channel * 40),
	rings: (x, y, channel, edge) => {
		const dx = x - (edge >> 1);
		const dy = y - (edge >> 1);
		return ((dx * dx + dy * dy) >> 5) * (channel + 1);
	},
	stripes: (x, y, channel) => (x * 3 + y * (channel + 1)) >> 1,
	"warm-blobs": (x, y, channel) => 150 - channel * 40 + (mix((x >> 5) * 31 + (y >> 5) * 17) % 60),
	dots: (x, y, channel) => (x % 13 < 5 && y % 11 < 5 ? 240 - channel * 60 : 20 + channel * 30),
};

export function fixedPictures(size: number): readonly FixedPicture[] {
	return Object.entries(paints).map(([name, paint]) => {
		const rgb = new Uint8Array(size * size * 3);
		for (let at = 0; at < rgb.length; at++) {
			const pixel = Math.floor(at / 3);
			rgb[at] = paint(pixel % size, Math.floor(pixel / size), at % 3, size) & 255;
		}
		return { name, rgb };
	});
}

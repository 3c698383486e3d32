// Pictures that hold others in places where no decoder looks, made byte by byte.
import { crc32 } from "node:zlib";
import sharp from "sharp";

interface Pixels {
	readonly rgb: Uint8Array;
	readonly width: number;
	readonly height: number;
}

export async function pixelsOf(picture: Uint8Array, edge = 160): Promise<Pixels> {
	const { data, info } = await sharp(picture)
		.flatten({ background: "#ffffff" })
		.toColourspace("srgb")
		.resize({ width: edge, height: edge, fit: "inside" })
		.removeAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	return { rgb: data, width: info.width, height: info.height };
}

type Field = readonly [tag: number, type: "short" | "long", values: readonly number[]];

/** TIFF written from its beginning on, each directory before what leads to it. */
function createTiff(isBig: boolean) {
	const parts: Buffer[] = [];
	let at = isBig ? 16 : 8;
	const put = (bytes: Uint8Array): number => {
		const [begin, padded] = [at, Buffer.concat([bytes, Buffer.alloc((8 - (bytes.length % 8)) % 8)])];
		parts.push(padded);
		at += padded.length;
		return begin;
	};
	const offset = (value: number): Buffer => {
		const bytes = Buffer.alloc(isBig ? 8 : 4);
		if (isBig) bytes.writeBigUInt64LE(BigInt(value));
		else bytes.writeUInt32LE(value);
		return bytes;
	};
	const valueIn = (type: Field[1], values: readonly number[]): Buffer => {
		const width = type === "short" ? 2 : 4;
		const bytes = Buffer.alloc(width * values.length);
		for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * width, width);
		const room = offset(0);
		if (bytes.length > room.length) return offset(put(bytes));
		bytes.copy(room);
		return room;
	};
	const directory = (fields: readonly Field[], next = 0): number => {
		const sorted = fields.toSorted(([one], [other]) => one - other);
		const rows = sorted.map(([tag, type, values]) => {
			const row = Buffer.alloc(4);
			row.writeUInt16LE(tag, 0);
			row.writeUInt16LE(type === "short" ? 3 : 4, 2);
			return Buffer.concat([row, offset(values.length), valueIn(type, values)]);
		});
		const count = isBig ? offset(fields.length) : Buffer.from([fields.length, 0]);
		return put(Buffer.concat([count, ...rows, offset(next)]));
	};
	const ofPixels = ({ rgb, width, height }: Pixels): readonly Field[] => [
		[256, "short", [width]],
		[257, "short", [height]],
		[258, "short", [8, 8, 8]],
		[259, "short", [1]],
		[262, "short", [2]],
		[273, "long", [put(rgb)]],
		[277, "short", [3]],
		[278, "short", [height]],
		[279, "long", [rgb.length]],
	];
	const file = (first: number): Buffer => {
		const begin = isBig ? Buffer.from([0x49, 0x49, 43, 0, 8, 0, 0, 0]) : Buffer.from([0x49, 0x49, 42, 0]);
		return Buffer.concat([begin, offset(first), ...parts]);
	};
	return { put, directory, ofPixels, file };
}

/** A TIFF of one page, whose directory leads to others, one behind the other. */
export function tiffWith(page: Pixels, others: readonly Pixels[], isBig = false): Buffer {
	const tiff = createTiff(isBig);
	const led = others.map((one) => tiff.directory(tiff.ofPixels(one)));
	const leading: readonly Field[] = led.length === 0 ? [] : [[330, "long", led]];
	return tiff.file(tiff.directory([...tiff.ofPixels(page), ...leading]));
}

/** EXIF as cameras write it, with a small picture. */
export function exifOf(small: Uint8Array | Pixels): Buffer {
	const tiff = createTiff(false);
	const fields: readonly Field[] =
		small instanceof Uint8Array
			? [
					[259, "short", [6]],
					[513, "long", [tiff.put(small)]],
					[514, "long", [small.length]],
				]
			: tiff.ofPixels(small);
	return tiff.file(tiff.directory([[274, "short", [1]]], tiff.directory(fields)));
}

/** A segment behind the first two bytes of a JPEG. */
export function jpegWith(jpeg: Uint8Array, code: number, segment: Uint8Array): Buffer {
	const head = Buffer.from([0xff, code, 0, 0]);
	head.writeUInt16BE(segment.length + 2, 2);
	return Buffer.concat([jpeg.subarray(0, 2), head, segment, jpeg.subarray(2)]);
}

export const jpegWithExif = (jpeg: Uint8Array, exif: Uint8Array) =>
	jpegWith(jpeg, 0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]));

/** A chunk before the last one. */
export function pngWith(png: Uint8Array, type: string, data: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(body));
	const end = png.length - 12;
	return Buffer.concat([png.subarray(0, end), length, body, check, png.subarray(end)]);
}

/** A chunk behind its pixels. */
export function webpWith(webp: Uint8Array, type: string, data: Uint8Array): Buffer {
	const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
	head.writeUInt32LE(data.length, 4);
	const file = Buffer.concat([webp, head, data, Buffer.alloc(data.length % 2)]);
	file.writeUInt32LE(file.length - 8, 4);
	return file;
}

// Pixels as a PNG (ISO/IEC 15948), for whoever decodes pictures: red, green and blue, 8 bits each, not filtered.
import { crc32, deflateSync } from "node:zlib";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** It is read once and thrown away. */
const quickly = 1;

export interface Pixels {
	/** Red, green, blue, one pixel after the other. */
	readonly rgb: Uint8Array;
	readonly width: number;
	readonly height: number;
}

export function writePng({ rgb, width, height }: Pixels): Uint8Array {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// Bit depth, color type; compression, filters and interlacing as everywhere.
	header.set([8, 2, 0, 0, 0], 8);
	const rows = Buffer.alloc(height * (width * 3 + 1));
	for (let row = 0; row < height; row += 1)
		rows.set(rgb.subarray(row * width * 3, (row + 1) * width * 3), row * (width * 3 + 1) + 1);
	const data = deflateSync(rows, { level: quickly });
	return new Uint8Array(
		Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]),
	);
}

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const sum = Buffer.alloc(4);
	sum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, sum]);
}

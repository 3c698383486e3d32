// Small files that cost a decoder much, made by code: they show nothing.
import { crc32, deflateSync } from "node:zlib";

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG of one grey, one pixel wide: 90 million rows take 175 kB. */
export function narrowPng(rows: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(1, 0);
	header.writeUInt32BE(rows, 4);
	header.set([8, 0, 0, 0, 0], 8);
	const data = deflateSync(Buffer.alloc(2 * rows), { level: 9 });
	return Buffer.concat([pngSignature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}

const short = 3;
const long = 4;
const edge = 8;

/** A TIFF of so many pages, all of which have the same 64 grey pixels. */
export function tiffOfPages(pages: number): Buffer {
	const dataAt = 8;
	const fields = [
		[256, short, edge],
		[257, short, edge],
		[258, short, 8],
		[259, short, 1],
		[262, short, 1],
		[273, long, dataAt],
		[277, short, 1],
		[278, short, edge],
		[279, long, edge * edge],
	] as const;
	const directoryBytes = 2 + 12 * fields.length + 4;
	const firstAt = dataAt + edge * edge;
	const file = Buffer.alloc(firstAt + directoryBytes * pages);
	file.write("II");
	file.writeUInt16LE(42, 2);
	file.writeUInt32LE(firstAt, 4);
	for (let page = 0; page < pages; page += 1) {
		const at = firstAt + directoryBytes * page;
		file.writeUInt16LE(fields.length, at);
		for (const [index, [tag, type, value]] of fields.entries()) {
			const fieldAt = at + 2 + 12 * index;
			file.writeUInt16LE(tag, fieldAt);
			file.writeUInt16LE(type, fieldAt + 2);
			file.writeUInt32LE(1, fieldAt + 4);
			file.writeUInt32LE(value, fieldAt + 8);
		}
		file.writeUInt32LE(page + 1 < pages ? at + directoryBytes : 0, at + directoryBytes - 4);
	}
	return file;
}

/** The same picture as another file: decoders ignore what follows its end. */
export function otherFile(picture: Uint8Array, name: string): Buffer {
	return Buffer.concat([picture, Buffer.from(`no part of the picture: ${name}`)]);
}

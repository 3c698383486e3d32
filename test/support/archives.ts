// Archives of kinds other than ZIP for tests, written byte by byte: nothing in them is compressed.
import { crc32 } from "node:zlib";

export interface Packed {
	readonly name: string;
	readonly bytes: Uint8Array;
}

const u8 = (...values: readonly number[]) => Buffer.from(values);
const u16 = (value: number) => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value >>> 0);
	return bytes;
};
const u64 = (value: number) => Buffer.concat([u32(value), u32(Math.floor(value / 2 ** 32))]);
const checkOf = (bytes: Uint8Array) => u32(crc32(bytes));

/** POSIX.1-1988, ustar. */
export function tarOf(files: readonly Packed[]): Buffer {
	const parts = files.flatMap(({ name, bytes }) => {
		const head = Buffer.alloc(512);
		head.write(name, 0, "utf8");
		head.write("0000644\0" + "0000000\0" + "0000000\0", 100);
		head.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
		head.write(`${"0".repeat(11)}\0        0`, 136);
		head.write("ustar\x0000", 257);
		head.write(
			`${head
				.reduce((sum, byte) => sum + byte, 0)
				.toString(8)
				.padStart(6, "0")}\0 `,
			148,
		);
		return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
	});
	return Buffer.concat([...parts, Buffer.alloc(1_024)]);
}

/** One stream of one block of pieces that are not compressed (The .xz File Format 1.2; LZMA2 has pieces of at most 64 KiB). */
export function xzOf(bytes: Uint8Array): Buffer {
	const flags = u8(0, 1);
	const pieces: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += 65_536) {
		const piece = bytes.subarray(at, at + 65_536);
		pieces.push(u8(at === 0 ? 1 : 2, (piece.length - 1) >> 8, (piece.length - 1) & 255), Buffer.from(piece));
	}
	const data = Buffer.concat([...pieces, u8(0)]);
	const headOf = u8(2, 0, 0x21, 1, 18, 0, 0, 0);
	const head = Buffer.concat([headOf, checkOf(headOf)]);
	const block = Buffer.concat([head, data, Buffer.alloc((4 - (data.length % 4)) % 4), checkOf(bytes)]);
	const listed = Buffer.concat([u8(0, 1), sevenBits(head.length + data.length + 4), sevenBits(bytes.length)]);
	const padded = Buffer.concat([listed, Buffer.alloc((4 - (listed.length % 4)) % 4)]);
	const index = Buffer.concat([padded, checkOf(padded)]);
	const footOf = Buffer.concat([u32(index.length / 4 - 1), flags]);
	return Buffer.concat([
		...[Buffer.from("\xfd7zXZ\0", "latin1"), flags, checkOf(flags), block, index],
		...[checkOf(footOf), footOf, Buffer.from("YZ")],
	]);
}

/** A number in as many bytes as it needs, the lowest bits first (XZ and RAR 5 write them so). */
function sevenBits(value: number): Buffer {
	const bytes: number[] = [];
	for (let left = value; ; left = Math.floor(left / 128)) {
		if (left < 128) return u8(...bytes, left);
		bytes.push((left % 128) + 128);
	}
}

/** RAR 5 (RARLAB's technical note): a mark, and blocks each under its own sum. */
export function rarOf(files: readonly Packed[], { isEncrypted = false, mode = 0o100_644 } = {}): Buffer {
	const block = (fields: readonly Buffer[], data: Uint8Array = Buffer.alloc(0)) => {
		const body = Buffer.concat(fields);
		const sized = Buffer.concat([sevenBits(body.length), body]);
		return Buffer.concat([checkOf(sized), sized, data]);
	};
	const key = Buffer.concat([u8(1, 0, 0, 15), Buffer.alloc(32, 7)]);
	const locked = Buffer.concat([sevenBits(key.length), key]);
	const blocks = files.map(({ name, bytes }) => {
		const named = Buffer.from(name, "utf8");
		const flags = isEncrypted ? [u8(2, 3), sevenBits(locked.length)] : [u8(2, 2)];
		return block(
			[
				...[
					...flags,
					sevenBits(bytes.length),
					u8(4),
					sevenBits(bytes.length),
					sevenBits(mode),
					checkOf(bytes),
					u8(0, 1),
				],
				...[sevenBits(named.length), named, ...(isEncrypted ? [locked] : [])],
			],
			bytes,
		);
	});
	return Buffer.concat([
		Buffer.from("Rar!\x1a\x07\x01\0", "latin1"),
		block([u8(1, 0, 0)]),
		...blocks,
		block([u8(5, 0, 0)]),
	]);
}

/** 7z (7-Zip's 7zFormat.txt): a folder for each file, all copied as they are, and the header behind them. */
export function sevenZipOf(files: readonly Packed[]): Buffer {
	const data = Buffer.concat(files.map(({ bytes }) => bytes));
	const count = sevenZipNumber(files.length);
	const sizes = Buffer.concat(files.map(({ bytes }) => sevenZipNumber(bytes.length)));
	const sums = Buffer.concat([u8(1), ...files.map(({ bytes }) => checkOf(bytes))]);
	const names = Buffer.from(files.map(({ name }) => `${name}\0`).join(""), "utf16le");
	const header = Buffer.concat([
		...[u8(1, 4), u8(6, 0), count, u8(9), sizes, u8(0)],
		...[u8(7, 0x0b), count, u8(0), ...files.map(() => u8(1, 1, 0)), u8(0x0c), sizes, u8(0x0a), sums, u8(0)],
		...[u8(8, 0), u8(0)],
		...[u8(5), count, u8(0x11), sevenZipNumber(names.length + 1), u8(0), names, u8(0, 0)],
	]);
	const where = Buffer.concat([u64(data.length), u64(header.length), checkOf(header)]);
	return Buffer.concat([Buffer.from("7z\xbc\xaf\x27\x1c\0\x04", "latin1"), checkOf(where), where, data, header]);
}

/** The ones that lead the first byte say how many follow, the lowest first; what is left of it is the highest. */
function sevenZipNumber(value: number): Buffer {
	for (let more = 0; more < 4; more += 1) {
		if (value >= 2 ** (7 * (more + 1))) continue;
		const lead = (0xff << (8 - more)) & 0xff;
		return Buffer.concat([u8(lead | Math.floor(value / 256 ** more)), u32(value).subarray(0, more)]);
	}
	throw new Error(`${value} needs more bytes`);
}

/** MS-CAB: one folder, in pieces of 32 KiB that are not compressed and have no sum. */
export function cabOf(files: readonly Packed[]): Buffer {
	const data = Buffer.concat(files.map(({ bytes }) => bytes));
	const pieces: Buffer[] = [];
	for (let at = 0; at < data.length; at += 32_768) {
		const piece = data.subarray(at, at + 32_768);
		pieces.push(Buffer.concat([u32(0), u16(piece.length), u16(piece.length), piece]));
	}
	let begin = 0;
	const listed = Buffer.concat(
		files.flatMap(({ name, bytes }) => {
			const row = [
				u32(bytes.length),
				u32(begin),
				u16(0),
				u16(0),
				u16(0),
				u16(0x20),
				Buffer.from(`${name}\0`, "latin1"),
			];
			begin += bytes.length;
			return row;
		}),
	);
	const folderAt = 36 + 8;
	const folder = Buffer.concat([u32(folderAt + listed.length), u16(pieces.length), u16(0)]);
	const rest = Buffer.concat([folder, listed, ...pieces]);
	return Buffer.concat([
		...[Buffer.from("MSCF\0\0\0\0", "latin1"), u32(36 + rest.length), u32(0), u32(folderAt), u32(0)],
		...[u8(3, 1), u16(1), u16(files.length), u16(0), u16(0), u16(0), rest],
	]);
}

interface ZstandardFrame {
	readonly dictionary?: number;
	/** The logarithm of the window that it asks for. */
	readonly windowLog?: number;
	/** What it says of its size, where it says so. */
	readonly says?: number;
	/** So many pieces of one byte each stand for 128 KiB. */
	readonly runs?: number;
}

/** A Zstandard frame (RFC 8878, 3.1.1) of pieces that are not compressed. */
export function zstandardOf(
	bytes: Uint8Array,
	{ dictionary = 0, windowLog = 17, says, runs = 0 }: ZstandardFrame = {},
): Buffer {
	const described = (dictionary === 0 ? 0 : 3) | (says === undefined ? 0 : 0x80);
	const most = 131_072;
	const pieces = Array.from({ length: Math.ceil(bytes.length / most) }, (_, at) =>
		bytes.subarray(at * most, (at + 1) * most),
	);
	const head = (size: number, kind: number, isLast: boolean) =>
		u32((size << 3) | (kind << 1) | (isLast ? 1 : 0)).subarray(0, 3);
	const blocks = [
		...Array.from({ length: runs }, (_, at) =>
			Buffer.concat([head(most, 1, pieces.length === 0 && at === runs - 1), u8(0)]),
		),
		...pieces.map((piece, at) => Buffer.concat([head(piece.length, 0, at === pieces.length - 1), piece])),
	];
	return Buffer.concat([
		...[u32(0xfd2fb528), u8(described, (windowLog - 10) << 3), ...(dictionary === 0 ? [] : [u32(dictionary)])],
		...[...(says === undefined ? [] : [u32(says)]), ...(blocks.length === 0 ? [u8(1, 0, 0)] : blocks)],
	]);
}

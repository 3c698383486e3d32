// Archives (ZIP, 7z, RAR, tar, CAB and what compresses them) read with libarchive compiled to WebAssembly: it has no files and no network,
// and its memory is its own. What a header says of sizes is not believed: bytes are counted as they come.
import { crc32 } from "node:zlib";
import { type LibarchiveWasm, libarchiveWasm } from "libarchive-wasm";
import { containerTypeOf, zstandardType } from "../../core/items/container-type.ts";
import { endOfZip, zipEnd, zipEndWithin } from "../../core/items/picture/files-behind.ts";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { estimateArchiveMs } from "./estimate-unpacking.ts";
import { openZstandard, type UnpackZstandard } from "./unpack-zstandard.ts";
import type { ReadContainer, Unpacked, UnpackLimits, UnpackRequest } from "./unpacked.ts";
import { packedOf, type ZipEntry, zipEntries } from "./zip-entries.ts";

const zipType = "application/zip";
/** APPNOTE 6.3.8, 4.4.5. */
const zstandardMethod = 93;
const chunkBytes = 262_144;
/** `S_IFREG`; not every program writes which kind of file it was, and then it is one. Others have no bytes of their own, or say that they have. */
const regularFiles = [0o100_000, 0];
/** What a link leads to is written in its place; no system has a longer path. */
const longestPath = 4_096;

export const readArchive: ReadContainer = async (file, request, take) => {
	const { bytes, type, padding } = ownOf(file);
	if (type === zstandardType) return readZstandard(bytes, request, take);
	const listed = type === zipType ? zipEntries(bytes) : [];
	if (estimateArchiveMs(bytes, listed, request) > request.mostCostMs) return "slow";
	// Each time anew: what one archive left of its memory is of no use to the next.
	const library = await libarchiveWasm();
	const { module } = library;
	const at: number = module._malloc(bytes.length + padding);
	const buffer: number = module._malloc(chunkBytes);
	if (at === 0 || buffer === 0) return "too-many-bytes";
	module.HEAP8.set(bytes, at);
	module.HEAP8.fill(0, at + bytes.length, at + bytes.length + padding);
	try {
		const archive = library.read_new_memory(at, bytes.length + padding);
		const unpackZstandard = listed.some(({ method }) => method === zstandardMethod) ? await openZstandard() : null;
		return readEntries({ ...{ library, archive, buffer, bytes, listed }, unpackZstandard }, request, take);
	} catch (error) {
		return faultOf(error);
	}
};

/**
 * The library takes whatever ends as a ZIP for one, as every RAR does that ends with one that it holds. What follows a ZIP's own end is
 * another file.
 */
function ownOf(bytes: Uint8Array) {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const type = containerTypeOf(bytes)?.mediaType;
	if (type === zipType) return { type, bytes: bytes.subarray(0, endOfZip(file, 0)), padding: 0 };
	const isMistaken = type === "application/x-rar-compressed" && file.lastIndexOf(zipEnd) >= file.length - zipEndWithin;
	return { type, bytes, padding: isMistaken ? zipEndWithin : 0 };
}

interface Opened {
	readonly library: LibarchiveWasm;
	readonly archive: number;
	readonly buffer: number;
	readonly bytes: Uint8Array;
	readonly listed: readonly ZipEntry[];
	/** Null where nothing in it is packed so. */
	readonly unpackZstandard: UnpackZstandard | null;
}

/** A tar archive is read as one; anything else is the one file. */
async function readZstandard(
	file: Uint8Array,
	request: UnpackRequest,
	take: (member: Unpacked) => boolean,
): Promise<UnavailableReason | "slow" | null> {
	if (estimateArchiveMs(file, [], request) > request.mostCostMs) return "slow";
	const unpack = await openZstandard();
	const { memberBytes, deadline, from } = request;
	const { bytes, missing } = unpack(file, { bytes: Math.min(memberBytes, request.bytes), deadline });
	if (containerTypeOf(bytes)?.mediaType === "application/x-tar") {
		const ofTar = await readArchive(bytes, request, take);
		return ofTar === "slow" ? ofTar : (missing ?? ofTar);
	}
	if (from === 0 && bytes.length > 0) take({ name: "file 1", bytes });
	return missing;
}

function readEntries(
	opened: Opened,
	limits: UnpackRequest,
	take: (member: Unpacked) => boolean,
): UnavailableReason | null {
	const { library, archive, listed } = opened;
	let left = limits.bytes;
	let files = 0;
	for (let count = 0; ; count += 1) {
		const entry = library.read_next_entry(archive);
		if (entry === 0) return endOf(library, archive);
		if (count >= limits.members || performance.now() > limits.deadline) return "members-not-read";
		const isFile = regularFiles.includes(library.entry_filetype(entry));
		if (!isFile && (listed[count]?.saysBytes ?? 0) <= longestPath) continue;
		files += 1;
		if (files <= limits.from) continue;
		const name = listed[count]?.name || library.entry_pathname(entry) || `file ${count + 1}`;
		const read =
			library.entry_is_encrypted(entry) === 0
				? readData(opened, { ...limits, bytes: left }, listed[count])
				: { fault: "encrypted" as const };
		if (read.fault === "members-not-read") return read.fault;
		if ("bytes" in read) left -= read.bytes.length;
		const isLost = !isFile && "bytes" in read && read.bytes.length === 0;
		if (!take({ name, ...(isLost ? { fault: "undecodable" as const } : read) })) return null;
	}
}

type Read = { readonly bytes: Uint8Array; readonly fault?: undefined } | { readonly fault: UnavailableReason };

/** The library has no Zstandard. */
function readByZstandard(packed: Uint8Array, sum: number, limits: UnpackLimits, unpack: UnpackZstandard): Read {
	const { memberBytes, bytes: left, deadline } = limits;
	const { bytes, missing } = unpack(packed, { bytes: Math.min(memberBytes, left), deadline });
	if (missing === "members-not-read" && memberBytes <= left) return { fault: "too-many-bytes" };
	if (missing !== null) return { fault: missing };
	return crc32(bytes) === sum ? { bytes: new Uint8Array(bytes) } : { fault: "undecodable" };
}

function readData(
	{ library, archive, buffer, bytes, unpackZstandard }: Opened,
	limits: UnpackLimits,
	entry?: ZipEntry,
): Read {
	const { memberBytes, bytes: left, deadline } = limits;
	const packed = entry?.method === zstandardMethod ? packedOf(bytes, entry) : null;
	if (entry !== undefined && packed !== null && unpackZstandard !== null)
		return readByZstandard(packed, entry.sum, limits, unpackZstandard);
	const chunks: Uint8Array[] = [];
	let total = 0;
	try {
		for (;;) {
			const size = library.read_data(archive, buffer, chunkBytes);
			if (size === 0) return { bytes: new Uint8Array(Buffer.concat(chunks)) };
			total += size;
			if (total > left || performance.now() > deadline) return { fault: "members-not-read" };
			if (total > memberBytes) return { fault: "too-many-bytes" };
			chunks.push(Uint8Array.from(library.module.HEAPU8.subarray(buffer, buffer + size)));
		}
	} catch (error) {
		return { fault: faultOf(error) };
	}
}

/** After the last entry, or in place of it where the archive is broken, which the library does not always say. */
function endOf(library: LibarchiveWasm, archive: number): UnavailableReason | null {
	const said = library.error_string(archive) ?? "";
	if (said !== "") return faultOf(new Error(said));
	// Asked past the end, it says so; past what it could not read, it says nothing.
	library.read_next_entry(archive);
	if ((library.error_string(archive) ?? "").includes("'eof'")) return null;
	return library.read_has_encrypted_entries(archive) === 1 ? "encrypted" : "undecodable";
}

/** By the library's own words: it has no codes for these. */
function faultOf(error: unknown): UnavailableReason {
	const said = error instanceof Error ? error.message : "";
	if (/encrypted|passphrase/i.test(said)) return "encrypted";
	return /truncated/i.test(said) ? "truncated" : "undecodable";
}

// Archives (ZIP, 7z, RAR, tar, CAB and what compresses them) read with libarchive compiled to WebAssembly: it has no files and no network,
// and its memory is its own. What a header says of sizes is not believed: bytes are counted as they come.
import { type LibarchiveWasm, libarchiveWasm } from "libarchive-wasm";
import type { UnavailableReason } from "../../core/signals/unavailable/reasons.ts";
import { estimateArchiveMs } from "./estimate-unpacking.ts";
import type { ReadContainer, Unpacked, UnpackLimits, UnpackRequest } from "./unpacked.ts";
import { type ZipEntry, zipEntries } from "./zip-entries.ts";

const chunkBytes = 262_144;
/** `S_IFREG`: links and devices have no bytes of their own. */
const regularFile = 0o100_000;

export const readArchive: ReadContainer = async (bytes, request, take) => {
	const listed = zipEntries(bytes);
	if (estimateArchiveMs(bytes, listed, request) > request.mostCostMs) return "slow";
	// Each time anew: what one archive left of its memory is of no use to the next.
	const library = await libarchiveWasm();
	const { module } = library;
	const at: number = module._malloc(bytes.length);
	const buffer: number = module._malloc(chunkBytes);
	if (at === 0 || buffer === 0) return "too-many-bytes";
	module.HEAP8.set(bytes, at);
	try {
		const archive = library.read_new_memory(at, bytes.length);
		return readEntries({ library, archive, buffer, listed }, request, take);
	} catch (error) {
		return faultOf(error);
	}
};

interface Opened {
	readonly library: LibarchiveWasm;
	readonly archive: number;
	readonly buffer: number;
	readonly listed: readonly ZipEntry[];
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
		if (library.entry_filetype(entry) !== regularFile) continue;
		files += 1;
		if (files <= limits.from) continue;
		const name = listed[count]?.name || library.entry_pathname(entry) || `file ${count + 1}`;
		const read =
			library.entry_is_encrypted(entry) === 0
				? readData(opened, { ...limits, bytes: left })
				: { fault: "encrypted" as const };
		if (read.fault === "members-not-read") return read.fault;
		if ("bytes" in read) left -= read.bytes.length;
		if (!take({ name, ...read })) return null;
	}
}

function readData(
	{ library, archive, buffer }: Opened,
	{ memberBytes, bytes: left, deadline }: UnpackLimits,
): { readonly bytes: Uint8Array; readonly fault?: undefined } | { readonly fault: UnavailableReason } {
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

/** After the last entry, or in place of it where the archive is broken. */
function endOf(library: LibarchiveWasm, archive: number): UnavailableReason | null {
	const said = library.error_string(archive) ?? "";
	return said === "" ? null : faultOf(new Error(said));
}

/** By the library's own words: it has no codes for these. */
function faultOf(error: unknown): UnavailableReason {
	const said = error instanceof Error ? error.message : "";
	if (/encrypted|passphrase/i.test(said)) return "encrypted";
	return /truncated/i.test(said) ? "truncated" : "undecodable";
}

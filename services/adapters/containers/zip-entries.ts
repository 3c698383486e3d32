// The names of a ZIP's files (APPNOTE 6.3, 4.3.12) and what it says of their sizes, in the order in which they lie in it: the reader of
// archives loses names that are not ASCII.

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const longestComment = 65_535;
/** Bit 11 of the flags: the name is UTF-8. Others are read as UTF-8 as well, where they are. */
const unnamed = "\ufffd";

export interface ZipEntry {
	readonly name: string;
	/** Unpacked, as the directory has it, which may lie. */
	readonly saysBytes: number;
}

/** Empty where there is no directory to be read. */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const endAt = findEnd(view);
	if (endAt === null) return [];
	const count = view.getUint16(endAt + 10, true);
	const entries: (ZipEntry & { readonly at: number })[] = [];
	let at = view.getUint32(endAt + 16, true);
	for (let entry = 0; entry < count; entry += 1) {
		if (at + 46 > bytes.length || view.getUint32(at, true) !== entrySignature) return [];
		const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
		const from = at + 46;
		entries.push({
			name: Buffer.from(bytes.subarray(from, from + (name ?? 0)))
				.toString("utf8")
				.replaceAll(unnamed, "?"),
			saysBytes: view.getUint32(at + 24, true),
			at: view.getUint32(at + 42, true),
		});
		at = from + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
	}
	return entries.toSorted((a, b) => a.at - b.at);
}

function findEnd(view: DataView): number | null {
	const least = Math.max(0, view.byteLength - 22 - longestComment);
	for (let at = view.byteLength - 22; at >= least; at -= 1) if (view.getUint32(at, true) === endSignature) return at;
	return null;
}

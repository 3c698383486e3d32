// The names of a ZIP's files (APPNOTE 6.3, 4.3.12) and what it says of their sizes, in the order in which they lie in it: the reader of
// archives loses names that are not ASCII.

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const longestComment = 65_535;
/** Bit 11 of the flags: the name is UTF-8. Others are read as UTF-8 as well, where they are. */
const unnamed = "\ufffd";

export interface ZipEntry {
	readonly name: string;
	/** Unpacked, as the directory has it, which may lie. */
	readonly saysBytes: number;
	/** How it is packed (APPNOTE 4.4.5), into how much, and the sum of what it was. */
	readonly method: number;
	readonly packedBytes: number;
	readonly sum: number;
	/** Where it lies, behind a head of its own. */
	readonly at: number;
}

/** What is packed of it; null where that is not there. */
export function packedOf(bytes: Uint8Array, { at, packedBytes }: ZipEntry): Uint8Array | null {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (at + 30 > bytes.length || view.getUint32(at, true) !== localSignature) return null;
	const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
	return from + packedBytes > bytes.length ? null : bytes.subarray(from, from + packedBytes);
}

/** Empty where there is no directory to be read. */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const endAt = findEnd(view);
	if (endAt === null) return [];
	const count = view.getUint16(endAt + 10, true);
	const entries: ZipEntry[] = [];
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
			...{ method: view.getUint16(at + 10, true), sum: view.getUint32(at + 16, true) },
			packedBytes: view.getUint32(at + 20, true),
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

// A file that is looked at piece by piece, in memory or not.

export interface Part {
	readonly from: number;
	readonly to: number;
}

export interface Source {
	readonly length: number;
	/** What lies there; who asks stays within the length. */
	read(from: number, to: number): Buffer;
}

export function sourceOf(bytes: Uint8Array): Source {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return { length: file.length, read: (from, to) => file.subarray(from, to) };
}

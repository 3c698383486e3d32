/** Lower-case hex, most significant byte first. */
export function toHex(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** Throws unless the text is exactly `bytes` bytes of hex. */
export function fromHex(text: string, bytes: number): Uint8Array {
	if (text.length !== bytes * 2 || !/^[0-9a-f]*$/i.test(text)) throw new Error(`expected ${bytes * 2} hex digits`);
	return Uint8Array.from(Buffer.from(text, "hex"));
}

// The state of a watch as bytes: columns of numbers, each by its name, after a line that says which. Bytes of another layout are not read: the
// watch then begins anew, and says so.

type Column = Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array;
export type Columns = Readonly<Record<string, Column>>;

export function writeColumns(columns: Columns): Uint8Array {
	const head = new TextEncoder().encode(headOf(columns));
	const size = Object.values(columns).reduce((sum, { byteLength }) => sum + byteLength, 4 + head.length);
	const bytes = new Uint8Array(size);
	new DataView(bytes.buffer).setUint32(0, head.length);
	bytes.set(head, 4);
	let at = 4 + head.length;
	for (const column of Object.values(columns)) {
		bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
		at += column.byteLength;
	}
	return bytes;
}

/** False where the bytes are of other columns; then nothing is changed. */
export function readColumns(bytes: Uint8Array, into: Columns): boolean {
	const head = headOf(into);
	const length = new TextEncoder().encode(head).length;
	const size = Object.values(into).reduce((sum, { byteLength }) => sum + byteLength, 4 + length);
	if (bytes.length !== size || new TextDecoder().decode(bytes.subarray(4, 4 + length)) !== head) return false;
	let at = 4 + length;
	for (const column of Object.values(into)) {
		new Uint8Array(column.buffer, column.byteOffset, column.byteLength).set(bytes.subarray(at, at + column.byteLength));
		at += column.byteLength;
	}
	return true;
}

/** With the order of bytes within a number: a file of another kind of machine is another layout. */
function headOf(columns: Columns): string {
	const [order] = new Uint8Array(new Uint16Array([1]).buffer);
	return JSON.stringify([
		2,
		order,
		Object.entries(columns).map(([name, column]) => [name, column.constructor.name, column.length]),
	]);
}

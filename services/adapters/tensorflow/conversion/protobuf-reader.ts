/** One field of a message in protobuf's wire format (protobuf.dev/programming-guides/encoding). */
export type ProtobufField =
	| { readonly field: number; readonly kind: "int"; readonly value: number }
	| { readonly field: number; readonly kind: "float"; readonly value: number }
	| { readonly field: number; readonly kind: "bytes"; readonly value: Uint8Array };

/** The fields of one message, in the order in which they lie. Throws where the bytes end within a field. */
export function* readProtobuf(bytes: Uint8Array): Generator<ProtobufField> {
	const cursor = { at: 0 };
	while (cursor.at < bytes.length) {
		const tag = readVarint(bytes, cursor);
		const field = Math.floor(tag / 8);
		switch (tag % 8) {
			case 0:
				yield { field, kind: "int", value: readVarint(bytes, cursor) };
				break;
			case 2: {
				const value = take(bytes, cursor, readVarint(bytes, cursor));
				yield { field, kind: "bytes", value };
				break;
			}
			case 5: {
				const value = take(bytes, cursor, 4);
				yield { field, kind: "float", value: new DataView(value.buffer, value.byteOffset).getFloat32(0, true) };
				break;
			}
			default:
				throw new Error(`fields of wire type ${tag % 8} are not read`);
		}
	}
}

/** Packed numbers, as the content of a `bytes` field. */
export function readPackedInts(bytes: Uint8Array): readonly number[] {
	const cursor = { at: 0 };
	const values: number[] = [];
	while (cursor.at < bytes.length) values.push(readVarint(bytes, cursor));
	return values;
}

interface Cursor {
	at: number;
}

/** As a signed 64-bit number; exact up to 2^53. */
function readVarint(bytes: Uint8Array, cursor: Cursor): number {
	let value = 0n;
	for (let shift = 0n; shift < 70n; shift += 7n) {
		const byte = bytes[cursor.at++];
		if (byte === undefined) throw new Error("the bytes end within a number");
		value |= BigInt(byte & 127) << shift;
		if (byte < 128) return Number(BigInt.asIntN(64, value));
	}
	throw new Error("a number is longer than 64 bits");
}

function take(bytes: Uint8Array, cursor: Cursor, length: number): Uint8Array {
	const end = cursor.at + length;
	if (length < 0 || end > bytes.length) throw new Error("the bytes end within a field");
	const value = bytes.subarray(cursor.at, end);
	cursor.at = end;
	return value;
}

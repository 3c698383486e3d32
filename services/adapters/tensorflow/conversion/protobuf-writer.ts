/**
 * Writes one message in protobuf's wire format (protobuf.dev/programming-guides/encoding). Fields are written in the order of
 * the calls, defaults too, so that equal calls give equal bytes.
 */
export class ProtobufWriter {
	readonly #chunks: Uint8Array[] = [];
	#length = 0;

	/** int32, int64, enum and bool fields; negative numbers take ten bytes. */
	int(field: number, value: number): this {
		this.#tag(field, 0);
		return this.#varint(BigInt.asUintN(64, BigInt(value)));
	}

	float(field: number, value: number): this {
		this.#tag(field, 5);
		const bytes = new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#push(bytes);
	}

	text(field: number, value: string): this {
		return this.bytes(field, Buffer.from(value, "utf8"));
	}

	bytes(field: number, value: Uint8Array): this {
		this.#tag(field, 2);
		this.#varint(BigInt(value.length));
		return this.#push(value);
	}

	ints(field: number, values: readonly number[]): this {
		const packed = new ProtobufWriter();
		for (const value of values) packed.#varint(BigInt.asUintN(64, BigInt(value)));
		return this.message(field, packed);
	}

	message(field: number, value: ProtobufWriter): this {
		this.#tag(field, 2);
		this.#varint(BigInt(value.#length));
		for (const chunk of value.#chunks) this.#push(chunk);
		return this;
	}

	/** One entry of a map whose keys are text and whose values are messages. */
	entry(field: number, key: string, value: ProtobufWriter): this {
		return this.message(field, new ProtobufWriter().text(1, key).message(2, value));
	}

	finish(): Uint8Array {
		return Buffer.concat(this.#chunks, this.#length);
	}

	#tag(field: number, wireType: 0 | 2 | 5): void {
		this.#varint(BigInt(field * 8 + wireType));
	}

	#varint(value: bigint): this {
		const bytes: number[] = [];
		let rest = value;
		for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
		bytes.push(Number(rest));
		return this.#push(Uint8Array.from(bytes));
	}

	#push(bytes: Uint8Array): this {
		this.#chunks.push(bytes);
		this.#length += bytes.length;
		return this;
	}
}

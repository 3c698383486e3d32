import { createHash } from "node:crypto";
import { BreakwaterError } from "../../core/errors.ts";

export interface MeasuredBytes extends AsyncIterable<Uint8Array> {
	/** Measures what has passed so far. Call once, at the end. */
	measure(): { readonly sizeBytes: number; readonly sha256: Uint8Array };
}

/** Passes bytes on while it counts and hashes them. Iterating rejects with `content-too-large` once there are more than `maxBytes`. */
export function measuredBytes(bytes: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number): MeasuredBytes {
	const hash = createHash("sha256");
	let sizeBytes = 0;
	return {
		async *[Symbol.asyncIterator]() {
			for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
				sizeBytes += chunk.length;
				if (sizeBytes > maxBytes)
					throw new BreakwaterError("content-too-large", { detail: `more than ${maxBytes} bytes` });
				hash.update(chunk);
				yield chunk;
			}
		},
		measure: () => ({ sizeBytes, sha256: hash.digest() }),
	};
}

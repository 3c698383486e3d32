// 64 bits of a key, as two numbers of 32: what the sketches know subjects and voices by.
import { mix32 } from "../hashes/mix32.ts";

export interface KeyHash {
	readonly high: number;
	readonly low: number;
}

/** Two FNV-1a sums with different starts, each mixed: no secret, and the same in every process, so that a restored sketch goes on as it was. */
export function hashKey(text: string): KeyHash {
	let high = 0x811c9dc5;
	let low = 0x01000193;
	for (let index = 0; index < text.length; index += 1) {
		const unit = text.charCodeAt(index);
		high = Math.imul(high ^ unit, 0x01000193);
		low = Math.imul(low ^ unit, 0x85ebca6b);
	}
	return { high: mix32(high), low: mix32(low ^ 0x9e3779b9) };
}

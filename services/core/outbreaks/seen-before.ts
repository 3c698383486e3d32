// Whether a key was seen lately: two Bloom filters in turn (B. Bloom, 1970), so that what is old is forgotten and memory stays the same.
import type { KeyHash } from "./hash-key.ts";

export interface SeenBefore {
	/** Notes the key; answers whether it was there. Some keys are taken for seen that were not, none the other way round. */
	note(key: KeyHash, atSeconds: number): boolean;
	readonly columns: SeenColumns;
}

export interface SeenColumns {
	readonly current: Uint32Array;
	readonly previous: Uint32Array;
	/** When the current turn began; 0 before the first key. */
	readonly began: Uint32Array;
}

export function createSeenBefore(bitsLog2: number, turnSeconds: number): SeenBefore {
	const words = 2 ** (bitsLog2 - 5);
	const columns = { current: new Uint32Array(words), previous: new Uint32Array(words), began: new Uint32Array(1) };
	const mask = 2 ** bitsLog2 - 1;
	const { current, previous, began } = columns;
	const turn = (atSeconds: number) => {
		if (began[0] === 0) began[0] = atSeconds;
		const age = atSeconds - (began[0] ?? 0);
		if (age < turnSeconds) return;
		if (age < 2 * turnSeconds) previous.set(current);
		else previous.fill(0);
		current.fill(0);
		began[0] = atSeconds;
	};
	return {
		columns,
		note({ high, low }, atSeconds) {
			turn(atSeconds);
			let inCurrent = true;
			let inPrevious = true;
			for (let probe = 0; probe < 3; probe += 1) {
				const bit = (high + Math.imul(probe, low | 1)) & mask;
				const word = bit >>> 5;
				const flag = 1 << (bit & 31);
				inCurrent &&= ((current[word] ?? 0) & flag) !== 0;
				inPrevious &&= ((previous[word] ?? 0) & flag) !== 0;
				current[word] = (current[word] ?? 0) | flag;
			}
			return inCurrent || inPrevious;
		},
	};
}

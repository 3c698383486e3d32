// HyperLogLog (Flajolet et al., 2007) whose registers keep, for every rank, when it was last reached, so that one sketch answers for every window
// that ends now (sliding HyperLogLog keeps less and answers the same: Chabchoub and Hébrail, 2010). There are so many sketches and no more.
import { windowCount, windowSeconds } from "./windows.ts";

const registers = 64;
const ranks = 16;
const cells = registers * ranks;
/** The constant of 64 registers (Flajolet et al., figure 3). */
const alpha = 0.709;
const free = -1;

export interface SlidingSketches {
	/** Empty; -1 where none is free. */
	take(owner: number): number;
	release(sketch: number): void;
	/** 32 well mixed bits. */
	add(sketch: number, hash: number, atSeconds: number): void;
	/** Into `counts`, by window. Standard error 13 %. */
	count(sketch: number, atSeconds: number, counts: Float64Array): void;
	readonly columns: { readonly ownerOf: Int32Array; readonly reached: Uint32Array };
}

export function createSlidingSketches(sketches: number): SlidingSketches {
	const columns = { ownerOf: new Int32Array(sketches).fill(free), reached: new Uint32Array(sketches * cells) };
	const { ownerOf, reached } = columns;
	return {
		columns,
		take(owner) {
			const sketch = ownerOf.indexOf(free);
			if (sketch === free) return free;
			ownerOf[sketch] = owner;
			reached.fill(0, sketch * cells, (sketch + 1) * cells);
			return sketch;
		},
		release(sketch) {
			ownerOf[sketch] = free;
		},
		add(sketch, hash, atSeconds) {
			const rank = Math.min(ranks, Math.clz32(hash << 6) + 1);
			const cell = sketch * cells + (hash >>> 26) * ranks + rank - 1;
			reached[cell] = Math.max(reached[cell] ?? 0, atSeconds);
		},
		count(sketch, atSeconds, counts) {
			for (let window = 0; window < windowCount; window += 1)
				counts[window] = estimate(reached, sketch * cells, atSeconds - (windowSeconds[window] ?? 0));
		},
	};
}

function estimate(reached: Uint32Array, from: number, sinceSeconds: number): number {
	let sum = 0;
	let empty = 0;
	for (let register = 0; register < registers; register += 1) {
		let rank = ranks;
		while (rank > 0 && (reached[from + register * ranks + rank - 1] ?? 0) <= sinceSeconds) rank -= 1;
		if (rank === 0) empty += 1;
		sum += 2 ** -rank;
	}
	const raw = (alpha * registers * registers) / sum;
	// Few are counted by the registers that none has reached.
	return raw <= 2.5 * registers && empty > 0 ? registers * Math.log(registers / empty) : raw;
}

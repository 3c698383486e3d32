// Scores a text by its words with a linear model: counts weighted by how rare each word is, brought to length one, one dense
// layer with a sigmoid, the mean of its outputs. It says how much a text resembles those it was trained on, not what is done.
import { hashWordHigh, hashWordLow } from "./hash-word.ts";

export interface LinearTextWeights {
	/** Two 32-bit halves for each word (hash-word.ts). */
	readonly hashes: Uint32Array;
	/** Inverse document frequency by word. */
	readonly rarity: Float32Array;
	/** words × outputs. */
	readonly kernel: Float32Array;
	/** One for each output. */
	readonly bias: Float32Array;
}

export interface TextProbability {
	readonly probability: number;
	/** Words of the text that the model knows; without any it says nothing about the text. */
	readonly knownWords: number;
}

/** Two or more letters, digits or underscores, as scikit-learn's default pattern has it. */
const words = /[\p{L}\p{N}_]{2,}/gu;

/** Throws where the parts do not belong together. A text's few words are summed up directly: the dense layer's input is nearly all zeros. */
export function createLinearTextModel(weights: LinearTextWeights): (text: string) => TextProbability {
	const { rarity, kernel, bias } = weights;
	const outputs = bias.length;
	if (outputs === 0 || kernel.length !== rarity.length * outputs || weights.hashes.length !== rarity.length * 2)
		throw new Error("the parts of the text model do not belong together");
	const indexOf = createLookup(weights.hashes);
	const sums = new Float64Array(outputs);
	return (text) => {
		const counts = new Map<number, number>();
		for (const word of text.toLowerCase().match(words) ?? []) {
			const index = indexOf(word);
			if (index !== -1) counts.set(index, (counts.get(index) ?? 0) + 1);
		}
		let squares = 0;
		sums.fill(0);
		for (const [index, count] of counts) {
			const weight = count * (rarity[index] ?? 0);
			squares += weight * weight;
			for (let at = 0; at < outputs; at++) sums[at] = (sums[at] ?? 0) + weight * (kernel[index * outputs + at] ?? 0);
		}
		const length = squares === 0 ? 1 : Math.sqrt(squares);
		let total = 0;
		for (let at = 0; at < outputs; at++) total += 1 / (1 + Math.exp(-((sums[at] ?? 0) / length + (bias[at] ?? 0))));
		return { probability: total / outputs, knownWords: counts.size };
	};
}

/** The vocabulary as input of the dense layer, for whoever runs that as a whole. */
export function textVector(text: string, { hashes, rarity }: LinearTextWeights): Float32Array {
	const indexOf = createLookup(hashes);
	const vector = new Float32Array(rarity.length);
	for (const word of text.toLowerCase().match(words) ?? []) {
		const index = indexOf(word);
		if (index !== -1) vector[index] = (vector[index] ?? 0) + (rarity[index] ?? 0);
	}
	const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
	return length === 0 ? vector : vector.map((value) => value / length);
}

/** A word's index, or −1. Open addressing, at most half full. */
function createLookup(hashes: Uint32Array): (word: string) => number {
	const count = hashes.length / 2;
	let size = 1;
	while (size < count * 2) size *= 2;
	const slots = new Int32Array(size).fill(-1);
	for (let index = 0; index < count; index++) {
		let slot = (hashes[index * 2] ?? 0) & (size - 1);
		while (slots[slot] !== -1) slot = (slot + 1) & (size - 1);
		slots[slot] = index;
	}
	return (word) => {
		const low = hashWordLow(word);
		const high = hashWordHigh(word);
		let slot = low & (size - 1);
		for (;;) {
			const index = slots[slot] ?? -1;
			if (index === -1 || (hashes[index * 2] === low && hashes[index * 2 + 1] === high)) return index;
			slot = (slot + 1) & (size - 1);
		}
	};
}

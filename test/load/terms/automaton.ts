// The peer: Aho and Corasick's automaton (1975), written plainly, with its edges in one table of open addresses.

export interface Automaton {
	/** How often terms end in the text, whole words or not. */
	count(text: string): number;
}

export function createAutomaton(terms: readonly string[]): Automaton {
	const size = 2 ** Math.ceil(Math.log2(2 * terms.reduce((sum, { length }) => sum + length, 16)));
	const keys = new Float64Array(size).fill(-1);
	const targets = new Int32Array(size);
	const slotOf = (state: number, code: number): number => {
		const key = state * 0x10000 + code;
		let slot = (Math.imul(state, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b)) & (size - 1);
		while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & (size - 1);
		return slot;
	};
	const step = (state: number, code: number): number => {
		const slot = slotOf(state, code);
		return keys[slot] === -1 ? -1 : (targets[slot] ?? -1);
	};
	const edges: (readonly [from: number, code: number, to: number])[] = [];
	const ends = [0];
	for (const term of terms) {
		let state = 0;
		for (let at = 0; at < term.length; at += 1) {
			const code = term.charCodeAt(at);
			let next = step(state, code);
			if (next < 0) {
				next = ends.push(0) - 1;
				const slot = slotOf(state, code);
				keys[slot] = state * 0x10000 + code;
				targets[slot] = next;
				edges.push([state, code, next]);
			}
			state = next;
		}
		ends[state] = 1;
	}
	const fail = failures(edges, ends, step);
	return {
		count(text) {
			let [state, found] = [0, 0];
			for (let at = 0; at < text.length; at += 1) {
				const code = text.charCodeAt(at);
				let next = step(state, code);
				while (next < 0 && state !== 0) {
					state = fail[state] ?? 0;
					next = step(state, code);
				}
				state = Math.max(0, next);
				found += ends[state] ?? 0;
			}
			return found;
		},
	};
}

/** By state, where to go on when no edge fits; states nearer to the root first. Ends are added up along the way. */
function failures(
	edges: readonly (readonly [from: number, code: number, to: number])[],
	ends: number[],
	step: (state: number, code: number) => number,
): Int32Array {
	const children = new Map<number, (readonly [code: number, to: number])[]>();
	for (const [from, code, to] of edges) children.set(from, [...(children.get(from) ?? []), [code, to]]);
	const fail = new Int32Array(ends.length);
	const queue = [0];
	for (let at = 0; at < queue.length; at += 1) {
		const state = queue[at] ?? 0;
		for (const [code, to] of children.get(state) ?? []) {
			queue.push(to);
			let other = state === 0 ? -1 : (fail[state] ?? 0);
			while (other > 0 && step(other, code) < 0) other = fail[other] ?? 0;
			fail[to] = other < 0 ? 0 : Math.max(0, step(other, code));
			ends[to] = (ends[to] ?? 0) + (ends[fail[to] ?? 0] ?? 0);
		}
	}
	return fail;
}

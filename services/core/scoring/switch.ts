// A scorer whose model can be exchanged while pictures come in: those under way are answered by the model that has them.
import type { Scorer } from "../ports/scorer.ts";

export interface Switch extends Scorer {
	/** From the next picture on. The old scorer is closed once it has answered what it has. */
	exchange(next: Scorer): void;
}

export function createSwitch(first: Scorer): Switch {
	let current = lease(first);
	const leaving = new Set<Promise<void>>();
	return {
		get info() {
			return current.scorer.info;
		},
		async score(requests) {
			const { scorer, leave } = current.enter();
			try {
				return await scorer.score(requests);
			} finally {
				leave();
			}
		},
		exchange(next) {
			const closed = current.close();
			leaving.add(closed);
			void closed.finally(() => leaving.delete(closed));
			current = lease(next);
		},
		async [Symbol.asyncDispose]() {
			await Promise.all([...leaving, current.scorer[Symbol.asyncDispose]()]);
		},
	};
}

/** Counts who is inside, and closes the scorer when the last one has left. */
function lease(scorer: Scorer) {
	let inside = 0;
	let onEmpty: (() => void) | null = null;
	return {
		scorer,
		enter() {
			inside += 1;
			const leave = () => {
				inside -= 1;
				if (inside === 0) onEmpty?.();
			};
			return { scorer, leave };
		},
		async close(): Promise<void> {
			if (inside > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
			await scorer[Symbol.asyncDispose]();
		},
	};
}

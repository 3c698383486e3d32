// What is remembered of files that cost a decoder much, by their SHA-256: copies go to the slow lane at once, and what timed out, or broke
// the decoder, is not tried again for an hour. In this process, of the latest few hundred; a verdict rests on no more than what it says.

export type Recalled<E> =
	| { readonly kind: "unknown" }
	| { readonly kind: "slow" }
	/** The hour is over: whoever is told this tries it once, and nobody else. */
	| { readonly kind: "try-again" }
	| { readonly kind: "failed"; readonly examination: E };

export interface DecodeMemory<E> {
	recall(key: string): Recalled<E>;
	isKnown(key: string): boolean;
	/** Without the right to a try. */
	failureOf(key: string): E | null;
	wasSlow(key: string): void;
	/** `examination`: what copies are answered. It holds little: five hundred of them are kept. */
	failed(key: string, examination: E): void;
	readonly size: number;
}

const mostFiles = 500;
const tryAgainAfterMs = 60 * 60_000;

interface Remembered<E> {
	readonly failure: { readonly examination: E; readonly atMs: number } | null;
}

export function createDecodeMemory<E>(now: () => number = () => performance.now()): DecodeMemory<E> {
	const files = new Map<string, Remembered<E>>();
	const keep = (key: string, remembered: Remembered<E>) => {
		files.delete(key);
		files.set(key, remembered);
		const [oldest] = files.keys();
		if (files.size > mostFiles && oldest !== undefined) files.delete(oldest);
	};
	return {
		recall(key) {
			const remembered = files.get(key);
			if (remembered === undefined) return { kind: "unknown" };
			const { failure } = remembered;
			keep(key, remembered);
			if (failure === null) return { kind: "slow" };
			if (now() - failure.atMs < tryAgainAfterMs) return { kind: "failed", examination: failure.examination };
			keep(key, { failure: { ...failure, atMs: now() } });
			return { kind: "try-again" };
		},
		isKnown: (key) => files.has(key),
		failureOf: (key) => files.get(key)?.failure?.examination ?? null,
		wasSlow: (key) => keep(key, files.get(key) ?? { failure: null }),
		failed: (key, examination) => keep(key, { failure: { examination, atMs: now() } }),
		get size() {
			return files.size;
		},
	};
}

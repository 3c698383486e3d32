// What is remembered of files that cost a decoder much, by their SHA-256: copies go to the slow lane at once, and what timed out, or broke
// the decoder, is not tried again for an hour. In this process, of the latest few hundred; a verdict rests on no more than what it says.
import type { ImageExamination } from "../../core/ports/image-examiner.ts";

type Unavailable = Extract<ImageExamination, { readonly kind: "unavailable" }>;

type Recalled =
	| { readonly kind: "unknown" }
	| { readonly kind: "slow" }
	/** The hour is over: whoever is told this tries it once, and nobody else. */
	| { readonly kind: "try-again" }
	| { readonly kind: "failed"; readonly examination: Unavailable };

export interface DecodeMemory {
	recall(key: string): Recalled;
	isKnown(key: string): boolean;
	/** Without the right to a try. */
	failureOf(key: string): Unavailable | null;
	wasSlow(key: string): void;
	failed(key: string, examination: Unavailable): void;
	readonly size: number;
}

const mostFiles = 500;
/** A failure keeps what could be read. Of more frames than this it keeps none: they are read anew. */
const mostFrames = 16;
const tryAgainAfterMs = 60 * 60_000;

interface Remembered {
	readonly failure: { readonly examination: Unavailable; readonly atMs: number } | null;
}

export function createDecodeMemory(now: () => number = () => performance.now()): DecodeMemory {
	const files = new Map<string, Remembered>();
	const keep = (key: string, remembered: Remembered) => {
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
		failed(key, examination) {
			if (examination.frames.length <= mostFrames) keep(key, { failure: { examination, atMs: now() } });
		},
		get size() {
			return files.size;
		},
	};
}

const lookEveryMs = 1_000;
/** Less than this is a clock being corrected, not set. */
const jumpMs = 2_000;

export interface ClockReadings {
	/** The wall clock, Unix milliseconds. */
	readonly wallMs: () => number;
	/** A clock that only goes forward, at the same pace. */
	readonly steadyMs: () => number;
}

/**
 * Notices that the wall clock was set back: times that were noted before lie further in the future than was meant. Answers true at
 * the first look after it.
 */
export function createClockWatch({ wallMs, steadyMs }: ClockReadings): () => boolean {
	let offsetMs = wallMs() - steadyMs();
	return () => {
		const before = offsetMs;
		offsetMs = wallMs() - steadyMs();
		return offsetMs < before - jumpMs;
	};
}

/** Calls `act` after each time that this machine's clock was set back, until it has succeeded. */
export function afterClockSetBack(act: () => Promise<void>): Disposable {
	const wasSetBack = createClockWatch({ wallMs: () => Date.now(), steadyMs: () => performance.now() });
	let isDue = false;
	let isActing = false;
	const look = async () => {
		isDue = wasSetBack() || isDue;
		if (!isDue || isActing) return;
		isDue = false;
		isActing = true;
		await act().catch(() => {
			isDue = true;
		});
		isActing = false;
	};
	const timer = setInterval(() => void look(), lookEveryMs).unref();
	return { [Symbol.dispose]: () => clearInterval(timer) };
}

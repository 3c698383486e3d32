// The two lanes that decoders have (decoder-lanes.ts), for those who run in them.

export type Lane = "quick" | "slow";

/** What is quick takes no longer, of one core. */
export const quickMs = 1_000;

/** How long a task may be in the quick lane. */
export interface Pace {
	readonly quickMs: number;
	/** Where another platform's wait, it gets out of their way earlier, if it can. */
	readonly yieldAfterMs: number;
}

export const picturePace: Pace = { quickMs, yieldAfterMs: 250 };

/** The pace of what takes seconds where all is well: it gets out of nobody's way before it is late, for most of its work would be done twice. */
export const secondsPace: Pace = { quickMs: 5_000, yieldAfterMs: 5_000 };

// The two lanes that decoders have (decoder-lanes.ts), for those who run in them.

export type Lane = "quick" | "slow";

/** What is quick takes no longer, of one core. */
export const quickMs = 1_000;

// The spans over which growth is counted: a fast outbreak shows in the short ones, a slow one only in the long ones.

/** Sliding, and shortest first. */
export const windowSeconds = [60, 300, 900, 3_600, 21_600] as const;
export type WindowSeconds = (typeof windowSeconds)[number];
export const windowCount = windowSeconds.length;
export const longestSeconds = windowSeconds[windowCount - 1] ?? 0;

import type { Lane } from "./lane.ts";

/** What waits, by lane, and of how many files it is remembered that they are costly. */
export interface Load {
	readonly waiting: Readonly<Record<Lane, number>>;
	readonly remembered: number;
}

const nothing = { quick: 0, slow: 0 };

/** The load of two that stand one before the other. `waiting` of lanes that were never opened is left out. */
export function addLoad(
	others: Load | undefined,
	{ waiting: own = nothing, remembered }: Pick<Load, "remembered"> & { readonly waiting: Load["waiting"] | undefined },
): Load {
	const { waiting, remembered: before } = others ?? { waiting: nothing, remembered: 0 };
	return {
		waiting: { quick: waiting.quick + own.quick, slow: waiting.slow + own.slow },
		remembered: before + remembered,
	};
}

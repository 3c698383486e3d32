// A sweep has earlier items meet entries that came or changed after them. How far it has come, what people may do to it, and whether it may
// go on by itself are decided here; what it makes of one item is judge-again.ts.
import { z } from "zod";
import { BreakwaterError } from "../errors.ts";

/**
 * `looking`: past hashes are compared. `judging`: what that found is judged again; nothing is touched yet. `waiting`: it found more than it
 * may do by itself. `acting`: items are withheld and put before people.
 */
export const sweepStates = ["looking", "judging", "waiting", "acting", "done", "canceled"] as const;
export const sweepState = z.enum(sweepStates);
export type SweepState = z.infer<typeof sweepState>;

/** What becomes of an item that a sweep has found. `none`: it is where it belongs. */
export type SweptEffect = "withhold" | "review" | "none";

/** Before all ids. */
export const firstId = "00000000-0000-0000-0000-000000000000";

/** The cursor of a sweep that has compared every item, and looks once more a little later: behind all ids. */
export const behindAll = "ffffffff-ffff-ffff-ffff-ffffffffffff";

/** The cursor before anything has been compared in a pass: the first takes all items, the second those that were being examined. */
export function startOf({ pass, tailFrom }: { readonly pass: 1 | 2; readonly tailFrom: string }): string {
	return pass === 1 ? firstId : tailFrom;
}

export function isEnded(state: SweepState): boolean {
	return state === "done" || state === "canceled";
}

/** What comes after the dry run. `due`: the items that it would withhold or put before people. */
export function afterDryRun(due: number, allowedItems: number): Extract<SweepState, "done" | "acting" | "waiting"> {
	if (due === 0) return "done";
	return due <= allowedItems ? "acting" : "waiting";
}

export const sweepAct = z.enum(["pause", "resume", "approve", "cancel"]);
export type SweepAct = z.infer<typeof sweepAct>;

export interface Standing {
	readonly state: SweepState;
	readonly isPaused: boolean;
}

/** Throws `wrong-state` where the sweep is not in a state for the act. What is as asked already stays so. */
export function actOnSweep({ state, isPaused }: Standing, act: SweepAct): Standing {
	const isPossible = act === "approve" ? state === "waiting" : !isEnded(state);
	if (!isPossible) throw new BreakwaterError("wrong-state", { detail: `the sweep is ${state}` });
	switch (act) {
		case "pause":
			return { state, isPaused: true };
		case "resume":
			return { state, isPaused: false };
		case "approve":
			return { state: "acting", isPaused };
		case "cancel":
			return { state: "canceled", isPaused: false };
	}
}

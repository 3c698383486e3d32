// What a step may answer, and how steps become a chain. A step never touches the broker: only the record runner turns its
// answer into offsets, dead letters and pauses.

import type { Fault } from "../core/fault.ts";
import type { DeadLetterReason } from "../core/ports/dead-letter-store.ts";
import type { UnavailableReason } from "../core/signals/unavailable/reasons.ts";

export type StepResult<Next> =
	/** Go on with this value. */
	| { readonly kind: "next"; readonly value: Next }
	/** The record's outcome is durable, or needs none. */
	| { readonly kind: "settled" }
	/** The record fails for a reason of its own, and always will. */
	| { readonly kind: "park"; readonly reason: DeadLetterReason; readonly faults: readonly Fault[] }
	/** Something of ours, or of a host, failed; the same record may succeed later. */
	| {
			readonly kind: "retry";
			readonly reason: UnavailableReason | "evidence-not-kept";
			/** A code such as ENOSPC. */
			readonly cause?: string | null;
	  };

export type Step<In, Out> = (value: In) => Promise<StepResult<Out>>;

export const next = <T>(value: T): StepResult<T> => ({ kind: "next", value });
export const settled: StepResult<never> = { kind: "settled" };

export interface Chain<In, Out> {
	readonly run: Step<In, Out>;
	then<After>(step: Step<Out, After>): Chain<In, After>;
}

export function begin<In, Out>(run: Step<In, Out>): Chain<In, Out> {
	return {
		run,
		// biome-ignore lint/suspicious/noThenProperty: a chain of steps reads as one; it is never awaited itself.
		then: (step) =>
			begin(async (value) => {
				const result = await run(value);
				return result.kind === "next" ? step(result.value) : result;
			}),
	};
}

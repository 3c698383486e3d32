// When material is on the screen. It is there only between an answer to the newest press and whatever ends that press first:
// letting go, leaving the page, the time limit, losing the claim. An answer that comes after the end shows nothing.
import type { ApiProblemCode } from "../api/api-problem.ts";

/** One hold shows for this long at most; who needs longer holds again. */
export const longestViewMs = 20_000;

type HiddenBecause = "not-asked" | "released" | "left" | "timed-out" | { readonly failed: ApiProblemCode };

export type RevealState =
	| { readonly kind: "hidden"; readonly press: number; readonly because: HiddenBecause }
	| { readonly kind: "asking"; readonly press: number }
	| { readonly kind: "shown"; readonly press: number; readonly sinceMs: number };

export type RevealEvent =
	| { readonly kind: "press"; readonly press: number }
	| { readonly kind: "arrived"; readonly press: number; readonly nowMs: number }
	| { readonly kind: "failed"; readonly press: number; readonly code: ApiProblemCode }
	| { readonly kind: "tick"; readonly nowMs: number }
	| { readonly kind: "hide"; readonly because: "released" | "left" | "not-asked" };

export const hiddenAtFirst: RevealState = { kind: "hidden", press: 0, because: "not-asked" };

export function nextRevealState(state: RevealState, event: RevealEvent): RevealState {
	switch (event.kind) {
		case "press":
			return { kind: "asking", press: event.press };
		case "arrived":
			return state.kind === "asking" && state.press === event.press
				? { kind: "shown", press: event.press, sinceMs: event.nowMs }
				: state;
		case "failed":
			return state.kind === "asking" && state.press === event.press
				? { kind: "hidden", press: state.press, because: { failed: event.code } }
				: state;
		case "tick":
			return state.kind === "shown" && event.nowMs - state.sinceMs >= longestViewMs
				? { kind: "hidden", press: state.press, because: "timed-out" }
				: state;
		case "hide":
			// Letting go after the limit or a failure must not wipe away the line that says so.
			return state.kind === "hidden" && event.because === "released"
				? state
				: { kind: "hidden", press: state.press, because: event.because };
	}
}

// What this page knows of its claim on a case. Decides when a claim counts as lost; asks nobody and waits for nothing.
import type { WireClaim } from "../../core/wire/review-case.ts";

export type ClaimLoss =
	| { readonly kind: "expired" }
	| { readonly kind: "taken"; readonly by: string }
	/** The same person claimed the case again in another window. */
	| { readonly kind: "elsewhere" };

export type ClaimState =
	| { readonly kind: "none" }
	| { readonly kind: "held"; readonly fence: number; readonly expiresAtMs: number; readonly isFailing: boolean }
	| { readonly kind: "lost"; readonly loss: ClaimLoss }
	/** Given up by an act that ended it: a decision, a pass, a release. */
	| { readonly kind: "ended" };

interface CaseReading {
	readonly isDecided: boolean;
	readonly claim: WireClaim | null;
	readonly holder: { readonly displayName: string; readonly isMine: boolean } | null;
}

export type ClaimEvent =
	| { readonly kind: "taken"; readonly claim: WireClaim }
	| { readonly kind: "renewed"; readonly claim: WireClaim }
	| { readonly kind: "renewal-failed" }
	| { readonly kind: "refused" }
	| { readonly kind: "read"; readonly reading: CaseReading }
	| { readonly kind: "tick"; readonly nowMs: number }
	| { readonly kind: "ended" };

export function nextClaimState(state: ClaimState, event: ClaimEvent): ClaimState {
	switch (event.kind) {
		case "taken":
			return held(event.claim);
		case "renewed":
			return state.kind === "held" && state.fence === event.claim.fence ? held(event.claim) : state;
		case "renewal-failed":
			return state.kind === "held" ? { ...state, isFailing: true } : state;
		case "refused":
			return state.kind === "held" ? lost({ kind: "expired" }) : state;
		case "read":
			return afterReading(state, event.reading);
		case "tick":
			return state.kind === "held" && event.nowMs >= state.expiresAtMs ? lost({ kind: "expired" }) : state;
		case "ended":
			return { kind: "ended" };
	}
}

function afterReading(state: ClaimState, { isDecided, claim, holder }: CaseReading): ClaimState {
	// Opened by its address while our own claim still lasts, after a reload for instance: go on with it.
	if (state.kind === "none") return claim === null ? state : held(claim);
	if (state.kind === "lost" && state.loss.kind === "expired" && holder !== null && !holder.isMine) {
		return lost({ kind: "taken", by: holder.displayName });
	}
	if (state.kind !== "held") return state;
	if (isDecided) return { kind: "ended" };
	if (claim?.fence === state.fence) return { ...state, expiresAtMs: Date.parse(claim.expiresAt) };
	if (claim !== null) return lost({ kind: "elsewhere" });
	return lost(holder === null ? { kind: "expired" } : { kind: "taken", by: holder.displayName });
}

function held(claim: WireClaim): ClaimState {
	return { kind: "held", fence: claim.fence, expiresAtMs: Date.parse(claim.expiresAt), isFailing: false };
}

function lost(loss: ClaimLoss): ClaimState {
	return { kind: "lost", loss };
}

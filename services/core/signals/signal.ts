// A signal is what one detector says of one item. `unavailable` is a value of its own: what could not be computed is never
// the same as `clear`.
import type { Match } from "../banks/bank.ts";

/** Why a signal could not be computed. Item-made reasons go to people at once; ours are retried first (see {@link isOurFault}). */
export const unavailableReasons = [
	"not-an-image",
	"undecodable",
	"truncated",
	"frames-not-read",
	"too-many-pixels",
	"too-many-bytes",
	"empty",
	"decode-timeout",
	"decoder-crashed",
	"worker-lost",
	"address-forbidden",
	"host-not-allowed",
	"too-many-redirects",
	"gone-at-source",
	"host-failed",
	"fetch-timeout",
	"object-missing",
	"backend-failed",
	"deadline-exceeded",
	"not-finite",
	"overloaded",
	"input-rejected",
] as const;
export type UnavailableReason = (typeof unavailableReasons)[number];

const retryFirst: ReadonlySet<UnavailableReason> = new Set([
	"decode-timeout",
	"worker-lost",
	"host-failed",
	"fetch-timeout",
	"backend-failed",
	"deadline-exceeded",
	"overloaded",
]);

/** True where trying again may help; false where the reason lies in the item and only a person can go on. */
export function isOurFault(reason: UnavailableReason): boolean {
	return retryFirst.has(reason);
}

export type Detector = "hash" | "model" | "text" | "media";

interface SignalBase {
	readonly detector: Detector;
	/** Version of the algorithm, model or list that spoke. */
	readonly version: string;
}

export type MatchedSignal = SignalBase & { readonly kind: "matched"; readonly match: Match };
export type ScoredSignal = SignalBase & {
	readonly kind: "scored";
	readonly model: string;
	readonly backend: string;
	/** Policy category that the model's labels map to. */
	readonly category: string;
	/** Calibrated probability, 0–1. */
	readonly probability: number;
	readonly labels: Readonly<Record<string, number>>;
	/** Where people accepted a threshold for this model; otherwise the policy's holds. */
	readonly threshold?: number;
	/** Revision of the model settings that the score was read under; 0 where nobody has decided anything. */
	readonly settingsRevision?: number;
};
export type ClearSignal = SignalBase & { readonly kind: "clear" };
export type UnavailableSignal = SignalBase & { readonly kind: "unavailable"; readonly reason: UnavailableReason };
export type Signal = MatchedSignal | ScoredSignal | ClearSignal | UnavailableSignal;

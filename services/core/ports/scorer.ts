// Scores pictures already decoded with one model. A result is always given: what failed is `unavailable`, with its reason.
import type { ItemId, PlatformId } from "../ids.ts";
import type { Curve } from "../scoring/model-settings.ts";

export interface ScoreRequest {
	/** sRGB, no alpha, size×size×3 bytes. */
	readonly rgb: Uint8Array;
	readonly size: number;
	/** The picture's PDQ hash (32 bytes) where it is known: copies may share a score. */
	readonly pdq?: { readonly hash: Uint8Array; readonly quality: number } | undefined;
	/** Whose picture it is, for what is told of it later. */
	readonly itemId?: ItemId;
}

export type ScoreFailure = "backend-failed" | "deadline-exceeded" | "not-finite" | "overloaded" | "input-rejected";

export interface ScoredResult {
	readonly kind: "scored";
	readonly model: string;
	readonly version: string;
	readonly backend: string;
	/** Policy category that the model's labels map to. */
	readonly label: string;
	/** Calibrated probability of that category, 0–1. */
	readonly probability: number;
	/** Raw output by the model's own labels. */
	readonly labels: Readonly<Record<string, number>>;
	/** Where people accepted a threshold for this model; otherwise the policy's holds. */
	readonly threshold?: number;
	/** Whose decisions the curve that people accepted was fitted to; left out where they accepted none. */
	readonly curve?: Curve;
	/** Revision of the model settings that the answer was read under. */
	readonly settingsRevision?: number;
}

export type ScoreResult =
	| ScoredResult
	| { readonly kind: "unavailable"; readonly model: string; readonly version: string; readonly reason: ScoreFailure };

export interface Scorer {
	readonly info: {
		readonly model: string;
		readonly version: string;
		readonly backend: string;
		readonly inputSize: number;
	};
	/** Results in the order of the requests. Never throws for a request's sake. */
	score(requests: readonly ScoreRequest[]): Promise<readonly ScoreResult[]>;
	/** Reads an answer, which copies share wherever they are, as it is read on one platform. Left out where it is read alike on all. */
	readOn?(platform: PlatformId, result: ScoreResult): ScoreResult;
	[Symbol.asyncDispose](): Promise<void>;
}

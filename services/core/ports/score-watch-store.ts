// What is kept about scores besides verdicts: how they were spread when thresholds were chosen, and where a model in the shadow
// disagreed. Probabilities and ids, never content.
import type { CaseId, ItemId } from "../ids.ts";
import type { ScoreHistogram } from "../scoring/drift.ts";
import type { ModelVersion } from "../scoring/model-settings.ts";

interface ScoreReferenceKey extends ModelVersion {
	/** {@link ModelSettings.referenceSince} */
	readonly since: number;
}

export interface ShadowComparison {
	readonly kind: "agreed" | "disagreed";
	readonly itemId: ItemId | null;
	readonly live: ModelVersion & { readonly probability: number };
	readonly shadow: ModelVersion & { readonly probability: number };
	readonly at: Date;
}

interface ShadowTally {
	/** `model@version` */
	readonly live: string;
	readonly shadow: string;
	readonly compared: number;
	readonly disagreed: number;
}

interface Disagreement {
	readonly itemId: ItemId | null;
	/** The item's case, where it has one. */
	readonly caseId: CaseId | null;
	readonly live: string;
	readonly shadow: string;
	readonly liveProbability: number;
	readonly shadowProbability: number;
	readonly at: Date;
	/** What people decided on the item's case, where they did. */
	readonly decision: "remove" | "restore" | null;
}

export interface ScoreWatchStore {
	findReference(key: ScoreReferenceKey): Promise<ScoreHistogram | null>;
	/** The first one kept for a key stays; answers that one, so that all detectors measure against the same. */
	keepReference(key: ScoreReferenceKey, histogram: ScoreHistogram): Promise<ScoreHistogram>;
	/** Adds to the tallies and keeps the disagreements, for ninety days. */
	recordComparisons(comparisons: readonly ShadowComparison[]): Promise<void>;
	tallies(): Promise<readonly ShadowTally[]>;
	/** Newest first. */
	disagreements(limit: number): Promise<readonly Disagreement[]>;
}

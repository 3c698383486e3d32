import type { Model, ModelBackend } from "../../core/scoring/model-registry.ts";
import type { Usage } from "./backend.ts";

/** What a thread is started with. */
export interface ThreadStart {
	readonly model: Model;
	readonly topology: string;
	readonly weights: Uint8Array;
	/** Tried in this order. */
	readonly backends: readonly ModelBackend[];
	/** Where SavedModels are made. */
	readonly savedModelsDir: string;
}

export interface BatchMessage {
	readonly batch: number;
	readonly count: number;
	/** RGB bytes, pictures end to end. */
	readonly rgb: Uint8Array;
}

/** What a thread is told: a batch to answer, or to end when what it is at is done. */
export type ThreadOrder = BatchMessage | "end";

export type ThreadMessage =
	| {
			readonly kind: "ready";
			readonly backend: ModelBackend;
			readonly usage: Usage;
			readonly passedOver: readonly PassedOver[];
	  }
	| { readonly kind: "unusable"; readonly passedOver: readonly PassedOver[] }
	| { readonly kind: "scored"; readonly batch: number; readonly outputs: Float32Array; readonly usage: Usage }
	| { readonly kind: "failed"; readonly batch: number; readonly message: string };

export interface PassedOver {
	readonly backend: ModelBackend;
	readonly message: string;
}

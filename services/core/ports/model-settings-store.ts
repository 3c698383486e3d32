// What people decided about models, as revisions that are only added, and the proposals they are asked about. Models themselves are
// files: models/registry.json.
import type { Doer } from "../acts/doer.ts";
import type { PlatformId, ProposalId, UserId } from "../ids.ts";
import type { ModelAct, ModelActKind, ModelSettings, ModelVersion } from "../scoring/model-settings.ts";
import type { Tuning, TuningEvidence } from "../scoring/tuning.ts";

export interface ModelRevision {
	readonly settings: ModelSettings;
	readonly at: Date;
	readonly by: string;
	readonly act: ModelActKind;
	/** The revision whose settings these are: its own, or the one that a roll-back went to. */
	readonly origin: number;
}

interface NewTuningProposal extends ModelVersion {
	readonly category: string;
	/** Null: for all that have none of their own. */
	readonly platform: PlatformId | null;
	readonly tuning: Tuning;
	readonly evidence: TuningEvidence;
}

export interface StoredTuningProposal extends NewTuningProposal {
	readonly id: ProposalId;
	readonly platformName: string | null;
	readonly state: "open" | "accepted" | "rejected";
	readonly proposedAt: Date;
	readonly decidedAt: Date | null;
	readonly decidedBy: UserId | null;
	/** The revision that it became; null unless accepted. */
	readonly revision: number | null;
}

/** One case that people decided, with what a model had said of its first item. */
export interface ReviewedLabels {
	/** By name. */
	readonly platform: string;
	readonly labels: Readonly<Record<string, number>>;
	readonly isConfirmed: boolean;
}

export interface ModelSettingsStore {
	/** The newest revision; revision 0 where nobody has decided anything. */
	current(): Promise<ModelSettings>;
	/** Newest first. */
	history(limit: number): Promise<readonly ModelRevision[]>;
	/** Throws where the act makes no sense now. `configuredModel` null: unknown here. */
	change(act: ModelAct, by: string, configuredModel: string | null): Promise<ModelSettings>;
	/** Puts the settings back to those of revision `to`, or to those before the newest; as a new revision. */
	rollBack(to: number | null, by: string): Promise<ModelSettings>;
	onChanged(listener: () => void): Promise<AsyncDisposable>;

	/** An older open proposal for the same model, category and platform is rejected with it. */
	propose(proposal: NewTuningProposal, by?: Doer): Promise<StoredTuningProposal>;
	/** Newest first. */
	proposals(filter: { readonly state: StoredTuningProposal["state"] | null }): Promise<readonly StoredTuningProposal[]>;
	/** Makes an open proposal the next revision, in one transaction. Throws where it is not open. */
	accept(id: ProposalId, by: UserId): Promise<ModelSettings>;
	reject(id: ProposalId, by: UserId): Promise<void>;
	/** Decided cases of the category that this version of the model had scored, one each, however many copies they gathered. */
	reviewed(model: ModelVersion, category: string, limit: number): Promise<readonly ReviewedLabels[]>;
}

// What people decided about models: which one speaks, which runs in its shadow, how their scores are read. Settings have
// revisions that are only ever added; a verdict names the one it was made under. It decides what an act changes, not who may.
import { z } from "zod";
import { BreakwaterError } from "../errors.ts";
import type { Fault } from "../fault.ts";
import { type Tuning, tuningSchema } from "./tuning.ts";

export const modelSettingsSchema = z.object({
	/** 0: nobody has decided anything; configuration, registry and policy hold. */
	revision: z.int().min(0),
	/** Null: the configured model. */
	live: z.string().nullable(),
	shadow: z.object({ model: z.string(), share: z.number().gt(0).max(1) }).nullable(),
	/** By {@link modelKey}, by category. */
	tunings: z.record(z.string(), z.record(z.string(), tuningSchema)),
	/** Scores have been expected to be spread alike since this revision: drift is measured from there. */
	referenceSince: z.int().min(0),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

export const initialSettings: ModelSettings = { revision: 0, live: null, shadow: null, tunings: {}, referenceSince: 0 };

export interface ModelVersion {
	readonly model: string;
	readonly version: string;
}

export function modelKey({ model, version }: ModelVersion): string {
	return `${model}@${version}`;
}

export function tuningOf(settings: ModelSettings, model: ModelVersion, category: string): Tuning | null {
	return settings.tunings[modelKey(model)]?.[category] ?? null;
}

export type ModelAct =
	| { readonly kind: "shadow"; readonly model: string; readonly share: number }
	| { readonly kind: "end-shadow" }
	| { readonly kind: "promote" }
	| ({ readonly kind: "accept"; readonly category: string; readonly tuning: Tuning } & ModelVersion)
	| { readonly kind: "renew-reference" };
export const modelActKinds = ["shadow", "end-shadow", "promote", "accept", "renew-reference", "rollback"] as const;
export type ModelActKind = (typeof modelActKinds)[number];

/** The settings after the act, one revision on. Throws where the act makes no sense now. */
export function applyModelAct(now: ModelSettings, act: ModelAct, configuredModel: string | null): ModelSettings {
	const revision = now.revision + 1;
	const next = { ...now, revision };
	switch (act.kind) {
		case "shadow":
			if (act.model === (now.live ?? configuredModel)) throw refused({ code: "model-live-already", model: act.model });
			return { ...next, shadow: { model: act.model, share: act.share } };
		case "end-shadow":
			if (now.shadow === null) throw refused({ code: "no-shadow-model" });
			return { ...next, shadow: null };
		case "promote":
			if (now.shadow === null) throw refused({ code: "no-shadow-model" });
			return { ...next, live: now.shadow.model, shadow: null, referenceSince: revision };
		case "accept": {
			const key = modelKey(act);
			const tunings = { ...now.tunings, [key]: { ...now.tunings[key], [act.category]: act.tuning } };
			return { ...next, tunings, referenceSince: revision };
		}
		case "renew-reference":
			return { ...next, referenceSince: revision };
	}
}

function refused(reason: Fault): BreakwaterError {
	return new BreakwaterError("rule-broken", { reasons: [reason] });
}

// What people decided about models: which one speaks, which runs in its shadow, how their scores are read. Settings have
// revisions that are only ever added; a verdict names the one it was made under. It decides what an act changes, not who may.
import { z } from "zod";
import { BreakwaterError } from "../errors.ts";
import type { Fault } from "../fault.ts";
import type { PlatformId } from "../ids.ts";
import { type Tuning, tuningSchema } from "./tuning.ts";

/** By {@link modelKey}, by category. */
const tunings = z.record(z.string(), z.record(z.string(), tuningSchema));

export const modelSettingsSchema = z.object({
	/** 0: nobody has decided anything; configuration, registry and policy hold. */
	revision: z.int().min(0),
	/** Null: the configured model. */
	live: z.string().nullable(),
	shadow: z.object({ model: z.string(), share: z.number().gt(0).max(1) }).nullable(),
	tunings,
	/** Those that hold on one platform in place of the ones above, by its id. Revisions of before had none. */
	platformTunings: z.record(z.string(), tunings).default({}),
	/** Scores have been expected to be spread alike since this revision: drift is measured from there. */
	referenceSince: z.int().min(0),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

export const initialSettings: ModelSettings = {
	revision: 0,
	live: null,
	shadow: null,
	tunings: {},
	platformTunings: {},
	referenceSince: 0,
};

export interface ModelVersion {
	readonly model: string;
	readonly version: string;
}

export function modelKey({ model, version }: ModelVersion): string {
	return `${model}@${version}`;
}

/** Whose decisions a curve was fitted to. */
export const curves = ["platform", "all"] as const;
export type Curve = (typeof curves)[number];

/** The platform's own where people accepted one, else that of all; `platform` null for what is of none. */
export function tuningOf(
	{ tunings, platformTunings }: ModelSettings,
	{ category, platform, ...model }: ModelVersion & { readonly category: string; readonly platform: PlatformId | null },
): (Tuning & { readonly curve: Curve }) | null {
	const key = modelKey(model);
	const own = platform === null ? undefined : platformTunings[platform]?.[key]?.[category];
	if (own !== undefined) return { ...own, curve: "platform" };
	const common = tunings[key]?.[category];
	return common === undefined ? null : { ...common, curve: "all" };
}

export type ModelAct =
	| { readonly kind: "shadow"; readonly model: string; readonly share: number }
	| { readonly kind: "end-shadow" }
	| { readonly kind: "promote" }
	| ({
			readonly kind: "accept";
			readonly category: string;
			/** Null: for all that have none of their own. */
			readonly platform: PlatformId | null;
			readonly tuning: Tuning;
	  } & ModelVersion)
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
			const { platform } = act;
			const among = (before: ModelSettings["tunings"]) => {
				const key = modelKey(act);
				return { ...before, [key]: { ...before[key], [act.category]: act.tuning } };
			};
			if (platform === null) return { ...next, tunings: among(now.tunings), referenceSince: revision };
			const own = among(now.platformTunings[platform] ?? {});
			return { ...next, platformTunings: { ...now.platformTunings, [platform]: own } };
		}
		case "renew-reference":
			return { ...next, referenceSince: revision };
	}
}

function refused(reason: Fault): BreakwaterError {
	return new BreakwaterError("rule-broken", { reasons: [reason] });
}

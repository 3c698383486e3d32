// Keeps the models at work level with what people decided: told of changes at once, and asking every few seconds in case a notice
// was lost. A change takes effect when its model is open; until then, and where it cannot be opened here, everything stays as it is.

import type { ModelSettingsStore } from "../core/ports/model-settings-store.ts";
import type { Scorer } from "../core/ports/scorer.ts";
import type { Model } from "../core/scoring/model-registry.ts";
import { type ModelSettings, modelKey } from "../core/scoring/model-settings.ts";
import type { Shadow } from "../core/scoring/shadow.ts";
import { createSwitch, type Switch } from "../core/scoring/switch.ts";
import { createTuned, readUnder } from "../core/scoring/tune.ts";
import type { Models } from "../parts/examination.ts";
import type { Logger } from "../runtime/logger.ts";

export interface FollowModelsDeps {
	readonly models: Models;
	readonly store: Pick<ModelSettingsStore, "current" | "onChanged">;
	/** Put around the live models, before their answers are read under the settings. `settings` are those in force. */
	readonly watch: (settings: () => ModelSettings) => (scorer: Scorer) => Scorer;
	readonly logger: Logger;
	readonly pollMs: number;
}

export interface ModelFollower extends AsyncDisposable {
	readonly live: Scorer;
	shadow(): Shadow | null;
	/** What a live model answered, as it is read on one platform. */
	readOn: NonNullable<Scorer["readOn"]>;
	/** Those in force here. */
	settings(): ModelSettings;
}

/** Rejects where the live model cannot be opened. */
export async function followModels(deps: FollowModelsDeps): Promise<ModelFollower> {
	const opened = await openFirst(deps);
	let underWay: Promise<void> = Promise.resolve();
	let isClosed = false;
	const ask = (): void => {
		underWay = underWay.then(async () => {
			if (isClosed) return;
			try {
				await opened.apply(await deps.store.current());
			} catch (error) {
				deps.logger.warn({ event: "models-behind", revision: opened.settings().revision, err: error });
			}
		});
	};
	const closeModels = async () => {
		await opened.live[Symbol.asyncDispose]();
		await opened.shadow()?.scorer[Symbol.asyncDispose]();
	};
	const subscription = await deps.store.onChanged(ask).catch(async (error) => {
		await closeModels();
		throw error;
	});
	const timer = setInterval(ask, deps.pollMs);
	ask();
	return {
		live: opened.live,
		shadow: opened.shadow,
		readOn: opened.readOn,
		settings: opened.settings,
		async [Symbol.asyncDispose]() {
			isClosed = true;
			clearInterval(timer);
			await subscription[Symbol.asyncDispose]();
			await underWay;
			await closeModels();
		},
	};
}

async function openFirst({ models, store, watch, logger }: FollowModelsDeps) {
	let settings = await store.current();
	let shadow: (Shadow & { readonly model: string }) | null = null;
	const inForce = () => settings;
	const watched = watch(inForce);
	const known = new Map<string, Model>();
	const openLive = (id: string) =>
		models.open(id, (scorer, model) => {
			known.set(modelKey(scorer.info), model);
			return createTuned(watched(scorer), model, inForce);
		});
	const readOn: ModelFollower["readOn"] = (platform, result) => {
		const model = known.get(modelKey(result));
		const isRead = settings.platformTunings[platform]?.[modelKey(result)] !== undefined;
		return model === undefined || !isRead ? result : readUnder(settings, platform, result, model);
	};
	let liveModel = settings.live ?? models.configured;
	const live: Switch = createSwitch(await openLive(liveModel));

	/** A shadow that cannot be opened here holds nothing up. */
	const openShadow = async ({ model, share }: NonNullable<ModelSettings["shadow"]>) => {
		try {
			const scorer = await models.open(model, (one, entry) => createTuned(one, entry, inForce));
			return { model, share, scorer };
		} catch (error) {
			logger.warn({ event: "shadow-not-opened", model, err: error });
			return null;
		}
	};
	const applyShadow = async (wanted: ModelSettings["shadow"]): Promise<void> => {
		const before = shadow;
		if (before !== null && before.model === wanted?.model) {
			shadow = { ...before, share: wanted.share };
			return;
		}
		shadow = wanted === null ? null : await openShadow(wanted);
		await before?.scorer[Symbol.asyncDispose]();
	};
	const apply = async (next: ModelSettings): Promise<void> => {
		if (next.revision === settings.revision) return;
		const wanted = next.live ?? models.configured;
		if (wanted !== liveModel) {
			live.exchange(await openLive(wanted));
			liveModel = wanted;
		}
		await applyShadow(next.shadow);
		settings = next;
		logger.info({ event: "model-settings-applied", revision: next.revision, live: wanted, shadow: next.shadow });
	};
	await applyShadow(settings.shadow);
	return { live, apply, readOn, settings: inForce, shadow: (): Shadow | null => shadow };
}

// The composition, loaded by the commands that need it: help and usage errors answer without waiting for decoders and drivers.
import type * as Compose from "./compose.ts";

type Composition = typeof Compose;
type Loaded = (...given: readonly never[]) => Promise<unknown>;

/** The function of that name, with its own types; it is loaded when it is first called. */
function lazily<K extends keyof Composition>(name: K): Composition[K] {
	const load: Loaded = async (...given) => {
		const composition: Readonly<Record<K, Loaded>> = await import("./compose.ts");
		return composition[name](...given);
	};
	// It takes and promises what the named one does, which TypeScript cannot follow through a name that varies.
	return load as Composition[K];
}

export const withParts = lazily("withParts");
export const openScanner = lazily("openScanner");
export const hashPassword = lazily("hashPassword");
export const verifyPassword = lazily("verifyPassword");
export const listModels = lazily("listModels");
export const checkModel = lazily("checkModel");
export const askTrend = lazily("askTrend");
export const askView = lazily("askView");
export const testWebhook = lazily("testWebhook");

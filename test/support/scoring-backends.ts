import type { ModelBackend } from "../../services/core/scoring/model-registry.ts";

/** The backends that the suites of this run are about; each must work here. jest.config.js says which, per project. */
export const scoringBackends: readonly ModelBackend[] = (
	globalThis as typeof globalThis & { readonly scoringBackends: readonly ModelBackend[] }
).scoringBackends;

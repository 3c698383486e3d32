import type { ModelBackend } from "../../services/core/scoring/model-registry.ts";

/** What jest.config.js says of each project. */
const said = globalThis as typeof globalThis & {
	readonly scoringBackends: readonly ModelBackend[];
	readonly mustBePrepared?: boolean;
};

/** The backends that the suites of this run are about; each must work here. */
export const scoringBackends = said.scoringBackends;

/** Whether models that are not committed must be here. */
export const mustBePrepared = said.mustBePrepared ?? false;

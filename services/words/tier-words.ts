// Where something stands by its evidence, within a sentence of an act.
import type { Tier } from "../core/policy/verdict.ts";

export const atTierEn = (tier: Tier) => (tier === "none" ? "without a tier" : `at tier ${tier}`);
export const atTierVi = (tier: Tier) => (tier === "none" ? "không thuộc bậc nào" : `ở bậc ${tier}`);

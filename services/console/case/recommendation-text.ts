import type { Recommendation } from "../../core/strikes/recommendation.ts";
import type { Dictionary } from "../language/dictionary.ts";

/** What a law asks the platform to consider, and which one. */
export function recommendationText(one: Recommendation, { casePage: { account } }: Dictionary): string {
	return one.kind === "suspend"
		? account.suspend(one.law, one.atLeastDays, one.atMostDays)
		: account.suspendPermanently(one.law);
}

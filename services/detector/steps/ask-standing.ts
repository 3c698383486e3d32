import { confirmedAmong } from "../../core/clusters/membership.ts";
import { askStanding, type StandingDecisions } from "../../core/clusters/standing-decision.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { Clustered } from "../values.ts";

export interface AskStandingDeps {
	readonly standing: StandingDecisions;
	readonly signalCatalogue: SignalCatalogue;
}

/** What people decided of the same thing before is one more thing to be said of it, where it may be compared. */
export function createAskStanding({ standing, signalCatalogue }: AskStandingDeps): Step<Clustered, Clustered> {
	return async (item) => {
		const { signals, memberships, evidence } = item;
		if (isUnexamined(signals, "matched")) return next(item);
		const { same, links } = evidence;
		const decided = askStanding(
			{ same, confirmed: confirmedAmong(memberships), links, signals },
			standing,
			signalCatalogue,
		);
		return next(decided === null ? item : { ...item, signals: [...signals, decided] });
	};
}

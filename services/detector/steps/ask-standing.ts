import { confirmedAmong } from "../../core/clusters/membership.ts";
import { askStanding, type StandingDecisions } from "../../core/clusters/standing-decision.ts";
import { type Awaited, awaitingCase } from "../../core/outbreaks/specimen.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { isUnexamined } from "../../core/signals/unexamined/unexamined.ts";
import { next, type Step } from "../step.ts";
import type { Asked, Clustered } from "../values.ts";

export interface AskStandingDeps {
	readonly standing: Pick<StandingDecisions, "of"> & { readonly awaited: Awaited };
	readonly signalCatalogue: SignalCatalogue;
}

/** What people decided of the same thing before is one more thing to be said of it, and whether they wait to see it, where it may be compared. */
export function createAskStanding({ standing, signalCatalogue }: AskStandingDeps): Step<Clustered, Asked> {
	return async (item) => {
		const { signals, memberships, evidence, surface } = item;
		if (isUnexamined(signals, "matched")) return next({ awaitedBy: null, ...item });
		const { same, links } = evidence;
		const decided = askStanding(
			{ same, confirmed: confirmedAmong(memberships), links, signals },
			standing,
			signalCatalogue,
		);
		const awaitedBy = awaitingCase({ surface, memberships, links }, standing.awaited);
		return next({ awaitedBy, ...item, signals: decided === null ? signals : [...signals, decided] });
	};
}

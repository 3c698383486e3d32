import { askStanding, type StandingDecisions } from "../../core/clusters/standing-decision.ts";
import type { ExactHashes } from "../../core/hashes/exact/exact-hashes.ts";
import { scopesOfWithhold } from "../../core/policy/breaker.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { UnexaminedItem, VerdictStore, WithholdOutcome } from "../../core/ports/verdict-store.ts";
import { copyOf } from "../../core/signals/decided/decided.ts";
import type { Signal } from "../../core/signals/signal.ts";
import type { Events } from "../../runtime/events.ts";
import { createMicroBatch } from "../../runtime/micro-batch.ts";
import { type FetchedMedia, recordedFields } from "../values.ts";
import { type DecideDeps, verdictOf } from "./decide.ts";
import type { RecordVerdictDeps } from "./record-verdict.ts";

export interface WithholdEarlyDeps extends Omit<DecideDeps, "breakers"> {
	readonly standing: StandingDecisions;
	readonly verdicts: Pick<VerdictStore, "withhold">;
	readonly breakers: DecideDeps["breakers"] & RecordVerdictDeps["breakers"];
	readonly clock: Clock;
	readonly events: Pick<Events, "itemWithheldUnexamined">;
}

/** What of an item changes when it is withheld before it has been examined. */
export type Withheld = Pick<FetchedMedia, "itemId" | "isWithheld">;

/** What is known of an item before all of it is: the verdict on that, and the withhold. */
export interface EarlyWithhold {
	/** With what people decided of the same bytes. */
	verdictOf(item: FetchedMedia, exact: ExactHashes, signals: readonly Signal[]): Verdict;
	withhold(item: FetchedMedia, verdict: Verdict): Promise<Withheld>;
}

/** What rests on people's decision alone is withheld within its case, with which it is given back: the record does that once all is known. */
export function isWithheldEarly(verdict: Verdict): boolean {
	return verdict.action === "withhold" && copyOf(verdict)?.rests !== "on-decision";
}

/**
 * Withholds what is known of a file already, while the rest of it is still to be examined. The item owes its examination from then on; the verdict
 * with all signals, and its case, are recorded after that.
 */
export function createWithholdEarly(deps: WithholdEarlyDeps): EarlyWithhold {
	const withhold = createMicroBatch<UnexaminedItem, WithholdOutcome>({
		maxSize: 100,
		maxWaitMs: 2,
		concurrency: 2,
		run: (items) => deps.verdicts.withhold(items),
	});
	return {
		verdictOf(item, { sha256 }, signals) {
			const same = { type: "sha256", hash: sha256 } as const;
			const asked = { same, confirmed: null, links: [], signals };
			const decided = askStanding(asked, deps.standing, deps.signalCatalogue);
			const policy = deps.policies.of(item.platform.id, item.surface, item.country);
			return verdictOf(item, decided === null ? signals : [...signals, decided], policy, deps);
		},
		async withhold(item, verdict) {
			const { kind, itemId } = await withhold({ verdict, ...recordedFields(item) });
			if (kind === "withheld") {
				deps.breakers.count(scopesOfWithhold(verdict, item.platform.id));
				const seconds = (deps.clock.now() - item.record.receivedAtMs) / 1_000;
				deps.events.itemWithheldUnexamined({ itemId, tier: verdict.tier, seconds });
			}
			return { itemId, isWithheld: true };
		},
	};
}

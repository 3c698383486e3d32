// Watches the entries that match: one that suddenly matches much goes into quarantine within seconds, in all detectors. Counts are
// the record's, over all of them; which of them notices first does not matter.

import { type SurgeRule, surgeOf } from "../core/banks/entry-surge.ts";
import type { EntryId } from "../core/ids.ts";
import type { Verdict } from "../core/policy/verdict.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { EntryWatchStore } from "../core/ports/entry-watch-store.ts";
import type { SignalCatalogue } from "../core/signals/catalogue.ts";
import type { Events } from "../runtime/events.ts";
import type { Logger } from "../runtime/logger.ts";
import { startLoop } from "../runtime/loop.ts";

export interface WatchEntriesDeps {
	readonly entries: Pick<EntryWatchStore, "activity" | "quarantine" | "trim">;
	readonly events: Pick<Events, "entryQuarantined">;
	readonly rule: SurgeRule;
	readonly clock: Clock;
	readonly signalCatalogue: SignalCatalogue;
	readonly logger: Logger;
}

export interface EntryWatch extends AsyncDisposable {
	/** To be told of each verdict once it is in the record. */
	saw(verdict: Pick<Verdict, "signals">): void;
}

const lookEveryMs = 1_000;
const entriesPerLook = 1_000;
const trimEveryMs = 60 * 60_000;

export function watchEntries(deps: WatchEntriesDeps): EntryWatch {
	const { entries, clock, logger, signalCatalogue } = deps;
	const seen = new Set<EntryId>();
	let trimmedAtMs = clock.now();

	const look = async () => {
		const at = new Date(clock.now());
		const ids = [...seen].slice(0, entriesPerLook);
		if (ids.length > 0) {
			for (const { entryId, activity } of await entries.activity(ids, at)) {
				const surge = surgeOf(activity, deps.rule);
				if (surge !== null && (await entries.quarantine(entryId, surge, at)))
					deps.events.entryQuarantined({ entryId, surge });
			}
			for (const id of ids) seen.delete(id);
		}
		if (at.getTime() - trimmedAtMs < trimEveryMs) return;
		await entries.trim(at);
		trimmedAtMs = at.getTime();
	};
	const loop = startLoop(async () => {
		// What could not be looked at is looked at next time.
		await look().catch((error: unknown) => logger.warn({ event: "entries-not-watched", err: error }));
		return lookEveryMs;
	});
	return {
		saw({ signals }) {
			for (const signal of signals) {
				const entry = signalCatalogue.entryOf(signal);
				if (entry !== null && !entry.isQuarantined) seen.add(entry.id);
			}
		},
		[Symbol.asyncDispose]: () => loop.stop(),
	};
}

import type { ItemId } from "../core/ids.ts";
import type { Clock } from "../core/ports/clock.ts";
import type { LawStore } from "../core/ports/law-store.ts";
import type { OutboxStore } from "../core/ports/outbox-store.ts";
import type { StrikeStore } from "../core/ports/strike-store.ts";
import { jobIdOf } from "../core/wire/jobs.ts";
import type { Events } from "../runtime/events.ts";

export interface CountStrikesDeps {
	readonly strikes: Pick<StrikeStore, "gather">;
	readonly laws: Pick<LawStore, "current">;
	readonly outbox: Pick<OutboxStore, "acknowledge">;
	readonly clock: Clock;
	readonly events: Pick<Events, "strikesGathered">;
}

/** Puts an account before people once laws in force ask for that, by what people removed of it; again changes nothing. */
export function createCountStrikes(deps: CountStrikesDeps): (id: ItemId) => Promise<void> {
	return async (itemId) => {
		const { set } = await deps.laws.current();
		const gathered = await deps.strikes.gather(itemId, set, new Date(deps.clock.now()));
		if (gathered !== null) deps.events.strikesGathered(gathered);
		await deps.outbox.acknowledge(jobIdOf("count-strikes", { itemId }));
	};
}

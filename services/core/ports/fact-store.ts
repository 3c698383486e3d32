// What rules could read of each item when it was judged. Verdicts bring their own (VerdictStore.record); here it is read, and let go when it is
// too old.
import type { ItemId } from "../ids.ts";
import type { PastFacts } from "../rules/backtest.ts";
import type { FactLayout } from "../rules/fact-record.ts";

/** Items that came to a detector from the first moment on, up to and without the second. */
export interface FactRange {
	readonly from: Date;
	readonly to: Date;
}

export interface FactStore {
	/** Before a process records verdicts by it. Throws where another layout goes by its id. */
	declare(layout: FactLayout): Promise<void>;
	layouts(): Promise<readonly FactLayout[]>;
	count(range: FactRange): Promise<number>;
	/** In the order in which items came; `after` an item, or null for the first page. */
	page(range: FactRange, after: string | null, limit: number): Promise<readonly PastFacts[]>;
	/** Those of these items; not in their order, and none of items whose facts are not kept. */
	of(ids: readonly ItemId[]): Promise<readonly PastFacts[]>;
	/** Lets go of what came before, at most so many; answers how many that were. */
	prune(before: Date, limit: number): Promise<number>;
}

// Backtests: which rule was held against which time, how far that is, and what it has come to. Whoever works on one names where it goes on
// from, so that two do nothing twice, and one that was stopped goes on where it was.
import type { BacktestId, CaseId, ItemId } from "../ids.ts";
import type { PastDecision } from "../rules/backtest.ts";
import type { BacktestTally } from "../rules/backtest-tally.ts";
import type { FactRange } from "./fact-store.ts";

export interface Backtest {
	readonly id: BacktestId;
	readonly name: string;
	readonly revision: number;
	readonly range: FactRange;
	readonly state: "running" | "done";
	/** The last item that was looked at; null before the first. */
	readonly through: ItemId | null;
	readonly tally: BacktestTally;
	readonly startedBy: string;
	readonly startedAt: Date;
	readonly endedAt: Date | null;
}

/** For people to look at. */
export interface BacktestCase {
	readonly itemId: ItemId;
	readonly platform: string;
	/** As the platform calls it. */
	readonly subject: string;
	readonly arrivedAt: Date;
	readonly caseId: CaseId | null;
	readonly decision: PastDecision["decision"];
}

export interface BacktestStore {
	/** Throws `not-found` where there is no such revision. */
	begin(asked: Pick<Backtest, "name" | "revision" | "range" | "tally" | "startedBy">): Promise<Backtest>;
	/** The newest of a revision that has not ended. */
	unfinished(name: string, revision: number): Promise<Backtest | null>;
	/** Newest first. */
	list(name: string, limit: number): Promise<readonly Backtest[]>;
	/** False where somebody else has taken it on since. */
	note(backtest: Backtest, step: Pick<Backtest, "through" | "tally">): Promise<boolean>;
	/** It has looked at all; a revision that is checked is backtested from now on. */
	end(id: BacktestId): Promise<Backtest>;
	/** What people decided last of each; items that came before nobody are not in it. */
	decisions(ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, PastDecision>>;
	/** In their order. */
	cases(ids: readonly ItemId[]): Promise<readonly BacktestCase[]>;
}

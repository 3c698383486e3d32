// What a backtest has come to so far, as it is kept and sent.
import { z } from "zod";
import { itemId } from "../ids.ts";
import { type Interval, wilsonInterval } from "../scoring/threshold.ts";
import { askedStage, ruleName } from "./rule.ts";

const count = z.int().min(0);

export const backtestTally = z
	.object({
		/** Verdicts looked at, and those that did not record a fact that the rule reads: what it would have said of them is not known. */
		examined: count,
		unrecorded: count,
		/** Verdicts of which it would have held, and of which it could not be worked out. */
		held: count,
		failed: count,
		/** What became of those it holds of: people removed the item, people let it be, or nobody has decided. */
		wanted: count,
		unwanted: count,
		unknown: count,
		/** It holds of these, and no rule that detectors ask does. */
		alone: count,
		/** How many of these the rules hold of that detectors ask now. */
		overlap: z.array(z.object({ rule: ruleName, revision: z.int(), stage: askedStage, both: count })).readonly(),
		/** Some of which it holds, as if drawn. */
		cases: z.array(itemId).readonly(),
	})
	.readonly();
export type BacktestTally = z.infer<typeof backtestTally>;

/** How many people removed of those that they decided; null where they have decided none. */
export function precisionOf({ wanted, unwanted }: BacktestTally): (Interval & { readonly share: number }) | null {
	const decided = wanted + unwanted;
	return decided === 0 ? null : { share: wanted / decided, ...wilsonInterval(wanted, decided) };
}

/** The share of the verdicts of which it would have held. */
export function shareOf({ held, examined, unrecorded }: BacktestTally): (Interval & { readonly share: number }) | null {
	const asked = examined - unrecorded;
	return asked === 0 ? null : { share: held / asked, ...wilsonInterval(held, asked) };
}

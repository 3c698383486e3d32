// Judges items again that somebody reported: by the banks, the rules of policy and the bases that hold now. What comes of it joins the case
// that the report is in; how many reported it says nothing.
import type { SweepStore } from "../../core/ports/sweep-store.ts";
import type { Events } from "../../runtime/events.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import type { JudgeItems } from "./judge-items.ts";

export interface JudgeReportedDeps {
	readonly sweeps: Pick<SweepStore, "reported" | "settleReported">;
	readonly judge: JudgeItems;
	readonly events: Pick<Events, "itemsJudgedAgain">;
	readonly logger: Pick<Logger, "warn">;
}

const lookEveryMs = 1_000;
const backOffMs = 5_000;
const itemsPerStep = 100;

export function judgeReported({ sweeps, judge, events, logger }: JudgeReportedDeps): AsyncDisposable {
	const turn = async (): Promise<number> => {
		try {
			const items = await sweeps.reported(itemsPerStep);
			if (items.length === 0) return lookEveryMs;
			const orders = await sweeps.settleReported(await judge(items, async () => null));
			events.itemsJudgedAgain({ items: items.length, withheld: orders.length });
			return items.length === itemsPerStep ? 0 : lookEveryMs;
		} catch (error) {
			logger.warn({ event: "reported-not-judged", err: error });
			return backOffMs;
		}
	};
	const loop = startLoop(turn);
	return { [Symbol.asyncDispose]: () => loop.stop() };
}

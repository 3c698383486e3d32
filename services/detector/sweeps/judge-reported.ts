// Judges items again that somebody reported: by the detectors, as far as what they show or say is held, by the banks, the rules of policy and the
// bases that hold now. What comes of it joins the case that the report is in; how many reported it says nothing.
import type { HeldItem, JudgedReported, SweepStore } from "../../core/ports/sweep-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { howExamined } from "../../core/sweeps/examined-again.ts";
import { isSettled } from "../../core/sweeps/judge-again.ts";
import type { Events } from "../../runtime/events.ts";
import type { Logger } from "../../runtime/logger.ts";
import { startLoop } from "../../runtime/loop.ts";
import type { ExamineAgain } from "./examine-again.ts";
import type { JudgeItems } from "./judge-items.ts";

export interface JudgeReportedDeps {
	readonly sweeps: Pick<SweepStore, "reported" | "settleReported" | "returnReported">;
	readonly examine: ExamineAgain;
	readonly judge: JudgeItems;
	readonly signalCatalogue: SignalCatalogue;
	readonly events: Pick<Events, "itemsJudgedAgain">;
	readonly logger: Pick<Logger, "warn">;
}

const lookEveryMs = 1_000;
const backOffMs = 5_000;
/** Each may have to be decoded and scored. */
const itemsPerStep = 25;

export function judgeReported(deps: JudgeReportedDeps): AsyncDisposable {
	const { sweeps, events, logger } = deps;
	const look = createLookAgain(deps);
	/** A platform that confirms an order meanwhile, or a step that fails, makes them due once more, and not after half a minute. */
	const settle = async (items: readonly HeldItem[]): Promise<number> => {
		try {
			return (await sweeps.settleReported(await look(items))).length;
		} catch (error) {
			await sweeps.returnReported(items.map(({ id }) => id));
			throw error;
		}
	};
	const turn = async (): Promise<number> => {
		try {
			const items = await sweeps.reported(itemsPerStep);
			if (items.length === 0) return lookEveryMs;
			const withheld = await settle(items);
			events.itemsJudgedAgain({ items: items.length, withheld });
			return items.length === itemsPerStep ? 0 : lookEveryMs;
		} catch (error) {
			logger.warn({ event: "reported-not-judged", err: error });
			return backOffMs;
		}
	};
	const loop = startLoop(turn);
	return { [Symbol.asyncDispose]: () => loop.stop() };
}

type LookAgainDeps = Pick<JudgeReportedDeps, "examine" | "judge" | "signalCatalogue">;

function createLookAgain({ examine, judge, signalCatalogue }: LookAgainDeps) {
	return async (items: readonly HeldItem[]): Promise<readonly JudgedReported[]> => {
		const looked = await Promise.all(
			items.map(async (item) => (isSettled(item) ? item : { ...item, again: await examine(item) })),
		);
		const judged = await judge(looked, null);
		return judged.map((one, at) => {
			const { again } = looked[at] ?? {};
			return { ...one, examined: again === undefined ? null : howExamined(again, signalCatalogue) };
		});
	};
}

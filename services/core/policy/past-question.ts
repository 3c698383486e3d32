// What another policy would have made of verdicts of the past, and how sure that is: it is worked out from what was recorded of each item, and where
// that policy would have had something looked at that nobody looked at, the answer is doubted and says why. It decides nothing, and knows no store.
import { z } from "zod";
import type { ItemId } from "../ids.ts";
import type { PastDecision } from "../rules/backtest.ts";
import { type Interval, wilsonInterval } from "../scoring/threshold.ts";
import type { SignalCatalogue } from "../signals/catalogue.ts";
import { unexaminedIn } from "../signals/unexamined/unexamined.ts";
import { type JudgedItem, verdictUnder } from "./foretell.ts";
import { mayLookOn } from "./legal-basis.ts";
import type { Policies } from "./policy.ts";
import { type Verdict, type VerdictAction, verdictAction } from "./verdict.ts";

/** One verdict of the past. */
export interface PastVerdict extends JudgedItem {
	readonly itemId: ItemId;
	/** What was done about it. */
	readonly action: VerdictAction;
	/** A breaker had left it to people. */
	readonly isDiverted: boolean;
	/** Many near-alike entries answered, and it names the nearest alone. */
	readonly isShortened: boolean;
}

/**
 * `not-looked`: the asked policy lets detectors look at it that were not allowed to. `model-not-asked`: something known had decided, so that no model
 * was asked, and the asked policy lets that pass. `breaker`: one had left it to people, and might have again. `shortened`: it goes another
 * way, and not all entries that answered are recorded.
 */
const doubts = ["not-looked", "model-not-asked", "breaker", "shortened"] as const;
export type Doubt = (typeof doubts)[number];

const count = z.int().min(0);
const flow = z
	.object({
		from: verdictAction,
		to: verdictAction,
		items: count,
		/** Those of them of which the answer is doubted. */
		unsure: count,
		/** What people decided of them since. */
		removed: count,
		letBe: count,
	})
	.readonly();
export type Flow = z.infer<typeof flow>;

/** As it is kept and sent. */
export const questionTally = z
	.object({
		examined: count,
		/** From what was done to what would have been; what stays as it is, too. */
		flows: z.array(flow).readonly(),
		/** Why answers are doubted; one may be for several reasons. */
		doubted: z.object(Object.fromEntries(doubts.map((one) => [one, count])) as Record<Doubt, typeof count>).readonly(),
	})
	.readonly();
export type QuestionTally = z.infer<typeof questionTally>;

export const emptyQuestionTally: QuestionTally = {
	...{ examined: 0, flows: [] },
	doubted: { "not-looked": 0, "model-not-asked": 0, breaker: 0, shortened: 0 },
};

interface Answer {
	readonly past: PastVerdict;
	readonly to: VerdictAction;
	readonly doubts: readonly Doubt[];
}

export function answersUnder(
	policies: Pick<Policies, "of">,
	page: readonly PastVerdict[],
	catalogue: SignalCatalogue,
): readonly Answer[] {
	return page.map((past) => {
		const would = verdictUnder(policies, past, catalogue);
		return { past, to: would.action, doubts: doubtsOf(past, would, policies) };
	});
}

function doubtsOf(past: PastVerdict, would: Verdict, policies: Pick<Policies, "of">): readonly Doubt[] {
	const policy = policies.of(past.platformId, past.surface, past.country);
	const mayLookNow = unexaminedIn(past.signals).some((kind) => mayLookOn(policy, kind, past.surface));
	const isKnownAlone = has(past, "matched") && !has(past, "scored") && past.action !== "none";
	const doubted: Readonly<Record<Doubt, boolean>> = {
		"not-looked": mayLookNow,
		"model-not-asked": isKnownAlone && would.action === "none",
		breaker: past.isDiverted,
		shortened: past.isShortened && would.action !== past.action,
	};
	return doubts.filter((one) => doubted[one]);
}

function has({ signals }: PastVerdict, kind: string): boolean {
	return signals.some((one) => one.kind === kind);
}

/** Decisions are of those that would have gone another way. */
export function addAnswers(
	tally: QuestionTally,
	answers: readonly Answer[],
	decisions: ReadonlyMap<ItemId, PastDecision>,
): QuestionTally {
	const flows = new Map(tally.flows.map((one) => [keyOf(one), one]));
	const doubted = { ...tally.doubted };
	for (const { past, to, doubts: own } of answers) {
		const before = flows.get(keyOf({ from: past.action, to })) ?? emptyFlow(past.action, to);
		const { decision } = decisions.get(past.itemId) ?? { decision: null };
		for (const one of own) doubted[one] += 1;
		flows.set(keyOf(before), {
			...before,
			items: before.items + 1,
			unsure: before.unsure + (own.length > 0 ? 1 : 0),
			removed: before.removed + (decision === "remove" ? 1 : 0),
			letBe: before.letBe + (decision === "restore" ? 1 : 0),
		});
	}
	return { examined: tally.examined + answers.length, flows: [...flows.values()], doubted };
}

const keyOf = ({ from, to }: Pick<Flow, "from" | "to">) => `${from} ${to}`;

function emptyFlow(from: VerdictAction, to: VerdictAction): Flow {
	return { from, to, items: 0, unsure: 0, removed: 0, letBe: 0 };
}

/** Whether the item would have gone another way. */
export function isMoved({ from, to }: Pick<Flow, "from" | "to">): boolean {
	return from !== to;
}

export interface FlowOutlook extends Flow {
	/** In all verdicts of that time, with what a sample of them leaves open (95 %); exact where all were looked at. */
	readonly inAll: Interval;
	/** How many people removed of those that they decided; null where they have decided none. */
	readonly precision: (Interval & { readonly share: number }) | null;
}

/** `verdicts`: of that time, looked at or not. */
export function outlookOf(tally: QuestionTally, verdicts: number): readonly FlowOutlook[] {
	return tally.flows.map((one) => {
		const { items, removed, letBe } = one;
		const decided = removed + letBe;
		const all = Math.max(verdicts, tally.examined);
		const { low, high } =
			tally.examined >= all ? { low: items / all, high: items / all } : wilsonInterval(items, tally.examined);
		return {
			...one,
			inAll: { low: Math.round(low * all), high: Math.round(high * all) },
			precision: decided === 0 ? null : { share: removed / decided, ...wilsonInterval(removed, decided) },
		};
	});
}

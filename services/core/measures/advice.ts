// Decides which measures rules advise of an item, and which of these a machine carries out by itself: where the policy of the place leaves them to
// it, people see the item in any case, and no breaker is open. All others are recommended to whoever holds the case (cases/limit-spread.ts).
import type { PlatformId } from "../ids.ts";
import type { OrderAction } from "../orders/order.ts";
import { type BreakerScope, everything } from "../policy/breaker.ts";
import type { Policy } from "../policy/policy.ts";
import type { Verdict } from "../policy/verdict.ts";
import { spokenBy } from "../signals/rule/rule-signal.ts";
import type { Signal } from "../signals/signal.ts";
import type { Measure, MeasureKind } from "./measure.ts";

export interface Advice {
	readonly measure: Measure;
	/** The first of those that advise it. */
	readonly rule: string;
}

/** What rules advise that were asked in earnest, each measure once. */
export function advisedBy(signals: readonly Signal[]): readonly Advice[] {
	const found = new Map<string, Advice>();
	for (const signal of signals) {
		const said = spokenBy(signal);
		if (said === null || said.outcome !== "held" || said.isOnModelAlone) continue;
		if (said.does.limitSpread === true && !found.has("limit-spread"))
			found.set("limit-spread", { measure: { kind: "limit-spread" }, rule: said.rule });
	}
	return [...found.values()];
}

/** A live rule would have the item spread less until somebody has decided. */
export function advisesLimit(signals: readonly Signal[]): boolean {
	return advisedBy(signals).some(({ measure }) => measure.kind === "limit-spread");
}

const settingOf = { "limit-spread": "spreadLimits" } as const satisfies Record<MeasureKind, keyof Policy>;

interface MachinePlace {
	readonly policy: Policy;
	readonly platformId: PlatformId;
	readonly isOpen: (scope: BreakerScope) => boolean;
}

/** Nobody would look at what comes before nobody, and end it; what is withheld is under more already. */
export function leftToMachines(
	{ action, signals }: Pick<Verdict, "action" | "signals">,
	{ policy, platformId, isOpen }: MachinePlace,
): readonly Advice[] {
	if (action !== "review" || isOpen(everything) || isOpen({ kind: "platform", key: platformId })) return [];
	return advisedBy(signals).filter(({ measure }) => policy[settingOf[measure.kind]] === "machine");
}

/** What the platform is told of an item as it comes in; null where it is told nothing. */
export function orderOnArrival({
	verdict: { action },
	measures = [],
}: {
	readonly verdict: Pick<Verdict, "action">;
	readonly measures?: readonly Advice[];
}): { readonly action: OrderAction; readonly rule?: string } | null {
	if (action === "withhold") return { action };
	const limit = measures.find(({ measure }) => measure.kind === "limit-spread");
	return limit === undefined ? null : { action: "limit-spread", rule: limit.rule };
}

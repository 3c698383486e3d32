// Decides which measures rules advise of an item, and which of these a machine carries out by itself: where the policy of the place leaves them to
// it, people see the item in any case, and no breaker is open. All others are recommended to whoever holds the case (cases/change-measure.ts).
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
		const { does, rule } = said;
		const advised: readonly Measure[] = [
			...(does.limitSpread === true ? [{ kind: "limit-spread" } as const] : []),
			...(does.label === undefined ? [] : [{ kind: "label", label: does.label } as const]),
			...(does.friction === true ? [{ kind: "friction" } as const] : []),
		];
		for (const measure of advised) {
			const key = measure.kind === "label" ? `label:${measure.label}` : measure.kind;
			if (!found.has(key)) found.set(key, { measure, rule });
		}
	}
	return [...found.values()];
}

/** A live rule would have the item spread less until somebody has decided. */
export function advisesLimit(signals: readonly Signal[]): boolean {
	return advisedBy(signals).some(({ measure }) => measure.kind === "limit-spread");
}

const settingOf = {
	"limit-spread": "spreadLimits",
	label: "labels",
	friction: "friction",
} as const satisfies Record<MeasureKind, keyof Policy>;

interface MachinePlace {
	readonly policy: Policy;
	readonly platformId: PlatformId;
	readonly isOpen: (scope: BreakerScope) => boolean;
}

/** Nobody would look at what comes before nobody, and end it; of what is withheld the account alone can be slowed down. */
export function leftToMachines(
	{ action, signals }: Pick<Verdict, "action" | "signals">,
	{ policy, platformId, isOpen }: MachinePlace,
): readonly Advice[] {
	if (action === "none" || isOpen(everything) || isOpen({ kind: "platform", key: platformId })) return [];
	return advisedBy(signals).filter(
		({ measure }) =>
			policy[settingOf[measure.kind]] === "machine" && (action === "review" || measure.kind === "friction"),
	);
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

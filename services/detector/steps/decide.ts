import { type BreakerScope, divertVerdict } from "../../core/policy/breaker.ts";
import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import { next, type Step } from "../step.ts";
import type { Decided, Examined } from "../values.ts";

export interface DecideDeps {
	readonly policy: Policy;
	readonly signalCatalogue: SignalCatalogue;
	readonly breakers: { isOpen(scope: BreakerScope): boolean };
}

/** The policy's verdict, unless a breaker leaves it to people. */
export function createDecide({ policy, signalCatalogue, breakers }: DecideDeps): Step<Examined, Decided> {
	return async (item) => {
		const verdict = decideVerdict(item.signals, item.surface, policy, signalCatalogue);
		return next({
			...item,
			verdict: divertVerdict(verdict, item.platform.id, (scope) => breakers.isOpen(scope)),
		});
	};
}

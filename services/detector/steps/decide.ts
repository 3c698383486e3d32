import { type BreakerScope, divertVerdict } from "../../core/policy/breaker.ts";
import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import type { Policies, Policy } from "../../core/policy/policy.ts";
import { shortenVerdict } from "../../core/policy/shorten-verdict.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import type { Platform } from "../../core/ports/platform-store.ts";
import type { SignalCatalogue } from "../../core/signals/catalogue.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { next, type Step } from "../step.ts";
import type { Admitted, Clustered, Decided } from "../values.ts";

export interface DecideDeps {
	readonly policies: Pick<Policies, "of">;
	readonly signalCatalogue: SignalCatalogue;
	readonly breakers: { isOpen(scope: BreakerScope): boolean };
}

/** The verdict of the policy in force at this moment, which it names, unless a breaker leaves it to people. */
export function createDecide(deps: DecideDeps): Step<Clustered, Decided> {
	const { signalCatalogue: catalogue, breakers } = deps;
	const isOpen = (scope: BreakerScope) => breakers.isOpen(scope);
	return async (item) => {
		const policy = deps.policies.of(item.platform.id, item.surface);
		const verdict = verdictOf(item, item.signals, policy, deps);
		return next({ ...item, verdict, shortened: shortenVerdict(verdict, { policy, catalogue, isOpen }) });
	};
}

/** What these signals come to for the item. One that is withheld stays so until people have decided. */
export function verdictOf(
	{
		surface,
		platform,
		isWithheld,
	}: Pick<Admitted, "surface" | "isWithheld"> & {
		readonly platform: Pick<Platform, "id">;
	},
	signals: readonly Signal[],
	policy: Policy,
	{ signalCatalogue, breakers }: Pick<DecideDeps, "signalCatalogue" | "breakers">,
): Verdict {
	const verdict = decideVerdict(signals, surface, policy, signalCatalogue);
	return isWithheld
		? { ...verdict, action: "withhold" }
		: divertVerdict(verdict, platform.id, (scope) => breakers.isOpen(scope));
}

// What another policy would have made of items that were judged already: the verdict is worked out anew from their recorded signals, once
// under either policy. Signals stay as they were: a model that was not asked, because something known had decided, is not asked now.
import type { PlatformId } from "../ids.ts";
import { type SignalCatalogue, signalCatalogue } from "../signals/catalogue.ts";
import type { Signal } from "../signals/signal.ts";
import type { Country } from "../wire/country.ts";
import type { Surface } from "../wire/item-event.ts";
import { decideVerdict } from "./decide-verdict.ts";
import { examiningKind, mayLookOn } from "./legal-basis.ts";
import { createPolicies, type Policies, type Policy } from "./policy.ts";
import type { PolicySet } from "./policy-set.ts";
import { type Verdict, type VerdictAction, verdictActions } from "./verdict.ts";

/** Enough to see what a change does, and judged again within a second. */
export const itemsForetold = 1_000;

export interface JudgedItem {
	readonly platformId: PlatformId;
	readonly surface: Surface;
	readonly country: Country | null;
	readonly signals: readonly Signal[];
}

export interface Foretold {
	/** How many items were looked at. */
	readonly items: number;
	/** Those items that would go another way; breakers are left out of account. */
	readonly moved: readonly { readonly from: VerdictAction; readonly to: VerdictAction; readonly items: number }[];
	/** Those that would go the same way, at another place in the queue. */
	readonly reordered: number;
}

/** What a policy makes of an item's recorded signals; breakers are left out of account. */
export function verdictUnder(
	policies: Pick<Policies, "of">,
	{ platformId, surface, country, signals }: JudgedItem,
	catalogue: SignalCatalogue,
): Verdict {
	const policy = policies.of(platformId, surface, country);
	return decideVerdict(allowedBy(policy, surface, signals), surface, policy, catalogue);
}

/** What would have been said, had the law let no more look. What another basis would have found, nobody knows. */
function allowedBy(policy: Policy, surface: Surface, signals: readonly Signal[]): readonly Signal[] {
	const isLeft = ({ kind }: Signal) =>
		!examiningKind.options.some((one) => one === kind && !mayLookOn(policy, one, surface));
	return signals.filter(isLeft);
}

export function foretell(
	items: readonly JudgedItem[],
	policies: { readonly now: PolicySet; readonly proposed: PolicySet },
	catalogue: SignalCatalogue = signalCatalogue,
): Foretold {
	// Verdicts made here are counted and thrown away: which revision they name is no matter.
	const [underNow, underProposed] = [createPolicies(policies.now, 1), createPolicies(policies.proposed, 1)];
	const moved = new Map<string, number>();
	let reordered = 0;
	for (const item of items) {
		const [now, proposed] = [verdictUnder(underNow, item, catalogue), verdictUnder(underProposed, item, catalogue)];
		if (now.action !== proposed.action) {
			const move = `${now.action} ${proposed.action}`;
			moved.set(move, (moved.get(move) ?? 0) + 1);
		} else if (now.action !== "none" && now.urgency !== proposed.urgency) reordered += 1;
	}
	const moves = verdictActions.flatMap((from) => verdictActions.map((to) => ({ from, to })));
	return {
		items: items.length,
		moved: moves.flatMap(({ from, to }) => {
			const count = moved.get(`${from} ${to}`) ?? 0;
			return count === 0 ? [] : [{ from, to, items: count }];
		}),
		reordered,
	};
}

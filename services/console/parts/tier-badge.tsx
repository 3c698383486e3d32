import type { Tier } from "../../core/policy/verdict.ts";
import { useWords } from "../shell/console-context.ts";

/** Code and words: the weight of the border adds to them and says nothing alone. */
export function TierBadge({ tier, isIncomplete = false }: { readonly tier: Tier; readonly isIncomplete?: boolean }) {
	const words = useWords();
	return (
		<span class={`tier tier-${tier}`}>
			{tier !== "none" && <span class="tier-code">{tier}</span>}
			<span class="tier-name">
				{tier === "none" && isIncomplete ? words.terms.lane.unavailable : words.terms.tier[tier]}
			</span>
		</span>
	);
}

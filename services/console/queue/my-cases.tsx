import type { WireCaseSummary } from "../../core/wire/review-case.ts";
import { Countdown } from "../parts/moment.tsx";
import { TierBadge } from "../parts/tier-badge.tsx";
import { useWords } from "../shell/console-context.ts";
import { hashOf, shortIdOf } from "../shell/route.ts";

/** Cases that this person still holds, with the time left on each. */
export function MyCases({ cases }: { readonly cases: readonly WireCaseSummary[] }) {
	const words = useWords();
	if (cases.length === 0) return null;
	return (
		<section class="my-cases" aria-label={words.queue.mine}>
			<h2>{words.queue.mine}</h2>
			<ul>
				{cases.map(({ id, tier, isIncomplete, claimedBy }) => (
					<li key={id}>
						<a href={hashOf({ name: "case", id })} aria-label={words.queue.open(shortIdOf(id))}>
							<TierBadge tier={tier} isIncomplete={isIncomplete} />
							<span class="short-id">{shortIdOf(id)}</span>
						</a>
						{claimedBy !== null && <Countdown untilMs={Date.parse(claimedBy.expiresAt)} />}
					</li>
				))}
			</ul>
		</section>
	);
}

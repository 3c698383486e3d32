import { useState } from "preact/hooks";
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";
import { trailOf } from "./describe-event.ts";

const shownAtFirst = 6;

/** Every act of a machine or a person on this case, views included. */
export function Trail({ detail }: { readonly detail: WireCaseDetail }) {
	const words = useWords();
	const { trail } = words.casePage;
	const [isWhole, setWhole] = useState(false);
	const lines = trailOf(detail, words);
	const shown = isWhole ? lines : lines.slice(0, shownAtFirst);
	return (
		<section aria-labelledby="trail-title">
			<h2 id="trail-title">{trail.title}</h2>
			<ol class="trail">
				{shown.map(({ sequence, at, who, what, details, said }) => (
					<li key={sequence}>
						<span class="numbers quiet">
							<ClockTime at={at} />
						</span>
						<span>
							<strong>{who ?? trail.machine}</strong> {what}
							{details.length > 0 && <span class="quiet"> · {details.join(" · ")}</span>}
							{said !== null && <q class="trail-said">{said}</q>}
						</span>
					</li>
				))}
			</ol>
			{lines.length > shownAtFirst && (
				<button type="button" class="link-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
					{isWhole ? trail.showLess : trail.showAll(lines.length)}
				</button>
			)}
		</section>
	);
}

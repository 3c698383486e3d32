import type { WireCaseEvent } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

export function CaseNotes({ events }: { readonly events: readonly WireCaseEvent[] }) {
	const { casePage } = useWords();
	const notes = events.filter(({ kind }) => kind === "commented").toReversed();
	return (
		<section aria-labelledby="notes-title">
			<h2 id="notes-title">{casePage.notes.title}</h2>
			{notes.length === 0 && <p class="quiet">{casePage.notes.none}</p>}
			<ul class="notes">
				{notes.map(({ sequence, at, actor, data }) => (
					<li key={sequence}>
						<p class="note-text">{typeof data.text === "string" ? data.text : ""}</p>
						<p class="quiet">
							{actor.kind === "person" ? actor.displayName : casePage.trail.machine} · <ClockTime at={at} />
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}

import type { WireClock } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";
import { TimeLeft } from "./time-left.tsx";

/** All that ran or run on a case: what each waits for, and how it stands. */
export function DeadlinesOfCase({ clocks }: { readonly clocks: readonly WireClock[] }) {
	const texts = useWords().due;
	return (
		<section aria-labelledby="deadlines-title">
			<h2 id="deadlines-title">{texts.onCase.title}</h2>
			{clocks.length === 0 && <p class="quiet">{texts.onCase.none}</p>}
			<ul class="deadlines">
				{clocks.map((one) => (
					<li key={one.id}>
						<strong>
							<TimeLeft of={one} />
						</strong>{" "}
						{one.urgentReason !== null && <span class="tag">{texts.urgent}</span>}{" "}
						<span class="code">{one.profile}</span>
						<br />
						<span class="quiet">
							{texts.causes[one.cause]}, {texts.received} <ClockTime at={one.receivedAt} />
							{one.dueAt !== null && (
								<>
									, {texts.dueAt} <ClockTime at={one.dueAt} />
								</>
							)}
							. {texts.columns.waits} {one.doneBy.map((event) => texts.events[event]).join(texts.or)}.
						</span>
						{one.urgentReason !== null && <q class="trail-said">{one.urgentReason}</q>}
					</li>
				))}
			</ul>
		</section>
	);
}

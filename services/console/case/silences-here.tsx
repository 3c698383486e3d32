import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { ClockTime } from "../parts/moment.tsx";
import { useWords } from "../shell/console-context.ts";

/** Says that nobody outside is told of the case now, by whose word, and until when. */
export function SilencesHere({ silences }: Pick<WireCaseDetail, "silences">) {
	const texts = useWords().casePage.silences;
	if (silences.length === 0) return null;
	return (
		<div class="notice" role="note">
			<p>{texts.title}</p>
			<ul>
				{silences.map(({ reason, begunBy, begunAt, until, askedBy }) => (
					<li key={begunAt}>
						{askedBy === null ? begunBy : `${askedBy.authority} (${askedBy.reference})`}: {reason}
						{" – "}
						{until === null ? texts.open : texts.until} {until !== null && <ClockTime at={until} />}
					</li>
				))}
			</ul>
		</div>
	);
}

// What people reported of the case: how many, how many they are, and what they name. Who they are, and what they wrote, is on the pages of
// their reports. Places are text, never links: nobody opens one by mistake.
import type { WireCaseReports } from "../../core/wire/review-case.ts";
import { useWords } from "../shell/console-context.ts";

interface ReportsHereProps {
	readonly reports: WireCaseReports;
	/** Some item of the case is with a platform of ours. */
	readonly isHeld: boolean;
}

export function ReportsHere({ reports, isHeld }: ReportsHereProps) {
	const words = useWords();
	const texts = words.casePage.reports;
	const { voices, trusted } = reports.counted;
	return (
		<section aria-labelledby="reports-title">
			<h2 id="reports-title">{texts.title}</h2>
			{!isHeld && <p class="notice">{texts.notHeld}</p>}
			{reports.danger > 0 && <p class="notice notice-problem">{texts.danger(reports.danger)}</p>}
			<p class="numbers">
				{texts.counts(reports.reports, reports.reporters)}
				{reports.answered > 0 && ` · ${texts.answered(reports.answered)}`}
			</p>
			<ul>
				{reports.about.map(({ about, reports: count }) => (
					<li key={about} class="numbers">
						{words.reports.subjects[about]}: {count}
					</li>
				))}
			</ul>
			<p class="quiet">{texts.counted(voices, trusted)}</p>
			<h3>{texts.places}</h3>
			<p class="quiet">{texts.placesNote}</p>
			<ul>
				{reports.places.map((place) => (
					<li key={place} class="code">
						{place}
					</li>
				))}
			</ul>
		</section>
	);
}

// What spreads faster than it should, those first that go on: of things, links and domains with a case, and of accounts, banks, rules and platforms without one.
import type { WireListedOutbreak } from "../../core/wire/outbreaks-api.ts";
import { formatCount, formatTenths } from "../format/number.ts";
import { useReread } from "../hooks/use-reread.ts";
import { useResource } from "../hooks/use-resource.ts";
import { CaseLink } from "../parts/case-link.tsx";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { ClockTime } from "../parts/moment.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import { Loaded, PlainPage } from "../shell/plain-page.tsx";
import { shortLabel } from "./short-label.ts";

export function OutbreaksScreen() {
	const texts = usePreferences().words.outbreaks;
	const { client } = useDesk();
	const found = useResource("outbreaks", () => client.outbreaks());
	useReread(found.reload);
	return (
		<PlainPage title={texts.title} class="now">
			<p class="quiet">{texts.intro}</p>
			<Loaded resource={found}>
				{({ outbreaks }) =>
					outbreaks.length === 0 ? <p class="quiet">{texts.none}</p> : <OutbreakTable outbreaks={outbreaks} />
				}
			</Loaded>
		</PlainPage>
	);
}

function OutbreakTable({ outbreaks }: { readonly outbreaks: readonly WireListedOutbreak[] }) {
	const { words, language } = usePreferences();
	const texts = words.outbreaks;
	const columns: readonly Column<WireListedOutbreak>[] = [
		{
			name: texts.columns.of,
			cell: ({ of, label }) => (
				<>
					{texts.subjects[of]} <span class="code">{shortLabel(label)}</span>
				</>
			),
		},
		{ name: texts.columns.found, cell: ({ foundAt }) => <ClockTime at={foundAt} /> },
		{
			name: texts.columns.howFast,
			cell: ({ of, alert: { voices, expected, inSeconds } }) =>
				texts.found(of, voices, inSeconds / 60, formatTenths(expected, language)),
		},
		{ name: texts.columns.lastHour, isNumber: true, cell: ({ lastHour }) => formatCount(lastHour, language) },
		{ name: texts.columns.spread, cell: ({ caseId, spread }) => (caseId === null ? "–" : texts.spread[spread]) },
		{ name: texts.columns.case, cell: ({ caseId }) => <CaseLink id={caseId} /> },
		{ name: texts.columns.trippedIn, cell: ({ trippedIn }) => <CaseLink id={trippedIn} /> },
		{
			name: texts.columns.state,
			cell: ({ ended }) =>
				ended === null ? (
					<strong>{texts.goesOn}</strong>
				) : (
					<>
						<ClockTime at={ended.at} />: {texts.ends[ended.because]}
					</>
				),
		},
	];
	return <DataTable rows={outbreaks} keyOf={({ id }) => id} columns={columns} />;
}

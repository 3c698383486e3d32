import { figuresWithin } from "../../core/history/ladder.ts";
import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount, formatPercent } from "../format/number.ts";
import { formatDuration } from "../format/time.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"ladder">["rows"][number];

/** How much was withheld within how long, beside what laws ask for and others report. */
export function LadderTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const texts = words.trends.ladder;
	const resource = useTrend("ladder", asked, trendAnswers.ladder);
	const percent = (share: number) => formatPercent(share, language);
	const columns: readonly Column<Row>[] = [
		{ name: texts.within, class: "duration", cell: (row) => formatDuration(row.within_ms, words.terms.time) },
		{ name: texts.share, isNumber: true, cell: ({ share }) => (share === null ? "–" : percent(share)) },
		{ name: texts.inTime, isNumber: true, cell: (row) => formatCount(row.in_time, language) },
		{
			name: texts.beside,
			cell: (row) =>
				figuresWithin(row.within_ms).map(({ says, share, source }) => (
					<p key={source}>
						{says[language]}
						{share === null ? "" : `: ${percent(share)}`} <span class="quiet">({source})</span>
					</p>
				)),
		},
	];
	return (
		<TrendSection {...{ title: texts.title, text: texts.text, view: "ladder", asked, resource }}>
			{({ rows }) => <DataTable rows={rows} keyOf={(row) => String(row.within_ms)} columns={columns} />}
		</TrendSection>
	);
}

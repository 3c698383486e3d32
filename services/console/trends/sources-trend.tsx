import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount, formatProbability } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"sources">["rows"][number];

/** What each bank and model found, and how right it was. */
export function SourcesTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const { sources: texts, title } = { ...words.trends, title: words.trends.sources.title };
	const resource = useTrend("sources", asked, trendAnswers.sources);
	const share = (value: number) => formatProbability(value, language);
	const columns: readonly Column<Row>[] = [
		{ name: texts.source, class: "code", cell: ({ source, name }) => <span title={source}>{name ?? source}</span> },
		{ name: texts.items, isNumber: true, cell: ({ items }) => formatCount(items, language) },
		{ name: texts.confirmed, isNumber: true, cell: ({ confirmed }) => formatCount(confirmed, language) },
		{ name: texts.decided, isNumber: true, cell: ({ decided }) => formatCount(decided, language) },
		{
			name: texts.precision,
			cell: ({ precision }) =>
				precision === null ? (
					<span class="quiet">{texts.undecided}</span>
				) : (
					texts.between(share(precision.share), share(precision.atLeast), share(precision.atMost))
				),
		},
	];
	return (
		<TrendSection {...{ title, text: texts.text, view: "sources", asked, resource }}>
			{({ rows }) => <DataTable rows={rows} keyOf={({ source }) => source} columns={columns} />}
		</TrendSection>
	);
}

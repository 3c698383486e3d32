import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"clusters">["rows"][number];

/** What is one thing with others: how much of it is new, and how far it has come. */
export function ClustersTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const texts = words.trends.clusters;
	const resource = useTrend("clusters", asked, trendAnswers.clusters);
	const number = (name: string, of: (row: Row) => number): Column<Row> => ({
		...{ name, isNumber: true, cell: (row) => formatCount(of(row), language) },
	});
	const columns: readonly Column<Row>[] = [
		{ name: words.trends.day, cell: ({ day }) => day },
		number(texts.clusters, ({ clusters }) => clusters),
		number(texts.grown, ({ grown }) => grown),
		number(texts.spread, ({ spread }) => spread),
		number(texts.items, ({ items }) => items),
		number(texts.largest, ({ largest }) => largest),
	];
	return (
		<TrendSection {...{ title: texts.title, text: texts.text, view: "clusters", asked, resource }}>
			{({ rows }) => <DataTable rows={rows} keyOf={({ day }) => day} columns={columns} />}
		</TrendSection>
	);
}

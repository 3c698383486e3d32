import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"later">["rows"][number];

/** Earlier items that were judged again. */
export function LaterTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const texts = words.trends.later;
	const resource = useTrend("later", asked, trendAnswers.later);
	const occasions: Readonly<Record<string, string>> = texts.occasions;
	const number = (name: string, of: (row: Row) => number): Column<Row> => ({
		...{ name, isNumber: true, cell: (row) => formatCount(of(row), language) },
	});
	const columns: readonly Column<Row>[] = [
		{ name: words.trends.day, cell: ({ day }) => day },
		{ name: texts.by, cell: ({ occasion }) => occasions[occasion] ?? occasion },
		number(texts.items, ({ items }) => items),
		number(texts.unknown, (row) => row.unknown_before),
		number(texts.withheld, ({ withheld }) => withheld),
		number(texts.reviewed, ({ reviewed }) => reviewed),
	];
	return (
		<TrendSection {...{ title: texts.title, text: texts.text, view: "later", asked, resource }}>
			{({ rows }) => <DataTable rows={rows} keyOf={({ day, occasion }) => `${day} ${occasion}`} columns={columns} />}
		</TrendSection>
	);
}

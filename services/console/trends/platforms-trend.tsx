import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"platforms">["rows"][number];

/** What came from where, and what was found in it. */
export function PlatformsTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const texts = words.trends.platforms;
	const resource = useTrend("platforms", asked, trendAnswers.platforms);
	const columns: readonly Column<Row>[] = [
		{ name: texts.platform, cell: ({ platform }) => platform },
		{ name: texts.items, isNumber: true, cell: ({ items }) => formatCount(items, language) },
		{ name: texts.found, isNumber: true, cell: ({ found }) => formatCount(found, language) },
		{ name: texts.withheld, isNumber: true, cell: ({ withheld }) => formatCount(withheld, language) },
	];
	return (
		<TrendSection {...{ title: texts.title, view: "platforms", asked, resource }}>
			{({ rows }) => <DataTable rows={rows} keyOf={({ platform }) => platform} columns={columns} />}
		</TrendSection>
	);
}

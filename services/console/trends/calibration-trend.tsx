import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount, formatPercent } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"calibration">["rows"][number];

/** How far what models say lies from what people decide. */
export function CalibrationTrend({ asked }: { readonly asked: TrendQuery }) {
	const { words, language } = usePreferences();
	const texts = words.trends.calibration;
	const resource = useTrend("calibration", asked, trendAnswers.calibration);
	const curves: Readonly<Record<string, string>> = texts.curves;
	const columns: readonly Column<Row>[] = [
		{ name: texts.model, class: "code", cell: ({ source }) => source },
		{ name: words.trends.platforms.platform, cell: ({ platform }) => platform },
		{ name: texts.curve, cell: ({ curve }) => (curve === null ? texts.none : (curves[curve] ?? curve)) },
		{ name: texts.cases, isNumber: true, cell: ({ cases }) => formatCount(cases, language) },
		{ name: texts.confirmed, isNumber: true, cell: ({ confirmed }) => formatCount(confirmed, language) },
		{ name: texts.error, isNumber: true, cell: ({ error }) => formatPercent(error, language) },
	];
	return (
		<TrendSection {...{ title: texts.title, text: texts.text, view: "calibration", asked, resource }}>
			{({ rows }) => (
				<DataTable
					rows={rows}
					keyOf={({ source, platform, curve }) => `${source} ${platform} ${curve}`}
					columns={columns}
				/>
			)}
		</TrendSection>
	);
}

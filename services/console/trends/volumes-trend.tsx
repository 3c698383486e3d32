import { useMemo } from "preact/hooks";
import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { wordFor } from "../language/dictionary.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import { byDay, daysFrom } from "./by-day.ts";
import { type ChartLine, LineChart } from "./line-chart.tsx";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"volumes">["rows"][number];

/** How much was found, by day. */
export function VolumesTrend({ asked }: { readonly asked: TrendQuery }) {
	const texts = usePreferences().words.trends;
	const resource = useTrend("volumes", asked, trendAnswers.volumes);
	return (
		<TrendSection
			{...{ title: texts.volumes.title, text: texts.volumes.text }}
			{...{ view: "volumes", asked, resource }}
		>
			{(answer) => <Volumes answer={answer} />}
		</TrendSection>
	);
}

function Volumes({ answer: { fromDay, rows } }: { readonly answer: TrendAnswer<"volumes"> }) {
	const { words, language } = usePreferences();
	const { nowMs } = useDesk();
	const { trends: texts } = words;
	const chart = useMemo(() => {
		const days = daysFrom(fromDay, nowMs());
		const line = (amountOf: (row: Row) => number) =>
			byDay(days, rows, (of) => of.reduce((sum, row) => sum + amountOf(row), 0)).map((count) => count ?? 0);
		const lines: readonly ChartLine[] = [
			{ name: texts.volumes.withheld, values: line(({ withheld }) => withheld), color: "--alert-text" },
			{ name: texts.volumes.reviewed, values: line(({ reviewed }) => reviewed), color: "--accent", dash: [6, 4] },
		];
		return { times: days, lines };
	}, [fromDay, rows, nowMs, texts]);
	const count = (value: number) => formatCount(value, language);
	const columns: readonly Column<Row>[] = [
		{ name: texts.day, cell: ({ day }) => day },
		{ name: texts.volumes.tier, cell: ({ tier }) => wordFor(words.terms.tier, tier) },
		{ name: texts.volumes.items, isNumber: true, cell: ({ items }) => count(items) },
		{ name: texts.volumes.withheld, isNumber: true, cell: ({ withheld }) => count(withheld) },
		{ name: texts.volumes.reviewed, isNumber: true, cell: ({ reviewed }) => count(reviewed) },
	];
	return (
		<>
			<LineChart label={texts.volumes.text} timeName={texts.day} {...chart} format={count} isCount />
			<details>
				<summary>{texts.inNumbers}</summary>
				<DataTable rows={rows} keyOf={({ day, tier }) => `${day} ${tier}`} columns={columns} />
			</details>
		</>
	);
}

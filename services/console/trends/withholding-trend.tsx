import { useMemo } from "preact/hooks";
import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount, formatSeconds } from "../format/number.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { useDesk, usePreferences } from "../shell/console-context.ts";
import { byDay, daysFrom } from "./by-day.ts";
import { type ChartLine, LineChart } from "./line-chart.tsx";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

type Row = TrendAnswer<"withholding">["rows"][number];

/** How soon platforms said that they withheld. */
export function WithholdingTrend({ asked }: { readonly asked: TrendQuery }) {
	const texts = usePreferences().words.trends;
	const resource = useTrend("withholding", asked, trendAnswers.withholding);
	return (
		<TrendSection
			{...{ title: texts.withholding.title, text: texts.withholding.text }}
			{...{ view: "withholding", asked, resource }}
		>
			{(answer) => <Withholding answer={answer} />}
		</TrendSection>
	);
}

function Withholding({ answer: { fromDay, rows } }: { readonly answer: TrendAnswer<"withholding"> }) {
	const { words, language } = usePreferences();
	const { nowMs } = useDesk();
	const { trends: texts } = words;
	const chart = useMemo(() => {
		const days = daysFrom(fromDay, nowMs());
		const line = (amountOf: (row: Row) => number | null) =>
			byDay(days, rows, ([row]) => (row === undefined ? null : amountOf(row)));
		const lines: readonly ChartLine[] = [
			{ name: texts.withholding.p50, values: line(({ p50_ms }) => p50_ms), color: "--accent" },
			{ name: texts.withholding.p95, values: line(({ p95_ms }) => p95_ms), color: "--alert-text", dash: [6, 4] },
		];
		return { times: days, lines };
	}, [fromDay, rows, nowMs, texts]);
	const seconds = (ms: number | null) => (ms === null ? "–" : formatSeconds(ms, language));
	const columns: readonly Column<Row>[] = [
		{ name: texts.day, cell: ({ day }) => day ?? texts.all },
		{ name: texts.withholding.orders, isNumber: true, cell: ({ orders }) => formatCount(orders, language) },
		{ name: texts.withholding.p50, isNumber: true, cell: ({ p50_ms }) => seconds(p50_ms) },
		{ name: texts.withholding.p95, isNumber: true, cell: ({ p95_ms }) => seconds(p95_ms) },
		{ name: texts.withholding.p99, isNumber: true, cell: ({ p99_ms }) => seconds(p99_ms) },
	];
	const whole = rows.filter(({ day }) => day === null);
	const keyOf = ({ day }: Row) => day ?? "all";
	// A curve of nothing would have a scale of nothings.
	if (rows.every(({ orders }) => orders === 0)) return <p class="quiet">{texts.empty}</p>;
	return (
		<>
			<DataTable rows={whole} keyOf={keyOf} columns={columns} />
			<LineChart label={texts.withholding.text} timeName={texts.day} {...chart} format={seconds} />
			<details>
				<summary>{texts.inNumbers}</summary>
				<DataTable rows={rows.filter(({ day }) => day !== null)} keyOf={keyOf} columns={columns} />
			</details>
		</>
	);
}

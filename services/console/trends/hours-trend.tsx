import { type TrendAnswer, type TrendQuery, trendAnswers } from "../../core/wire/trend-api.ts";
import { formatCount } from "../format/number.ts";
import { usePreferences } from "../shell/console-context.ts";
import { TrendSection } from "./trend-section.tsx";
import { useTrend } from "./use-trend.ts";

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When in the week something is found: who works nights wants to know. */
export function HoursTrend({ asked }: { readonly asked: TrendQuery }) {
	const texts = usePreferences().words.trends.hours;
	const resource = useTrend("hours", asked, trendAnswers.hours);
	return (
		<TrendSection {...{ title: texts.title, text: texts.text, view: "hours", asked, resource }}>
			{({ rows }) => <Week rows={rows} />}
		</TrendSection>
	);
}

function Week({ rows }: { readonly rows: TrendAnswer<"hours">["rows"] }) {
	const { words, language } = usePreferences();
	const texts = words.trends.hours;
	const most = Math.max(1, ...rows.map(({ found }) => found));
	const count = (value: number) => formatCount(value, language);
	const cellOf = (weekday: number, hour: number) => {
		const row = rows.find((one) => one.weekday === weekday && one.hour_utc === hour);
		const { found, items } = row ?? { found: 0, items: 0 };
		const text = texts.cell(count(found), count(items));
		return (
			<td key={hour} title={text} style={{ "--share": found / most }}>
				<span class="for-readers">{text}</span>
			</td>
		);
	};
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keyboard too
		<div class="table-frame" tabIndex={0}>
			<table class="week">
				<thead>
					<tr>
						<td />
						{hours.map((hour) => (
							<th key={hour} scope="col">
								{hour}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{texts.weekdays.map((name, index) => (
						<tr key={name}>
							<th scope="row">{name}</th>
							{hours.map((hour) => cellOf(index + 1, hour))}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

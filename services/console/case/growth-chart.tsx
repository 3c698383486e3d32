import { useMemo } from "preact/hooks";
import type { WireOutbreak } from "../../core/wire/review-outbreak.ts";
import { formatCount } from "../format/number.ts";
import { formatAbsolute, formatAxis } from "../format/time.ts";
import { usePreferences } from "../shell/console-context.ts";
import { type ChartLine, LineChart } from "../trends/line-chart.tsx";

/** All that had come by each minute. Drawn once, whatever is typed or ticks beside it. */
export function GrowthChart({ outbreak: { curve } }: { readonly outbreak: WireOutbreak }) {
	const { words, language, zone } = usePreferences();
	const texts = words.casePage.outbreak;
	return useMemo(() => {
		let items = 0;
		const grown = curve.map((one) => {
			items += one.items;
			return items;
		});
		const [begun = 0, ...rest] = curve.map(({ at }) => Date.parse(at));
		const spanMs = (rest.at(-1) ?? begun) - begun;
		const lines: readonly ChartLine[] = [{ name: texts.items, values: grown, color: "--alert-text" }];
		return (
			<LineChart
				{...{ label: texts.chart, timeName: texts.minute, isCount: true, lines }}
				times={curve.map(({ at }) => at)}
				format={(value) => formatCount(value, language)}
				axisText={(seconds) => formatAxis(new Date(seconds * 1_000), zone, spanMs)}
				timeText={(seconds) => formatAbsolute(new Date(seconds * 1_000), zone)}
			/>
		);
	}, [curve, texts, language, zone]);
}

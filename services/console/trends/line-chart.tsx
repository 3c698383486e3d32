import { useLayoutEffect, useRef } from "preact/hooks";
import uPlot from "uplot";

export interface ChartLine {
	readonly name: string;
	/** A value for each time; null leaves a gap. */
	readonly values: readonly (number | null)[];
	/** A custom property of the page's style; lines differ in their dashes, too. */
	readonly color: string;
	readonly dash?: readonly number[];
}

interface LineChartProps {
	/** What is drawn, for those who do not see it; the numbers stand in a table below. */
	readonly label: string;
	readonly timeName: string;
	/** YYYY-MM-DD, UTC; or moments, with `timeText`. */
	readonly times: readonly string[];
	readonly lines: readonly ChartLine[];
	readonly format: (value: number) => string;
	/** How moments are said in the legend; without it, days as they are written. */
	readonly timeText?: (seconds: number) => string;
	/** The same below the axis, where there is less room. */
	readonly axisText?: (seconds: number) => string;
	/** Values are counts: the scale has no halves. */
	readonly isCount?: boolean;
}

const height = 220;
/** The shortest is what curves of moments are counted by. */
const timeStepsSeconds = [1, 2, 5, 10, 30, 60, 180, 360, 720, 1_440].map((minutes) => 60 * minutes);
const countSteps = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** Lines over time. The values under the pointer stand in the legend. */
export function LineChart(props: LineChartProps) {
	const frame = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		const at = frame.current;
		if (at === null) return;
		const chart = draw(at, props);
		const watch = new ResizeObserver(() => chart.setSize({ width: at.clientWidth, height }));
		watch.observe(at);
		return () => {
			watch.disconnect();
			chart.destroy();
		};
	}, [props]);
	return <div class="chart" role="img" aria-label={props.label} ref={frame} />;
}

function draw(
	at: HTMLElement,
	{ timeName, times, lines, format, timeText, axisText, isCount = false }: LineChartProps,
): uPlot {
	const style = getComputedStyle(at);
	const colorOf = (name: string) => style.getPropertyValue(name);
	const axis = {
		stroke: colorOf("--quiet"),
		grid: { stroke: colorOf("--line"), width: 1 },
		font: `13px ${style.fontFamily}`,
	};
	const dayOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);
	const nameOf = timeText ?? dayOf;
	return new uPlot(
		{
			width: at.clientWidth,
			height,
			scales: { y: { range: (_chart, _low, high) => [0, Math.max(high * 1.05, isCount ? 1 : 0.001)] } },
			axes: [
				timeText === undefined
					? { ...axis, values: (_chart, splits) => splits.map((one) => dayOf(one).slice(5)) }
					: {
							...axis,
							space: 96,
							incrs: timeStepsSeconds,
							values: (_chart, splits) => splits.map(axisText ?? timeText),
						},
				{
					...axis,
					size: 64,
					values: (_chart, splits) => splits.map(format),
					...(isCount ? { incrs: countSteps } : {}),
				},
			],
			series: [
				{ label: timeName, value: (_chart, seconds) => (seconds === null ? "–" : nameOf(seconds)) },
				...lines.map(({ name, color, dash }) => ({
					label: name,
					stroke: colorOf(color),
					width: 2,
					...(dash === undefined ? {} : { dash: [...dash] }),
					points: { show: times.length < 40 },
					value: (_chart: uPlot, value: number | null) => (value === null ? "–" : format(value)),
				})),
			],
		},
		[times.map((time) => Date.parse(time) / 1_000), ...lines.map(({ values }) => [...values])],
		at,
	);
}

interface GaugeProps {
	readonly value: number;
	readonly maximum: number;
	/** A threshold on the same scale, or null. */
	readonly mark: number | null;
	readonly label: string;
}

const width = 200;

/** A value on its scale with a threshold. The same is always said in words beside it. */
export function Gauge({ value, maximum, mark, label }: GaugeProps) {
	const at = (one: number) => Math.min(1, Math.max(0, one / maximum)) * width;
	return (
		<svg class="gauge" viewBox={`0 0 ${width} 12`} preserveAspectRatio="none" role="img" aria-label={label}>
			<rect class="gauge-track" x="0" y="4" width={width} height="4" />
			<rect class="gauge-value" x="0" y="4" width={at(value)} height="4" />
			<rect class="gauge-point" x={Math.min(width - 2, Math.max(0, at(value) - 1))} y="1" width="2" height="10" />
			{mark !== null && mark < maximum && <rect class="gauge-mark" x={at(mark) - 0.5} y="0" width="1" height="12" />}
		</svg>
	);
}

// A video in one line: where something was found, and the stills that can be looked at. It shows nothing of the video itself.
import type { KeptVideo } from "../../core/items/choose-stills.ts";
import { joinSegments } from "../../core/items/segments.ts";
import type { WireItem } from "../../core/wire/review-case.ts";
import { formatPosition } from "../format/time.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useEvidence, useWords } from "../shell/console-context.ts";
import type { Stage } from "./use-stage.ts";

interface TimelineProps {
	readonly stage: Stage;
	readonly item: WireItem;
	readonly video: KeptVideo;
	readonly onChosen: () => void;
}

const width = 1_000;
/** A moment would be too thin to be seen. */
const thinnest = 6;

export function Timeline({ stage, item, video, onChosen }: TimelineProps) {
	const { timeline } = useWords().stage;
	const evidence = useEvidence();
	const found = joinSegments(item.signals.flatMap((signal) => evidence.segmentsOf(signal)));
	const at = (ms: number) => (Math.min(ms, video.durationMs) / Math.max(1, video.durationMs)) * width;
	const isFound = (stillMs: number) =>
		found.some(({ fromMs, toMs }) => stillMs >= fromMs && stillMs < Math.max(toMs, fromMs + 1));
	const choose = (stillMs: number | null) => {
		stage.chooseStill(stillMs);
		onChosen();
	};
	const where = found.map(({ fromMs, toMs }) => `${formatPosition(fromMs)}–${formatPosition(toMs)}`);
	return (
		<div class="timeline">
			<svg
				viewBox={`0 0 ${width} 24`}
				preserveAspectRatio="none"
				role="img"
				aria-label={where.length === 0 ? timeline.nothing : timeline.label(where.join(", "))}
			>
				<rect class="gauge-track" x="0" y="8" width={width} height="8" />
				{found.map(({ fromMs, toMs }) => (
					<rect
						key={fromMs}
						class="timeline-found"
						x={Math.min(width - thinnest, at(fromMs))}
						y="4"
						width={Math.max(thinnest, at(toMs) - at(fromMs))}
						height="16"
					/>
				))}
				{stage.stillMs !== null && (
					<rect class="timeline-here" x={Math.min(width - 4, at(stage.stillMs))} y="0" width="4" height="24" />
				)}
			</svg>
			<p class="gauge-legend numbers">
				<span class="quiet">{formatPosition(0)}</span>
				<span>
					{where.length === 0
						? timeline.nothing
						: timeline.found(`${where.slice(0, 3).join(", ")}${where.length > 3 ? " …" : ""}`)}
				</span>
				<span class="quiet">{formatPosition(video.durationMs)}</span>
			</p>
			<fieldset class="levels stills">
				<legend>
					{timeline.stills} <KeyHint of="," /> <KeyHint of="." />
				</legend>
				<button type="button" aria-pressed={stage.stillMs === null} onClick={() => choose(null)}>
					{timeline.all(video.stillsMs.length)}
				</button>
				{video.stillsMs.map((stillMs) => (
					<button
						key={stillMs}
						type="button"
						aria-pressed={stage.stillMs === stillMs}
						title={isFound(stillMs) ? timeline.foundHere : undefined}
						onClick={() => choose(stillMs)}
					>
						<span class="numbers">{formatPosition(stillMs)}</span>
						{isFound(stillMs) && <span class="timeline-mark">{timeline.foundMark}</span>}
					</button>
				))}
			</fieldset>
		</div>
	);
}

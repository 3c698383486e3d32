import type { CaseLane } from "../../core/ports/case-store.ts";
import type { LanesAnswer } from "../../core/wire/review-api.ts";
import { formatCount } from "../format/number.ts";
import { Age, Around } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";

interface LaneBarProps {
	readonly lanes: LanesAnswer["lanes"] | null;
	readonly chosen: CaseLane | "decided" | null;
	readonly onChoose: (lane: CaseLane | "decided" | null) => void;
}

export function LaneBar({ lanes, chosen, onChoose }: LaneBarProps) {
	const { words, language } = usePreferences();
	const total = lanes?.reduce((sum, { count }) => sum + count, 0);
	return (
		<fieldset class="lane-bar">
			<legend class="for-readers">{words.queue.lanes}</legend>
			<button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
				<span class="lane-name">{words.queue.allLanes}</span>
				<span class="lane-count numbers">{total === undefined ? "–" : formatCount(total, language)}</span>
				<span class="lane-age" />
			</button>
			{lanes?.map(({ lane, count, oldestAt }) => (
				<button
					key={lane}
					type="button"
					aria-pressed={chosen === lane}
					title={words.terms.laneHint[lane]}
					onClick={() => onChoose(chosen === lane ? null : lane)}
				>
					<span class="lane-name">{words.terms.lane[lane]}</span>
					<span class="lane-count numbers">{formatCount(count, language)}</span>
					<span class="lane-age">
						{oldestAt === null ? (
							words.queue.laneEmpty
						) : (
							<Around sentence={words.queue.oldest}>
								<Age at={oldestAt} />
							</Around>
						)}
					</span>
				</button>
			))}
			<button
				type="button"
				aria-pressed={chosen === "decided"}
				title={words.queue.decidedHint}
				onClick={() => onChoose(chosen === "decided" ? null : "decided")}
			>
				<span class="lane-name">{words.queue.decided}</span>
				<span class="lane-count numbers" />
				<span class="lane-age">{words.queue.decidedOrder}</span>
			</button>
		</fieldset>
	);
}

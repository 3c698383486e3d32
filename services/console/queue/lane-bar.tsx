import type { CaseLane } from "../../core/ports/case-store.ts";
import type { LanesAnswer } from "../../core/wire/review-api.ts";
import { Age, Around } from "../parts/moment.tsx";
import { usePreferences } from "../shell/console-context.ts";
import { LaneCount } from "./lane-count.tsx";

interface LaneBarProps {
	readonly lanes: LanesAnswer["lanes"] | null;
	readonly chosen: CaseLane | "decided" | null;
	readonly onChoose: (lane: CaseLane | "decided" | null) => void;
}

export function LaneBar({ lanes, chosen, onChoose }: LaneBarProps) {
	const { words } = usePreferences();
	return (
		<fieldset class="lane-bar">
			<legend class="for-readers">{words.queue.lanes}</legend>
			<button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
				<span class="lane-name">{words.queue.allLanes}</span>
				<span class="lane-count numbers">{lanes === null ? "–" : <LaneCount of={lanes} />}</span>
				<span class="lane-age" />
			</button>
			{lanes?.map((one) => (
				<button
					key={one.lane}
					type="button"
					aria-pressed={chosen === one.lane}
					title={words.terms.laneHint[one.lane]}
					onClick={() => onChoose(chosen === one.lane ? null : one.lane)}
				>
					<span class="lane-name">{words.terms.lane[one.lane]}</span>
					<span class="lane-count numbers">
						<LaneCount of={[one]} />
					</span>
					<span class="lane-age">
						{one.oldestAt === null ? (
							words.queue.laneEmpty
						) : (
							<Around sentence={words.queue.oldest}>
								<Age at={one.oldestAt} />
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

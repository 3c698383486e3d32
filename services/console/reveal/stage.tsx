import type { ComponentChildren, RefObject } from "preact";
import type { RevealLevel } from "../../core/cases/case.ts";
import type { WireCaseDetail, WireItem } from "../../core/wire/review-case.ts";
import { formatDuration } from "../format/time.ts";
import type { StageLevel } from "../keys/keymap.ts";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";
import { HoldButton } from "./hold-button.tsx";
import { ItemInWords } from "./item-in-words.tsx";
import { StepUpForm } from "./step-up-form.tsx";
import { StripPicker } from "./strip-picker.tsx";
import { Timeline } from "./timeline.tsx";
import { offeredLevel, type Stage as StageState } from "./use-stage.ts";
import { Viewer } from "./viewer.tsx";

interface StageProps {
	readonly stage: StageState;
	readonly item: WireItem | null;
	readonly detail: WireCaseDetail;
	readonly viewer: RefObject<HTMLElement | null>;
	readonly isHeld: boolean;
	/** Where the case has no item: what there is to decide on. */
	readonly children: ComponentChildren;
}

export function Stage({ stage, item, detail, viewer, isHeld, children }: StageProps) {
	const words = useWords();
	if (item === null)
		return (
			<section class="stage" ref={viewer} tabIndex={-1}>
				{children}
			</section>
		);
	const strip = detail.cluster?.strip;
	const hasStrip = item.wordsToRead > 0 || (strip !== undefined && (strip.confirmed > 1 || strip.suggested > 0));
	const canShow = item.revealLevels.length > 0 || hasStrip;
	const duration = formatDuration(stage.views.totalMs, words.terms.time);
	return (
		<section class="stage" ref={viewer} tabIndex={-1} aria-label={words.stage.title}>
			<ItemInWords item={item} detail={detail} />
			{isHeld && canShow && (
				<>
					{item.video !== null && (
						<Timeline stage={stage} item={item} video={item.video} onChosen={() => viewer.current?.focus()} />
					)}
					{hasStrip && (
						<StripPicker
							stage={stage}
							strip={strip}
							wordsToRead={item.wordsToRead}
							onChosen={() => viewer.current?.focus()}
						/>
					)}
					<LevelPicker stage={stage} item={item} onChosen={() => viewer.current?.focus()} />
					{stage.isAskingStepUp ? (
						<StepUpForm problem={stage.stepUpProblem} onAllow={stage.allow} onCancel={stage.cancelStepUp} />
					) : (
						<Viewer stage={stage} item={item} />
					)}
					<div class="stage-foot">
						<HoldButton
							isReady={offeredLevel(stage.levels, stage.level) !== null && !stage.isAskingStepUp}
							onPress={stage.press}
							onRelease={stage.release}
						/>
						<p class="quiet numbers">{words.stage.viewed(stage.views.count, duration)}</p>
					</div>
				</>
			)}
			{isHeld && !canShow && <p class="quiet">{words.stage.nothing}</p>}
			{!isHeld && <p class="quiet">{words.stage.notHeld}</p>}
		</section>
	);
}

const levels: readonly StageLevel[] = [0, 1, 2, 3, 4, 5];

interface PickerProps {
	readonly stage: StageState;
	readonly item: WireItem;
	readonly onChosen: () => void;
}

function LevelPicker({ stage, item, onChosen }: PickerProps) {
	const words = useWords();
	const isText = item.textLength !== null || stage.strip === "words";
	const offered: ReadonlySet<StageLevel> = new Set<StageLevel>([0, ...stage.levels]);
	const nameOf = (level: StageLevel) =>
		isText && level === (4 satisfies RevealLevel) ? words.stage.levels.textName : words.stage.levels.names[level];
	return (
		<fieldset class="levels">
			<legend class="for-readers">{words.stage.levels.label}</legend>
			{levels
				.filter((level) => offered.has(level))
				.map((level) => (
					<button
						key={level}
						type="button"
						aria-pressed={stage.level === level}
						onClick={() => {
							stage.choose(level);
							onChosen();
						}}
					>
						<KeyHint of={String(level)} />
						<span>
							{nameOf(level)}
							{level === 5 && "…"}
						</span>
					</button>
				))}
		</fieldset>
	);
}

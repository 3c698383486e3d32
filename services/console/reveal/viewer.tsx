import { useLayoutEffect, useRef } from "preact/hooks";
import type { WordExcerpt } from "../../core/signals/written/word-excerpt.ts";
import type { WireItem } from "../../core/wire/review-case.ts";
import { Countdown } from "../parts/moment.tsx";
import { codeText } from "../parts/problem-text.ts";
import { useWords } from "../shell/console-context.ts";
import { markText, placesIn } from "./marked-text.ts";
import { longestViewMs } from "./reveal-state.ts";
import type { Material } from "./use-reveal.ts";
import { offeredLevel, type Stage } from "./use-stage.ts";

/** A box of a fixed size: nothing on the page moves when material comes or goes. */
export function Viewer({ stage, item }: { readonly stage: Stage; readonly item: WireItem }) {
	const words = useWords();
	const { state, level, material } = stage.reveal;
	if (state.kind === "shown" && material !== null && level !== null) {
		return (
			<figure class="viewer viewer-shown">
				<MaterialView material={material} item={item} label={words.stage.shownAlt(level)} />
				<figcaption class="numbers">
					{words.stage.showing(level)} · {words.stage.leftToShow} <Countdown untilMs={state.sinceMs + longestViewMs} />
				</figcaption>
			</figure>
		);
	}
	return (
		<div class="viewer viewer-hidden" role="status">
			<p>{hiddenText(stage, item, words)}</p>
		</div>
	);
}

function hiddenText(
	{ level, levels, strip, reveal: { state }, isStepUpReady }: Stage,
	item: WireItem,
	words: ReturnType<typeof useWords>,
) {
	if (state.kind === "asking") return words.stage.loading;
	if (state.kind === "hidden") {
		if (typeof state.because === "object") return codeText(state.because.failed, words);
		if (state.because === "timed-out") return words.stage.timedOut;
		if (state.because === "left") return words.stage.interrupted;
	}
	if (isStepUpReady) return words.stage.stepUp.ready;
	if (offeredLevel(levels, level) !== null) return words.stage.holdHint;
	if (level !== 0 && strip === "words") return words.stage.strip.wordsNotOffered;
	if (level !== 0) return strip === null ? words.stage.levels.notOffered(level) : words.stage.strip.notOffered;
	return item.textLength === null ? words.stage.chooseFirst : words.stage.chooseText;
}

interface MaterialProps {
	readonly material: Material;
	readonly item: WireItem;
	readonly label: string;
}

function MaterialView({ material, item, label }: MaterialProps) {
	if (material.kind === "text") {
		return (
			// biome-ignore lint/a11y/noNoninteractiveTabindex: long texts scroll inside the box, by keyboard too
			<section class="material-text" aria-label={label} tabIndex={0}>
				{markText(material.text, placesIn(item.signals)).map(({ text, isMarked }, at) =>
					// The parts of a text stay where they are.
					isMarked ? <mark key={at}>{text}</mark> : text,
				)}
			</section>
		);
	}
	if (material.kind === "words") return <Excerpts words={material.words} label={label} />;
	return <Picture bitmap={material.bitmap} label={label} />;
}

function Excerpts({ words, label }: { readonly words: readonly WordExcerpt[]; readonly label: string }) {
	const texts = useWords().stage.excerpts;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: long texts scroll inside the box, by keyboard too
		<section class="material-text" aria-label={label} tabIndex={0}>
			{words.map(({ path, isTyped, text, places }, at) => (
				<article key={at}>
					<p class="quiet">
						{isTyped ? texts.typed : texts.drawn}
						{path !== null && <span class="code"> {path}</span>}
					</p>
					<p>
						{markText(text, places).map((part, within) =>
							part.isMarked ? <mark key={within}>{part.text}</mark> : part.text,
						)}
					</p>
				</article>
			))}
		</section>
	);
}

function Picture({ bitmap, label }: { readonly bitmap: ImageBitmap; readonly label: string }) {
	const canvas = useRef<HTMLCanvasElement>(null);
	useLayoutEffect(() => {
		const target = canvas.current;
		if (target === null) return;
		target.width = bitmap.width;
		target.height = bitmap.height;
		target.getContext("2d")?.drawImage(bitmap, 0, 0);
		return () => {
			// Frees the pixels now and not at some later collection.
			target.width = 0;
			target.height = 0;
		};
	}, [bitmap]);
	return <canvas ref={canvas} role="img" aria-label={label} />;
}

// What a hold shows: the item, words that were named in it, or what else is this thing or looks like it, several at once and in small. Nothing of
// them is here.
import type { WireCaseDetail } from "../../core/wire/review-case.ts";
import { useWords } from "../shell/console-context.ts";
import type { Stage } from "./use-stage.ts";

interface StripProps {
	readonly stage: Stage;
	readonly strip: NonNullable<WireCaseDetail["cluster"]>["strip"] | undefined;
	readonly wordsToRead: number;
	readonly onChosen: () => void;
}

export function StripPicker({ stage, strip, wordsToRead, onChosen }: StripProps) {
	const texts = useWords().stage.strip;
	const choices = [
		{ degree: null, name: texts.item },
		...(wordsToRead > 0 ? [{ degree: "words", name: texts.words(wordsToRead) } as const] : []),
		...(strip !== undefined && strip.confirmed > 1
			? [{ degree: "confirmed", name: texts.confirmed(strip.confirmed) } as const]
			: []),
		...(strip !== undefined && strip.suggested > 0
			? [{ degree: "suggested", name: texts.suggested(strip.suggested) } as const]
			: []),
	];
	if (choices.length === 1) return null;
	return (
		<fieldset class="levels stills members">
			<legend>{texts.label}</legend>
			{choices.map(({ degree, name }) => (
				<button
					key={name}
					type="button"
					aria-pressed={stage.strip === degree}
					onClick={() => {
						stage.chooseStrip(degree);
						onChosen();
					}}
				>
					{name}
				</button>
			))}
		</fieldset>
	);
}

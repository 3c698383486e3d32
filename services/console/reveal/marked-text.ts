// A text in parts, of which those are marked that a list knows, so that nobody has to search it for them.
import { matchesOf } from "../../core/signals/matched/matched.ts";
import type { Signal } from "../../core/signals/signal.ts";

interface Place {
	readonly from: number;
	readonly to: number;
}

interface Part {
	readonly text: string;
	readonly isMarked: boolean;
}

/** Where the terms and links stand by which signals matched. */
export function placesIn(signals: readonly Signal[]): readonly Place[] {
	return matchesOf(signals).flatMap(({ places = [], shadow }) => (shadow ? [] : places));
}

/** Places may lie within one another, and none reaches beyond the text. */
export function markText(text: string, places: readonly Place[]): readonly Part[] {
	const parts: Part[] = [];
	let reached = 0;
	const add = (to: number, isMarked: boolean) => {
		if (to > reached) parts.push({ text: text.slice(reached, to), isMarked });
		reached = Math.max(reached, to);
	};
	for (const { from, to } of places.toSorted((one, other) => one.from - other.from)) {
		add(Math.min(from, text.length), false);
		add(Math.min(to, text.length), true);
	}
	add(text.length, false);
	return parts;
}

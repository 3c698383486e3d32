import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { KeyHint } from "../parts/key-hint.tsx";
import { useWords } from "../shell/console-context.ts";

const pauseMs = 200;

interface SearchProps {
	readonly field: RefObject<HTMLInputElement | null>;
	readonly onSearch: (text: string) => void;
}

/** Searches once typing pauses; Enter searches at once and gives the keys back to the queue. */
export function SearchField({ field, onSearch }: SearchProps) {
	const words = useWords();
	const [text, setText] = useState("");
	const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	useEffect(() => () => clearTimeout(timer.current), []);
	const search = (next: string, delayMs: number) => {
		setText(next);
		clearTimeout(timer.current);
		timer.current = setTimeout(() => onSearch(next.trim()), delayMs);
	};
	return (
		<search>
			<form
				class="search"
				onSubmit={(event) => {
					event.preventDefault();
					search(text, 0);
					field.current?.blur();
				}}
			>
				<input
					ref={field}
					type="search"
					value={text}
					aria-label={words.queue.searchShort}
					aria-describedby="case-search-hint"
					placeholder={words.queue.searchPlaceholder}
					autocomplete="off"
					spellcheck={false}
					onInput={(event) => search(event.currentTarget.value, pauseMs)}
				/>
				<KeyHint of="/" />
			</form>
			<p id="case-search-hint" class="quiet search-hint">
				{words.queue.search}
			</p>
		</search>
	);
}

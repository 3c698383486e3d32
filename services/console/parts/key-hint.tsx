const names: Readonly<Record<string, string>> = {
	" ": "Space",
	Escape: "Esc",
	Enter: "Enter",
	ArrowDown: "↓",
	ArrowUp: "↑",
};

/** A key as printed on it. Not read aloud: whoever hears the page has the button itself. */
export function KeyHint({ of }: { readonly of: string }) {
	return (
		<span class="key" aria-hidden="true">
			{names[of] ?? of}
		</span>
	);
}

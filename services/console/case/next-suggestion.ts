/**
 * The arrows go through the common reasons as long as nothing else is typed: the one after, or before, what is there. Null where the
 * key is the field's own.
 */
export function nextSuggestion(
	suggestions: readonly string[],
	typed: string,
	{ key }: { readonly key: string },
): string | null {
	const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : null;
	const at = suggestions.indexOf(typed);
	if (step === null || (typed !== "" && at === -1)) return null;
	const next = typed === "" && step === -1 ? -1 : at + step;
	return suggestions.at(next % suggestions.length) ?? null;
}

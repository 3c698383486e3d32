// What is worked out of a word is worked out once: texts are made of few words, again and again.

/** Words that come once must not fill the memory. */
const mostRemembered = 20_000;
const longestRemembered = 32;

/** The same as `make`, which must answer alike each time. */
export function rememberWords<T>(make: (word: string) => T): (word: string) => T {
	const made = new Map<string, T>();
	return (word) => {
		const before = made.get(word);
		if (before !== undefined) return before;
		const now = make(word);
		if (made.size >= mostRemembered) made.clear();
		if (word.length <= longestRemembered) made.set(word, now);
		return now;
	};
}

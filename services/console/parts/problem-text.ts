import type { ApiProblem, ApiProblemCode } from "../api/api-problem.ts";
import type { Dictionary } from "../language/dictionary.ts";
import { useSays, useWords } from "../shell/console-context.ts";

export function codeText(code: ApiProblemCode, words: Dictionary): string {
	if (code === "offline") return words.shell.offline;
	if (code === "unreadable") return words.shell.unreadable;
	return words.shell.errors[code];
}

/** Says why a request did not do what it was to do, in the language of the page: its code, and whatever more the server said. */
export function useProblemText(): (problem: ApiProblem) => string {
	const words = useWords();
	const says = useSays();
	return ({ code, reasons }) => {
		const text = codeText(code, words);
		return reasons.length === 0 ? text : words.shell.inDetail(text, reasons.map(says).join("; "));
	};
}

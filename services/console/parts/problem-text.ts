import type { ApiProblemCode } from "../api/api-problem.ts";
import type { Dictionary } from "../language/dictionary.ts";

export function problemText(code: ApiProblemCode, words: Dictionary): string {
	if (code === "offline") return words.shell.offline;
	if (code === "unreadable") return words.shell.unreadable;
	return words.shell.errors[code];
}

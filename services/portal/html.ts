// HTML by template. Whatever is put into a template is text and is escaped, unless it came out of a template itself: there is no way to
// say otherwise, so nothing that a reporter types can become markup.

export class Html {
	readonly #markup: string;

	private constructor(markup: string) {
		this.#markup = markup;
	}

	static of(strings: TemplateStringsArray, values: readonly Part[]): Html {
		return new Html(strings.map((piece, index) => piece + render(values[index])).join(""));
	}

	toString(): string {
		return this.#markup;
	}
}

/** Null and false are nothing. */
export type Part = Html | string | number | null | false | undefined | readonly Part[];

export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
	return Html.of(strings, values);
}

/** For attributes without a value: the name where `isSet`. */
export function flag(name: "checked" | "open" | "required", isSet: boolean): string {
	return isSet ? name : "";
}

function render(part: Part): string {
	if (part === null || part === undefined || part === false) return "";
	if (part instanceof Html) return part.toString();
	if (typeof part === "string" || typeof part === "number") return escapeText(String(part));
	return part.map(render).join("");
}

const escapes: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** For text and for values of attributes in quotes. */
function escapeText(text: string): string {
	return text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");
}

// Cuts the objects out of the first array of a JSON document, one at a time, without holding the document.

export interface JsonElement {
	readonly text: string;
	/** Of its first character. */
	readonly line: number;
}

const [quote, backslash, newline] = [0x22, 0x5c, 0x0a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Elements that are not objects are passed over. Throws where the document ends before the array does, or holds none. */
export async function* splitJsonArray(input: NodeJS.ReadableStream): AsyncGenerator<JsonElement> {
	const decoder = new TextDecoder();
	const scan = createScanner();
	for await (const chunk of input) {
		yield* scan.take(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
		if (scan.isDone()) return;
	}
	throw new Error("the file is not a JSON array, nor an object that holds one, or it ends too early");
}

function createScanner() {
	let isInString = false;
	let isEscaped = false;
	/** Braces and brackets open inside the array; -1 before it begins. */
	let depth = -1;
	let isDone = false;
	let line = 1;
	let element: { text: string; line: number } | null = null;

	function* take(chunk: string): Generator<JsonElement> {
		let start = 0;
		for (let at = 0; at < chunk.length && !isDone; at += 1) {
			const code = chunk.charCodeAt(at);
			if (code === newline) line += 1;
			if (isInString) {
				if (isEscaped) isEscaped = false;
				else if (code === backslash) isEscaped = true;
				else if (code === quote) isInString = false;
			} else if (code === quote) isInString = true;
			else if (depth < 0) depth = code === openBracket ? 0 : -1;
			else if (code === openBrace || code === openBracket) {
				if (depth === 0 && code === openBrace) {
					element = { text: "", line };
					start = at;
				}
				depth += 1;
			} else if (code === closeBrace || code === closeBracket) {
				depth -= 1;
				isDone = depth < 0;
				if (depth !== 0 || element === null) continue;
				yield { text: element.text + chunk.slice(start, at + 1), line: element.line };
				element = null;
			}
		}
		if (element !== null) element.text += chunk.slice(element.text === "" ? start : 0);
	}
	return { take, isDone: () => isDone };
}

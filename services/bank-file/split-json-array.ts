// Cuts the objects out of the list of a JSON document, one at a time, without holding the document. The list is the document itself,
// or stands under its key `data`, before or behind whatever else the document says.
import { longestRow } from "./split-lines.ts";
import { unreadable } from "./unreadable.ts";

export interface JsonElement {
	/** Null where it is longer than {@link longestRow}. */
	readonly text: string | null;
	/** The line of its first character. */
	readonly line: number;
}

const [quote, backslash, newline, comma, colon] = [0x22, 0x5c, 0x0a, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [space, tab, carriageReturn, byteOrderMark] = [0x20, 0x09, 0x0d, 0xfeff];
const blanks: ReadonlySet<number> = new Set([space, tab, carriageReturn, newline, byteOrderMark]);

/** `data` with each character escaped has so many, and its quotes. */
const longestKey = 26;

/** An element that is no object is given as its first character. Throws where there is no such list, the document ends too early, or more follows it. */
export async function* splitJsonArray(text: AsyncIterable<string>): AsyncGenerator<JsonElement> {
	const scan = createScanner();
	for await (const piece of text) yield* scan.take(piece);
	scan.end();
}

function createScanner() {
	const strings = createStringReader();
	const document = createDocument(strings.text);
	let line = 1;
	let before: number | null = null;
	let element: { text: string | null; line: number } | null = null;

	function* take(chunk: string): Generator<JsonElement> {
		let start = 0;
		for (let at = 0; at < chunk.length; at += 1) {
			const code = chunk.charCodeAt(at);
			if (code === newline) line += 1;
			if (strings.isWithin()) strings.take(code);
			else if (!document.isOpen()) document.begin(code, line);
			else if (code === openBrace && document.isAtElement()) {
				element = { text: "", line };
				start = at;
				document.open(code, line);
			} else if (document.isAtElement() && beginsOther(code, before)) {
				yield { text: chunk.charAt(at), line };
				if (code === quote) strings.begin(false);
				else if (code === openBracket) document.open(code, line);
			} else if (code === quote) strings.begin(document.isAtKey());
			else if (code === openBrace || code === openBracket) document.open(code, line);
			else if (code === closeBrace || code === closeBracket) {
				document.close(code, line);
				before = code;
				if (element === null || !document.isAtElement()) continue;
				grow(element, chunk.slice(start, at + 1));
				yield element;
				element = null;
			} else document.pass(code);
			if (!blanks.has(code)) before = code;
		}
		if (element !== null) grow(element, chunk.slice(start));
	}
	return { take, end: document.end };
}

/** A string, a list, a number or a word in the place of an element. */
function beginsOther(code: number, before: number | null): boolean {
	const isFirst = before === comma || before === openBracket;
	return isFirst && code !== comma && code !== closeBracket && !blanks.has(code);
}

function grow(element: { text: string | null }, piece: string): void {
	if (element.text === null) return;
	element.text = element.text.length + piece.length > longestRow ? null : element.text + piece;
}

/** Where in the document the scanner is. `lastKey` answers the key that was read last. */
function createDocument(lastKey: () => unknown) {
	/** Braces and brackets that are open. */
	let depth = 0;
	/** That of the list's elements; null before it begins. */
	let listDepth: number | null = null;
	let isListOpen = false;
	let isDone = false;
	let isAtKey = false;
	let isAtData = false;
	const isAtElement = () => isListOpen && depth === listDepth;
	const beginList = () => {
		listDepth = depth;
		isListOpen = true;
	};
	return {
		isOpen: () => depth > 0,
		isAtKey: () => depth === 1 && isAtKey,
		isAtElement,
		/** Before the document, or behind it. */
		begin(code: number, line: number): void {
			if (blanks.has(code)) return;
			if (isDone) throw unreadable(`line ${line}: more follows the end of the JSON document; one file holds one page`);
			if (code !== openBrace && code !== openBracket) throw unreadable(noList);
			depth = 1;
			isAtKey = code === openBrace;
			if (code === openBracket) beginList();
		},
		open(code: number, line: number): void {
			depth += 1;
			if (depth !== 2 || !isAtData || code !== openBracket) return;
			if (listDepth !== null) throw unreadable(`line ${line}: the document has two lists under \`data\``);
			beginList();
		},
		close(code: number, line: number): void {
			const isEndOfList = isAtElement();
			if ((isEndOfList || depth === 1) && (code === closeBracket) !== isEndOfList)
				throw unreadable(`line ${line}: not JSON, a bracket is closed that is not open`);
			if (isEndOfList) isListOpen = false;
			depth -= 1;
			isDone = depth === 0;
		},
		/** Between the document's own keys and values. */
		pass(code: number): void {
			if (depth !== 1 || listDepth === 1) return;
			if (code === comma) isAtKey = true;
			else if (code === colon) {
				isAtKey = false;
				isAtData = lastKey() === "data";
			}
		},
		end(): void {
			if (depth > 0) throw unreadable("the file ends too early: its JSON document is not closed");
			if (listDepth === null) throw unreadable(noList);
		},
	};
}

const noList = "the file is not a JSON array, nor an object that holds one under `data`";

/** Passes over strings; of a key it keeps what could be `data`. */
function createStringReader() {
	let isWithin = false;
	let isEscaped = false;
	let kept: string | null = null;
	return {
		isWithin: () => isWithin,
		begin(isKey: boolean): void {
			isWithin = true;
			kept = isKey ? '"' : null;
		},
		take(code: number): void {
			if (kept !== null && kept.length < longestKey) kept += String.fromCharCode(code);
			if (isEscaped) isEscaped = false;
			else if (code === backslash) isEscaped = true;
			else if (code === quote) isWithin = false;
		},
		/** The text of a key that was just read; null of what is none. */
		text(): unknown {
			try {
				return kept === null ? null : JSON.parse(kept);
			} catch {
				return null;
			}
		},
	};
}

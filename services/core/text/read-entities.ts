// Characters as HTML names and numbers them (HTML Standard, "Named character references" and "Character reference state").
import entities from "./named-entities.json" with { type: "json" };

const named: ReadonlyMap<string, string> = new Map(Object.entries(entities.characters));
/** Those that browsers read without their semicolon, too. */
const withoutSemicolon: ReadonlySet<string> = new Set(entities.withoutSemicolon);
const longestName = 32;
const longestWithoutSemicolon = 6;
/** Leading zeros mean nothing, and there may be many. */
const mostDigits = 64;

interface Entity {
	readonly shown: string;
	readonly end: number;
}

export function readEntities(text: string): string {
	let out = "";
	let from = 0;
	for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
		const entity = text.charAt(at + 1) === "#" ? numericAt(text, at) : namedAt(text, at);
		if (entity === null) continue;
		out += text.slice(from, at) + entity.shown;
		from = entity.end;
		at = entity.end - 1;
	}
	return from === 0 ? text : out + text.slice(from);
}

function namedAt(text: string, at: number): Entity | null {
	let end = at + 1;
	while (end - at <= longestName && /[A-Za-z0-9]/.test(text.charAt(end))) end += 1;
	const shown = text.charAt(end) === ";" ? named.get(text.slice(at + 1, end)) : undefined;
	return shown === undefined ? unclosedAt(text, at, end) : { shown, end: end + 1 };
}

/** The longest name that needs no semicolon; what an equals sign follows is a parameter of an address. */
function unclosedAt(text: string, at: number, end: number): Entity | null {
	if (text.charAt(end) === "=") return null;
	for (let to = Math.min(end, at + 1 + longestWithoutSemicolon); to > at + 2; to -= 1) {
		const name = text.slice(at + 1, to);
		const shown = withoutSemicolon.has(name) ? named.get(name) : undefined;
		if (shown !== undefined) return { shown, end: to };
	}
	return null;
}

function numericAt(text: string, at: number): Entity | null {
	const isHex = /x/i.test(text.charAt(at + 2));
	const first = at + (isHex ? 3 : 2);
	const digit = isHex ? /[0-9a-f]/i : /[0-9]/;
	let end = first;
	while (end - first <= mostDigits && digit.test(text.charAt(end))) end += 1;
	if (end === first || end - first > mostDigits) return null;
	const code = Number.parseInt(text.slice(first, end), isHex ? 16 : 10);
	const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
	return isCharacter ? { shown: String.fromCodePoint(code), end: text.charAt(end) === ";" ? end + 1 : end } : null;
}

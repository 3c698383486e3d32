// Parts of a text that may be a text of their own: what is left without addresses, its lines and blocks of lines, what it quotes, its
// sentences. How many there are is bounded, so that nobody makes look-ups by the thousand.

const mostParts = 24;
/** The number of a line's sentences, from its beginning or to its end, that are taken together at most. */
const mostRuns = 4;
const mostLines = 200;
/** Shorter ones are said by everybody. */
export const shortestPart = 16;
const quoteMark = /^[>»|\s]+/u;

/** Each once, and none that is the text itself. */
export function textParts(text: string): readonly string[] {
	const parts = new Set<string>();
	for (const part of allParts(text)) {
		const trimmed = part.trim();
		if (trimmed.length >= shortestPart && trimmed !== text) parts.add(trimmed);
		if (parts.size === mostParts) break;
	}
	return [...parts];
}

function* allParts(text: string): Generator<string> {
	const bare = withoutAddresses(text);
	yield bare;
	yield withoutCounting(bare);
	const lines = bare.split(/[\n\r\u2028\u2029]/u, mostLines).map((line) => line.replace(quoteMark, ""));
	if (lines.length > 1) yield* blocksOf(lines);
	yield* lines;
	yield* quotations(bare);
	for (const line of lines) yield* runsOf(sentencesOf(line));
}

/** Web and mail addresses, names after `@`, and tags after `#`, each up to the next white space. */
export function withoutAddresses(text: string): string {
	if (!/[@#/]|www\./i.test(text)) return text;
	return text.split(/(\s+)/u).map(beforeAddress).join("");
}

/** A number of a list, as `1.`, `2)` or `[3]`, before a word or by itself. */
const numeral = /(?<=^|\s)[([]?(\d{1,3})[.):\]]{0,2}(?=\s|\p{L}|$)/gu;
/** When a subtitle is shown. */
const shownFromTo = /^[ \t]*[\d:.,]+ *--> *[\d:.,]+.*$/gmu;
/** Fewer that follow one another may be said. */
const fewestNumerals = 3;

/** Words or lines that are numbered one after the other, or shown as subtitles, in one line without that; what is not counted stays as it is. */
function withoutCounting(text: string): string {
	let next = 1;
	const uncounted = text.replace(shownFromTo, "").replace(numeral, (found, digits: string) => {
		if (Number(digits) !== next) return found;
		next += 1;
		return "";
	});
	return next > fewestNumerals ? uncounted.replace(/\s+/gu, " ") : text;
}

/** What stands before an address without a space is no part of it. */
function beforeAddress(token: string): string {
	const glued = token.search(/(?<=\p{L})https?:\/\//iu);
	if (glued > 0) return token.slice(0, glued);
	return isAddress(token.toLowerCase()) ? "" : token;
}

function isAddress(token: string): boolean {
	if (token.includes("://") || token.startsWith("www.") || token.startsWith("@") || token.startsWith("#")) return true;
	const at = token.indexOf("@");
	if (at > 0) return token.indexOf(".", at) > 0;
	const host = token.slice(0, Math.max(0, token.indexOf("/")));
	return host.includes(".") && /^[a-z0-9.-]+$/.test(host);
}

/** Lines between empty ones, and those that were quoted, joined. */
function blocksOf(lines: readonly string[]): readonly string[] {
	const blocks: string[] = [];
	let begun: string[] = [];
	for (const line of [...lines, ""]) {
		if (line.trim() !== "") begun.push(line);
		else {
			if (begun.length > 1) blocks.push(begun.join("\n"));
			begun = [];
		}
	}
	return blocks;
}

function quotations(text: string): readonly string[] {
	const marks = /["“”«»„]([^"“”«»„]{16,2000})(?=["“”«»])/gu;
	// One that stands within a word is an apostrophe.
	const single = /(?<![\p{L}\p{N}])['‘‚‹]((?:[^'’‘‚‹›]|(?<=\p{L})['’](?=\p{L})){16,2000})['’‘›](?!\p{L})/gu;
	return [marks, single].flatMap((pattern) => Array.from(text.matchAll(pattern), ([, quoted = ""]) => quoted));
}

function sentencesOf(line: string): readonly string[] {
	return line.replace(/\s+/gu, " ").split(/(?<=[.!?…:;]) | [-–—|] /u);
}

/** Each sentence, what begins with the first, and what ends with the last. */
function runsOf(sentences: readonly string[]): readonly string[] {
	if (sentences.length < 2) return [];
	const few = sentences.slice(0, mostParts);
	return [
		...few,
		...few.slice(1, mostRuns).map((_, at) => few.slice(0, at + 2).join(" ")),
		...few.slice(1, mostRuns).map((_, at) => few.slice(-2 - at).join(" ")),
	];
}

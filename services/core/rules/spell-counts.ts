// Counts as people write them, `count(account, "5m")` and `distinct(accounts by cluster, "1h")`, are facts by another name. They are put
// in place of each other before CEL reads a rule, without moving anything that stands behind: what is wrong is still told at its place.
import { nearestName } from "../nearest-name.ts";

/** By fact, how it may be written besides. */
export const spellings: ReadonlyMap<string, string> = new Map([
	["account.items5m", 'count(account, "5m")'],
	["account.items1h", 'count(account, "1h")'],
	["account.items1d", 'count(account, "1d")'],
	["cluster.accounts1h", 'distinct(accounts by cluster, "1h")'],
	["cluster.accounts1d", 'distinct(accounts by cluster, "1d")'],
]);

const factOf = new Map([...spellings].map(([fact, text]) => [plain(text), fact]));

/** A text of the rule, in which nothing is meant, or a count. No part of it can be read in two ways, so that it takes linear time. */
const textOrCount =
	/"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\b(?:count|distinct)[ \t]*\([^()"'\n]{0,60}(?:"\w{0,20}"|'\w{0,20}')[ \t]*\)/g;

export type Spelled =
	| { readonly kind: "spelled"; readonly when: string }
	| { readonly kind: "no-such-count"; readonly offset: number; readonly name: string; readonly near: string | null };

export function spellCounts(when: string): Spelled {
	let wrong: Spelled | null = null;
	const spelled = when.replace(textOrCount, (text, offset: number) => {
		if (!/^[cd]/.test(text)) return text;
		const fact = factOf.get(plain(text));
		if (fact !== undefined) return fact.padEnd(text.length);
		const near = nearestName(plain(text), [...factOf.keys()]);
		wrong ??= { kind: "no-such-count", offset, name: text, near: near === null ? null : said(near) };
		return text;
	});
	return wrong ?? { kind: "spelled", when: spelled };
}

/** Without what may be written one way or another. */
function plain(text: string): string {
	return text
		.replaceAll("'", '"')
		.replace(/\s+/g, " ")
		.replace(/ ?([(),]) ?/g, "$1");
}

function said(of: string): string {
	return spellings.get(factOf.get(of) ?? "") ?? of;
}

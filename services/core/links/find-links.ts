// The links in a text: with a scheme, bare, in markdown and markup, written so that nobody opens them, and within the address of a
// redirector. What is no link after all only costs a look-up, so that doubtful ones are taken.
import { parse as parseDomain } from "tldts";
import { shownText } from "../text/shown-text.ts";
import { readAddress, refang } from "./address.ts";

/** The version of what is taken for a link, for verdicts to name. */
export const findLinksVersion = "links-1";
/** The number of links of one text that are looked up. */
export const mostLinks = 256;
const longestLink = 2_048;
/** An address within the address of a redirector may hold another one. */
const deepestRedirect = 3;

export interface FoundLinks {
	/** Each once. */
	readonly links: readonly URL[];
	/** Whether there are more of them. */
	readonly isCut: boolean;
}

/** Every link has a dot, in one of its disguises. */
export function mayHoldLinks(text: string): boolean {
	return /[.。．｡]|\bdot\b/iu.test(text);
}

export function findLinks(text: string): FoundLinks {
	const found = new Map<string, URL>();
	// Most texts without links end here.
	if (!mayHoldLinks(text)) return { links: [], isCut: false };
	for (const link of candidates(readable(text))) {
		for (const url of withTargets(link, deepestRedirect)) {
			if (found.has(url.href)) continue;
			if (found.size === mostLinks) return { links: [...found.values()], isCut: true };
			found.set(url.href, url);
		}
	}
	return { links: [...found.values()], isCut: false };
}

function readable(text: string): string {
	return refang(
		shownText(text)
			.replaceAll("&amp;", "&")
			.replace(/[。．｡]/gu, "."),
	);
}

const betweenLinks = /[\s<>"“”„«»`[\]{}|\\^]+/u;

function* candidates(text: string): Generator<URL> {
	for (const token of text.split(betweenLinks)) {
		if (token.length < 4 || !token.includes(".")) continue;
		const starts = [...token.matchAll(/https?:\/\//gi)].slice(0, mostLinks + 1).map(({ index }) => index);
		if (starts.length === 0) yield* readBare(token);
		// Two links may stand without a space between them: each reaches to the next one, and as far as it goes.
		for (const [at, start] of starts.entries()) {
			yield* readLink(token.slice(start, Math.min(start + longestLink, starts[at + 1] ?? token.length)));
			if (at + 1 < starts.length) yield* readLink(token.slice(start, start + longestLink));
		}
	}
}

/** A parenthesis may belong to the address, or end it. */
function* readLink(written: string): Generator<URL> {
	const whole = trimEnd(written);
	const upTo = whole.search(/[()']/);
	for (const one of new Set([whole, upTo < 0 ? whole : trimEnd(whole.slice(0, upTo))])) {
		const url = readAddress(one);
		if (url !== null) yield url;
	}
}

/** Without a scheme: only what ends in a suffix that there is, or has a path. */
function* readBare(token: string): Generator<URL> {
	const bare = trimEnd(token.slice(0, longestLink).replace(/^[^\p{L}\p{N}]{1,64}/u, ""));
	if (!bare.includes(".") || bare.includes("@")) return;
	const [host = ""] = bare.split(/[/?#:]/, 1);
	const { isIcann, isPrivate, domain } = parseDomain(host, { allowPrivateDomains: true });
	if (domain === null || !(isIcann || isPrivate || bare.length > host.length)) return;
	yield* readLink(bare);
}

function trimEnd(text: string): string {
	let end = text.length;
	while (end > 0 && ".,;:!?…'\")*_~".includes(text.charAt(end - 1))) end -= 1;
	return text.slice(0, end);
}

/** The link, and the addresses that its query or its path carries in whole: what a redirector leads to. */
function* withTargets(url: URL, depth: number): Generator<URL> {
	yield url;
	if (depth === 0) return;
	const inPath = /\/(https?:\/{1,2}.+)$/i.exec(url.pathname)?.[1]?.replace(/^(https?:\/)(?!\/)/i, "$1/");
	for (const value of [...url.searchParams.values(), decoded(url.search.slice(1)), inPath ?? ""]) {
		if (!/^https?:\/\//i.test(value) || value.length > longestLink) continue;
		const target = readAddress(value);
		if (target !== null) yield* withTargets(target, depth - 1);
	}
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text.replace(/=$/, ""));
	} catch {
		return "";
	}
}

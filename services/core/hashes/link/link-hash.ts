// The hashes of links: of an address as an entry has it, and of all forms of the links in a text. Nobody need hold an address to know it.
import { createHash } from "node:crypto";
import { trimmedPath, withoutWww } from "../../links/address.ts";
import { findLinks, findLinksVersion } from "../../links/find-links.ts";
import { type LinkForm, linkForms } from "../../links/link-form.ts";
import { domainOf, expressionsOf, type LinkFault, listedExpression } from "../../links/link-forms.ts";

export const linkVersion = `${findLinksVersion}+sha256`;

/** 32 bytes, or why there are none; a prefix is their beginning. */
export function hashLink(address: string): Uint8Array | LinkFault {
	const listed = listedExpression(address);
	return "fault" in listed ? listed.fault : sha256(listed.expression);
}

/** Longer ones have more beside a link, if only spaces. */
const longestBare = 2_100;

/**
 * The hash of the link that is all of the text; null where there is a letter or a digit beside it, or where it names a host and no page: that says
 * as little as a greeting.
 */
export function hashBareLink(text: string): Uint8Array | null {
	if (text.length > longestBare || !text.includes("/")) return null;
	const bare = text.replace(/^[^\p{L}\p{N}]{1,99}|[^\p{L}\p{N}/=_-]{1,99}$/gu, "");
	if (bare === "" || /\s/u.test(bare)) return null;
	const [first] = findLinks(bare).links;
	if (first === undefined || (trimmedPath(first) === "" && first.search === "")) return null;
	const listed = listedExpression(bare);
	return "fault" in listed ? null : sha256(listed.expression);
}

/** Half of a link's hash in hexadecimal digits; null where it names a host and no page. */
export function hashOfPage(url: URL): string | null {
	const path = trimmedPath(url);
	if (path === "" && url.search === "") return null;
	return createHash("sha256")
		.update(`${withoutWww(url.hostname)}${path}${url.search}`, "utf8")
		.digest("hex")
		.slice(0, 32);
}

/** What its owner registered; null of a public suffix. */
export function domainOfLink({ hostname }: URL): string | null {
	return domainOf(hostname);
}

export interface LinkQuery {
	readonly transform: LinkForm;
	readonly hash: Uint8Array;
}

/** For the links in any of the texts; what says most of a link comes first. */
export function linkQueries(texts: readonly string[]): readonly LinkQuery[] {
	const forms = new Map<string, LinkForm>();
	for (const text of texts)
		for (const url of findLinks(text).links)
			for (const { expression, form } of expressionsOf(url)) if (!forms.has(expression)) forms.set(expression, form);
	return [...forms]
		.toSorted(([, a], [, b]) => linkForms.indexOf(a) - linkForms.indexOf(b))
		.map(([expression, transform]) => ({ transform, hash: sha256(expression) }));
}

function sha256(text: string): Uint8Array {
	return createHash("sha256").update(text, "utf8").digest();
}

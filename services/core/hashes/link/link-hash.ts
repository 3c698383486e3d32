// The hashes of links: of an address as an entry has it, and of all forms of the links in a text. Nobody need hold an address to know it.
import { createHash } from "node:crypto";
import { findLinks, findLinksVersion } from "../../links/find-links.ts";
import { type LinkForm, linkForms } from "../../links/link-form.ts";
import { expressionsOf, type LinkFault, listedExpression } from "../../links/link-forms.ts";

export const linkVersion = `${findLinksVersion}+sha256`;

/** 32 bytes, or why there are none; a prefix is their beginning. */
export function hashLink(address: string): Uint8Array | LinkFault {
	const listed = listedExpression(address);
	return "fault" in listed ? listed.fault : sha256(listed.expression);
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

// The links of a post as outbreaks count them: which page, without its address, and whose. What comes to a page or a domain from many accounts
// at once is counted, whatever is said beside it.
import { domainOfLink, hashOfPage } from "../hashes/link/link-hash.ts";
import { findLinks } from "../links/find-links.ts";

/** Who links to everywhere links to nothing in particular. */
const mostCounted = 4;

/** A domain, with the page after a slash where a link names one: the first half of its hash, as hexadecimal digits. */
export function countedLinks(text: string): readonly string[] {
	// Most texts have a dot; few of those without a slash name a page.
	if (!text.includes("/") && !text.includes("www.")) return [];
	const counted = new Set<string>();
	for (const url of findLinks(text).links) {
		const domain = domainOfLink(url);
		if (domain === null) continue;
		const page = hashOfPage(url);
		counted.add(page === null ? domain : `${domain}/${page}`);
		if (counted.size === mostCounted) break;
	}
	return [...counted];
}

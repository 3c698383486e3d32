// Files that a text carries within itself, as data URIs (RFC 2397): where there are any, what people may see of the post is more than its words.
import { readEntities } from "./read-markup.ts";

/**
 * The smallest picture there is takes 35 bytes, which are 48 characters of base64; words about data URIs end sooner. Browsers read
 * percent-escapes first (Fetch Standard, data: URL processor).
 */
const encoded = /data:[^,]{0,200};base64,((?:[\w+/=-]|%[0-9a-f]{2}){32,})/gi;
/** A drawing or a page, written out. */
const written = /data:(?:image\/|text\/html|application\/xhtml)[^,]{0,200},(?:%[02][09ad])*(?:<|%3c)/i;
/** Files of one text that are read. */
const mostFiles = 32;

export interface EmbeddedMedia {
	/** In the order of the text. */
	readonly files: readonly Uint8Array[];
	/** There is more, which could not be read, or not as bytes: drawings and pages that are written out. */
	readonly hasMore: boolean;
}

export function holdsEmbeddedMedia(text: string): boolean {
	const joined = joinedOf(text);
	return joined.search(encoded) >= 0 || written.test(joined);
}

export function readEmbeddedMedia(text: string): EmbeddedMedia {
	const joined = joinedOf(text);
	const files: Uint8Array[] = [];
	let hasMore = written.test(joined);
	for (const [, base64 = ""] of joined.matchAll(encoded)) {
		const bytes = files.length < mostFiles ? decode(base64) : null;
		if (bytes === null) hasMore = true;
		else files.push(bytes);
	}
	return { files, hasMore };
}

/** White space stops no browser: it is dropped from addresses, from the name of the type and from base64. */
function joinedOf(text: string): string {
	return readEntities(text).replace(/\s/g, "");
}

/** Null where it is no base64. */
function decode(base64: string): Uint8Array | null {
	try {
		const plain = decodeURIComponent(base64).replaceAll("-", "+").replaceAll("_", "/").replace(/=.*$/s, "");
		return Uint8Array.from(atob(plain), (one) => one.charCodeAt(0));
	} catch {
		return null;
	}
}

// Files that a text carries within itself, as data URIs (RFC 2397): where there are any, what people may see of the post is more than its words.
import { readEntities } from "./read-entities.ts";

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
	readonly files: readonly EmbeddedFile[];
	/** There is more, which could not be read, or not as bytes: drawings and pages that are written out. */
	readonly hasMore: boolean;
}

interface EmbeddedFile {
	/** All that a browser may take for the file: words that follow it may have become its end. */
	readonly bytes: Uint8Array;
	/** The bytes up to the first white space; null where there is none in it. */
	readonly beforeSpace: Uint8Array | null;
}

/** How each of them begins, white space and all: few texts need to be joined. */
const beginning = /d\s*a\s*t\s*a\s*:/i;

export function holdsEmbeddedMedia(text: string): boolean {
	const read = readEntities(text);
	if (!beginning.test(read)) return false;
	const joined = read.replace(/\s+/g, "");
	return joined.search(encoded) >= 0 || written.test(joined);
}

export function readEmbeddedMedia(text: string): EmbeddedMedia {
	const { joined, breaks } = joinedOf(text);
	const files: EmbeddedFile[] = [];
	let hasMore = written.test(joined);
	for (const { 0: whole, 1: base64 = "", index } of joined.matchAll(encoded)) {
		const bytes = files.length < mostFiles ? decode(base64) : null;
		if (bytes === null) {
			hasMore = true;
			continue;
		}
		const to = index + whole.length;
		const from = to - base64.length;
		const spaceAt = breaks.find((at) => at > from) ?? to;
		files.push({ bytes, beforeSpace: spaceAt < to ? decode(joined.slice(from, spaceAt)) : null });
	}
	return { files, hasMore };
}

/** White space stops no browser: it is dropped from addresses, from the name of the type and from base64. `breaks` says where there was some. */
function joinedOf(text: string): { readonly joined: string; readonly breaks: readonly number[] } {
	const pieces = readEntities(text).split(/\s+/);
	const breaks: number[] = [];
	let length = 0;
	for (const piece of pieces) {
		length += piece.length;
		breaks.push(length);
	}
	return { joined: pieces.join(""), breaks };
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

// Whether a text carries a file within itself, as a data URI (RFC 2397). Nobody decodes it here: what is said is only that what people
// may see of the post is more than its words.
import { readEntities } from "./read-markup.ts";

/** The version of the rule, for verdicts to name. */
export const embeddedMediaVersion = "data-uris-1";

/**
 * The smallest picture there is takes 35 bytes, which are 48 characters of base64; words about data URIs end sooner. Browsers read
 * percent-escapes first (Fetch Standard, data: URL processor).
 */
const encoded = /data:[^,]{0,200};base64,(?:[\w+/=-]|%[0-9a-f]{2}){32}/i;
/** A drawing or a page, written out. */
const written = /data:(?:image\/|text\/html|application\/xhtml)[^,]{0,200},(?:%[02][09ad])*(?:<|%3c)/i;

export function holdsEmbeddedMedia(text: string): boolean {
	// White space stops no browser: it is dropped from addresses, from the name of the type and from base64.
	const joined = readEntities(text).replace(/\s/g, "");
	return encoded.test(joined) || written.test(joined);
}

/** The text as PostgreSQL's text and jsonb keep it: they know neither NUL nor half of a pair of surrogates, and a cut may leave one. */
export function storable(text: string): string {
	return text.toWellFormed().replaceAll("\0", "\ufffd");
}

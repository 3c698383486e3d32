// A long text in pieces that are looked up one after the other, so that none holds up whoever else asks. They overlap: what is known and no longer
// than that is whole in one of them.

/** The longest piece, and how much of the one before it begins with. */
const longestPiece = 5_000;
const overlap = 600;
/** A piece begins with a word where one begins soon. */
const soon = 100;

export function* textPieces(text: string): Generator<string> {
	for (let from = 0; from === 0 || from < text.length; ) {
		const to = from + longestPiece;
		yield text.slice(from, to);
		if (to >= text.length) return;
		const next = to - overlap;
		const space = text.slice(next, next + soon).search(/\s/u);
		from = space < 0 ? next : next + space;
	}
}

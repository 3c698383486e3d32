// What of a text is seen. Characters that show nothing are the cheapest way to make the same words another text.

/**
 * Unicode's Default_Ignorable_Code_Point (fillers, joiners, variation selectors, tags), formats and controls other than white space, and
 * what is neither but blank: the Braille pattern without dots, the null notehead, the filler of Khitan script.
 */
const showsNothing = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u{16fe4}\u{1d159}]|(?!\s)\p{Cc}/gu;
/** Those of these characters that take the place of a letter: between words they read as a space. */
const blank = /[\u115f\u1160\u180e\u2800\u3164\uffa0\u{1d159}]/gu;

/** Letters, digits and signs of ASCII, and white space: all of it is seen, and Unicode normalizes none of it. */
export function isPlainAscii(text: string): boolean {
	return /^[\t\n\r -~]*$/.test(text);
}

export function shownText(text: string): string {
	return text.replace(showsNothing, "");
}

/** Blank letters as spaces. */
export function blanksAsSpaces(text: string): string {
	return text.replace(blank, " ");
}

/**
 * A text in lower case without the marks over Latin, Greek and Cyrillic letters, as Vietnamese is often typed. Hashes of entries are made of what
 * it answers: it never changes without a new version of those. Marks of other scripts carry the vowels and stay.
 */
export function withoutMarks(text: string): string {
	return text
		.normalize("NFD")
		.replace(/[\u0300-\u036f]+/gu, "")
		.replaceAll("đ", "d")
		.normalize("NFC");
}

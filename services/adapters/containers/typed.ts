// The words of a member as somebody typed them, as far as they are read: so many letters and no more.

export interface Typed {
	readonly text: string;
	/** Some of the words could not be read, or are beyond the limit. */
	readonly isCut: boolean;
}

export function typedUpTo(text: string, mostLetters: number): Typed {
	return { text: text.slice(0, mostLetters), isCut: text.length > mostLetters };
}

// Cuts a text into lines without ever holding more of it than one line may have.

/** The length of one row at most, in UTF-16 code units: more than any that could enter a bank. */
export const longestRow = 1 << 20;

export interface Line {
	/** Without its end; null where it is longer than {@link longestRow}. */
	readonly text: string | null;
	readonly number: number;
}

/** Lines end with LF, CR LF or CR alone. The last one need not have an end. */
export async function* splitLines(input: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
	const cut = createCutter();
	for await (const piece of input) yield cut(piece);
	yield cut("\n");
}

function createCutter() {
	let begun = "";
	let isTooLong = false;
	let isAfterReturn = false;
	let number = 0;
	return (piece: string): readonly Line[] => {
		const lines: Line[] = [];
		// The other half of a CR LF that was cut in two.
		let start = isAfterReturn && piece.startsWith("\n") ? 1 : 0;
		if (piece !== "") isAfterReturn = piece.endsWith("\r");
		const ends = /\r\n?|\n/g;
		ends.lastIndex = start;
		for (let end = ends.exec(piece); end !== null; end = ends.exec(piece)) {
			const text = begun + piece.slice(start, end.index);
			number += 1;
			lines.push({ text: isTooLong || text.length > longestRow ? null : text, number });
			begun = "";
			isTooLong = false;
			start = ends.lastIndex;
		}
		begun += piece.slice(start);
		if (begun.length > longestRow) {
			begun = "";
			isTooLong = true;
		}
		return lines;
	};
}

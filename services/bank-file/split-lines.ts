// Cuts a text into lines without ever holding more of it than one line may have.

/** Of one row, in UTF-16 code units: more than any that could enter a bank. */
export const longestRow = 1 << 20;

export interface Line {
	/** Without its end; null where it is longer than {@link longestRow}. */
	readonly text: string | null;
	readonly number: number;
}

/** UTF-8, with or without a byte order mark; what is not UTF-8 becomes U+FFFD. The last line need not have an end. */
export async function* splitLines(input: NodeJS.ReadableStream): AsyncGenerator<readonly Line[]> {
	const decoder = new TextDecoder();
	const cut = createCutter();
	for await (const chunk of input) {
		yield cut(typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }));
	}
	yield cut(`${decoder.decode()}\n`);
}

function createCutter() {
	let begun = "";
	let isTooLong = false;
	let number = 0;
	return (chunk: string): readonly Line[] => {
		const lines: Line[] = [];
		let start = 0;
		for (let end = chunk.indexOf("\n"); end >= 0; end = chunk.indexOf("\n", start)) {
			const text = begun + chunk.slice(start, end);
			number += 1;
			const isKept = !isTooLong && text.length <= longestRow;
			lines.push({ text: isKept ? text.replace(/\r$/, "") : null, number });
			begun = "";
			isTooLong = false;
			start = end + 1;
		}
		begun += chunk.slice(start);
		if (begun.length > longestRow) {
			begun = "";
			isTooLong = true;
		}
		return lines;
	};
}

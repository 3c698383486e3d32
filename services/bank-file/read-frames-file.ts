// A file that is one video's frames: one row.
import { type BankRow, type RowDefaults, refused, toBankRow } from "./bank-row.ts";
import { longestRow } from "./split-lines.ts";

export async function* readFramesFile(text: AsyncIterable<string>, defaults: RowDefaults): AsyncGenerator<BankRow> {
	let whole = "";
	for await (const piece of text) {
		if (whole.length + piece.length > longestRow)
			return yield refused(1, { code: "too-long", mostCharacters: longestRow });
		whole += piece;
	}
	yield toBankRow({ type: "vpdq", hash: whole }, 1, defaults);
}

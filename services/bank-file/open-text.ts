// A file as text, whatever its encoding says of itself: UTF-8, or UTF-16 as spreadsheets save it, with a byte order mark or without.
import { unreadable } from "./unreadable.ts";

const encodings = {
	"utf-8": "UTF-8",
	"utf-16le": "UTF-16 (little-endian)",
	"utf-16be": "UTF-16 (big-endian)",
} as const;
type Encoding = keyof typeof encodings;

export interface OpenedText {
	/** For people. */
	readonly encoding: (typeof encodings)[Encoding];
	/** The first bytes, as they are and as text. */
	readonly headBytes: Uint8Array;
	readonly head: string;
	/** From the beginning, in pieces; what is not of the encoding becomes U+FFFD. */
	readonly text: AsyncIterable<string>;
}

const headLength = 64 * 1024;

/** Throws `unreadable-file` where the file is in UTF-32. */
export async function openText(input: NodeJS.ReadableStream): Promise<OpenedText> {
	const { head, all } = await peek(input);
	const encoding = encodingOf(head);
	return {
		encoding: encodings[encoding],
		headBytes: head,
		head: new TextDecoder(encoding).decode(head),
		text: decode(all, encoding),
	};
}

async function peek(input: NodeJS.ReadableStream): Promise<{ head: Buffer; all: AsyncIterable<Uint8Array> }> {
	const pieces = input[Symbol.asyncIterator]();
	let head = Buffer.alloc(0);
	while (head.length < headLength) {
		const { done, value } = await pieces.next();
		if (done === true) break;
		head = Buffer.concat([head, Buffer.from(value)]);
	}
	async function* all() {
		yield head;
		for await (const piece of { [Symbol.asyncIterator]: () => pieces }) yield Buffer.from(piece);
	}
	return { head, all: all() };
}

async function* decode(pieces: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
	const decoder = new TextDecoder(encoding);
	for await (const piece of pieces) yield decoder.decode(piece, { stream: true });
	yield decoder.decode();
}

/** Text that is mostly ASCII, as hashes and their names are, shows its encoding: the zero bytes of UTF-16 then stand all on one side. */
function encodingOf(head: Buffer): Encoding {
	const mark = head.subarray(0, 4).toString("hex");
	if (mark === "fffe0000" || mark === "0000feff") throw utf32();
	if (mark.startsWith("fffe")) return "utf-16le";
	if (mark.startsWith("feff")) return "utf-16be";
	const sample = head.subarray(0, 4096);
	const zeros = [0, 0, 0, 0];
	for (const [at, byte] of sample.entries()) if (byte === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
	const mostly = zeros.map((count) => count > sample.length / 5).join();
	if (mostly === "false,true,true,true" || mostly === "true,true,true,false") throw utf32();
	if (mostly === "false,true,false,true") return "utf-16le";
	return mostly === "true,false,true,false" ? "utf-16be" : "utf-8";
}

function utf32() {
	return unreadable("this text is in UTF-32, which is not read here; save it as UTF-8");
}

// Texts from files, each file one text or each line, a line at a time: a feed of millions needs no more memory than its longest line.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { maxTextLength } from "../core/wire/item-event.ts";
import { type FilePath, printable } from "./file-path.ts";

export type ReadText = {
	readonly path: string;
	/** From 1; null where the file is one text. */
	readonly line: number | null;
} & (
	| { readonly kind: "read"; readonly sizeBytes: number; readonly text: string }
	| { readonly kind: "unreadable"; readonly reason: "not-utf-8" | "too-many-bytes" | "unreadable" }
);

/** A post of the longest that intake takes has no more in UTF-8. */
const maxBytes = maxTextLength * 3;
const newline = 0x0a;

/** Yields in the order of the paths; lines without a visible character are no texts. Stops early once `signal` aborts. */
export async function* readTexts(
	paths: readonly FilePath[],
	per: "file" | "line",
	signal: AbortSignal,
): AsyncGenerator<ReadText> {
	for (const path of paths) {
		for await (const text of per === "file" ? readWhole(path) : readLines(path)) {
			if (signal.aborted) return;
			yield text;
		}
	}
}

async function* readWhole(path: FilePath): AsyncGenerator<ReadText> {
	const place = { path: printable(path), line: null };
	try {
		const { size } = await stat(path);
		yield size > maxBytes
			? { ...place, kind: "unreadable", reason: "too-many-bytes" }
			: decode(place, await readFile(path));
	} catch {
		yield { ...place, kind: "unreadable", reason: "unreadable" };
	}
}

async function* readLines(file: FilePath): AsyncGenerator<ReadText> {
	const path = printable(file);
	let line = 1;
	let begun = Buffer.alloc(0);
	try {
		for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
			let from = 0;
			for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
				yield* decodeLine({ path, line }, Buffer.concat([begun, chunk.subarray(from, at)]));
				begun = Buffer.alloc(0);
				from = at + 1;
				line += 1;
			}
			// One byte more than a text may have is enough to refuse it.
			if (begun.length <= maxBytes) begun = Buffer.concat([begun, chunk.subarray(from)]);
		}
		yield* decodeLine({ path, line }, begun);
	} catch {
		yield { path, line, kind: "unreadable", reason: "unreadable" };
	}
}

function* decodeLine(place: Pick<ReadText, "path" | "line">, bytes: Buffer): Generator<ReadText> {
	const read = decode(place, bytes);
	if (read.kind === "unreadable" || read.text.trim() !== "") yield read;
}

function decode(place: Pick<ReadText, "path" | "line">, bytes: Buffer): ReadText {
	if (bytes.length > maxBytes) return { ...place, kind: "unreadable", reason: "too-many-bytes" };
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
		return { ...place, kind: "read", sizeBytes: bytes.length, text };
	} catch {
		return { ...place, kind: "unreadable", reason: "not-utf-8" };
	}
}

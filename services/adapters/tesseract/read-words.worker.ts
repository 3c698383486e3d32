// Runs in a worker process: one picture in, the words that are written in it out.
import type { DrawnWriting } from "../../core/ports/word-reader.ts";
import { loadTesseract } from "./load-tesseract.ts";
import { wordsOf } from "./words-of.ts";

/** Null where it could not be read. */
export type ReadWordsOutput = { readonly text: string } | null;

/** Several times what a page takes. */
const maxMemoryBytes = 268_435_456;

/** 3: blocks of text wherever they are. */
const tesseract = await loadTesseract({ tessedit_pageseg_mode: "3" }, maxMemoryBytes);

/** Where little is read for sure of the picture as it is, letters lie over something else: the light ones by themselves are read as well. */
export default async function readWords({ grey, light }: DrawnWriting): Promise<ReadWordsOutput> {
	const seen = tesseract.recognize(grey);
	if (seen === null) return null;
	const { text, isSure } = wordsOf(seen);
	if (isSure) return { text };
	const besides = tesseract.recognize(light);
	// What the first reading made of it is half of it at best: people are told that it was not read.
	if (besides === null) return null;
	return { text: [text, wordsOf(besides).text].filter((one) => one !== "").join("\n") };
}

// Makes bombs for the scenarios, in a process of its own: the suite's answers orders and sends the feed, and would do neither for minutes.
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { fromPackageRoot } from "../../services/runtime/package-root.ts";
import { pdfOf, zipOf } from "../support/containers.ts";
import { docxOf, pdfOfWords } from "../support/written-documents.ts";

const makers = { containers: containerBombs, words: wordBombs };

export interface BombsInput {
	readonly sort: keyof typeof makers;
	readonly picture: Uint8Array;
}

export default async function makeBombs({ sort, picture }: BombsInput): Promise<readonly Uint8Array[]> {
	return makers[sort](picture);
}

const zeros = (bytes: number) => Buffer.alloc(bytes);

function nested(depth: number): Buffer {
	let file = zipOf([{ name: "end", bytes: zeros(1_000) }]);
	for (let level = 0; level < depth; level += 1) file = zipOf([{ name: "in.zip", bytes: file }]);
	return file;
}

async function containerBombs(picture: Uint8Array): Promise<readonly Buffer[]> {
	const page = { jpeg: picture, width: 16, height: 16 };
	return [
		zipOf([{ name: "swells", bytes: zeros(300_000_000) }]),
		zipOf([{ name: "lies", bytes: zeros(300_000_000), saysBytes: 10 }]),
		zipOf(Array.from({ length: 20 }, (_, at) => ({ name: `${at}`, bytes: zeros(60_000_000) }))),
		zipOf(Array.from({ length: 20_000 }, (_, at) => ({ name: `${at}.txt`, bytes: Buffer.from("a") }))),
		nested(30),
		gzipSync(zeros(900_000_000)),
		await readFile(fromPackageRoot("test", "fixtures", "containers", "zeros.7z")),
		pdfOf(Array.from({ length: 500 }, () => page)),
		pdfOf([{ ...page, depth: 200 }]),
	];
}

/** Documents whose words would be without end; behind a picture, one that is all beginnings of files, and one with a bomb. */
async function wordBombs(picture: Uint8Array): Promise<readonly Buffer[]> {
	const create = { width: 16, height: 16, channels: 3, background: "#7f9" } as const;
	const page = { jpeg: await sharp({ create }).jpeg().toBuffer(), width: 16, height: 16 };
	const deep = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${"<w:p><w:r>".repeat(200_000)}<w:t>${"a ".repeat(300_000)}`;
	const longText = Buffer.from("lê ".repeat(8_000_000));
	return [
		docxOf(Array.from({ length: 250_000 }, () => ["lê"])),
		zipOf([
			{ name: "[Content_Types].xml", bytes: Buffer.from("<Types/>") },
			{ name: "word/document.xml", bytes: Buffer.from(deep) },
		]),
		zipOf([{ name: "word/document.xml", bytes: Buffer.from(`<w:t>${"&amp;".repeat(6_000_000)}`) }]),
		zipOf(Array.from({ length: 10 }, (_, at) => ({ name: `${at}.txt`, bytes: longText }))),
		pdfOfWords(["a"], { times: 1_000_000 }),
		pdfOf(Array.from({ length: 10_000 }, () => page)),
		Buffer.concat([picture, Buffer.from("\0\0\0\x20ftypisom".repeat(200_000), "latin1")]),
		Buffer.concat([picture, zipOf([{ name: "swells", bytes: zeros(300_000_000) }])]),
	];
}

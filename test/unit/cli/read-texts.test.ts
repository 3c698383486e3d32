import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type ReadText, readTexts } from "../../../services/cli/read-texts.ts";

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "breakwater-texts-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(
	content: string | Uint8Array,
	per: "file" | "line",
	signal = new AbortController().signal,
): Promise<readonly ReadText[]> {
	const path = join(folder, "texts");
	await writeFile(path, content);
	return collect(readTexts([path], per, signal));
}

async function collect(texts: AsyncIterable<ReadText>): Promise<readonly ReadText[]> {
	const found: ReadText[] = [];
	for await (const text of texts) found.push(text);
	return found;
}

const told = (found: readonly ReadText[]) =>
	found.map((one) => [one.line, one.kind === "read" ? one.text.trim() : one.reason]);

test("each line is a text with its number; blank lines count and are none", async () => {
	expect(told(await read("one\r\n\n \t\nvier\nfünf", "line"))).toEqual([
		[1, "one"],
		[4, "vier"],
		[5, "fünf"],
	]);
});

test("letters that straddle two portions of a file stay whole", async () => {
	const line = "ờ".repeat(50_000);
	expect(told(await read(`${line}\n${line}\n`, "line"))).toEqual([
		[1, line],
		[2, line],
	]);
});

test("what is longer than a post may be, or not UTF-8, is named and holds nothing up", async () => {
	const bytes = Buffer.concat([Buffer.alloc(1_000_000, "a"), Buffer.from("\nfine\n"), Buffer.from([0xff, 0x0a])]);
	const found = await read(bytes, "line");
	expect(told(found)).toEqual([
		[1, "too-many-bytes"],
		[2, "fine"],
		[3, "not-utf-8"],
	]);
	expect(told(await read(bytes, "file"))).toEqual([[null, "too-many-bytes"]]);
});

test("a whole file is one text, an empty one, too", async () => {
	expect(told(await read("one\ntwo\n", "file"))).toEqual([[null, "one\ntwo"]]);
	expect(told(await read("", "file"))).toEqual([[null, ""]]);
});

test("a file that cannot be read is said to be so, and the next ones are read", async () => {
	const next = join(folder, "next");
	await writeFile(next, "next");
	const { signal } = new AbortController();
	for (const per of ["file", "line"] as const) {
		const found = await collect(readTexts([join(folder, "gone"), next], per, signal));
		expect(found).toMatchObject([{ kind: "unreadable", reason: "unreadable" }, { text: "next" }]);
	}
});

test("nothing more is read once it is interrupted", async () => {
	expect(await read("one\ntwo\n", "line", AbortSignal.abort())).toEqual([]);
});

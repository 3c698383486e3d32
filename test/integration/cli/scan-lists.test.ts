// What `scan` makes of lists as they come from elsewhere: it holds them as a bank would, and says what is odd about them.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";

let line: CommandLine;
let file: string;
const words = "words in the role of a known file";
const md5 = createHash("md5").update(words).digest("hex");
beforeAll(async () => {
	line = await openCommandLine();
	file = join(line.folder, "known.bin");
	await writeFile(file, words);
});
afterAll(async () => line[Symbol.asyncDispose]());

/** What is found of the file, and what is said besides. */
async function scan(name: string, list: string) {
	const path = join(line.folder, name);
	await writeFile(path, list);
	const { code, out, err } = await line.breakwater("scan", file, "--bank", path, "--no-model", "--json");
	const [first = "null"] = out.split("\n");
	return { code, err, found: JSON.parse(first).matches as readonly unknown[] };
}

test("a hash of which one source says two things is one match, as the last row says, and that is told", async () => {
	const rows = (...kinds: readonly string[]) =>
		`type,hash,source,opinion\n${kinds.map((kind) => `md5,${md5},A,${kind}\n`).join("")}`;
	const last = await scan("known-again.csv", rows("positive", "negative", "positive"));
	expect(last).toMatchObject({ code: 0, err: expect.stringMatching(/of 1 hash one source says two things/) });
	expect(last.found).toHaveLength(1);
	expect((await scan("withdrawn.csv", rows("positive", "negative"))).found).toEqual([]);
});

test("a row that has expired finds nothing, and that is told", async () => {
	const { code, err, found } = await scan("expired.csv", `type,hash,expires\nmd5,${md5},2020-01-01\n`);
	expect([code, found]).toEqual([0, []]);
	expect(err).toMatch(/1 row has expired already: it matches nothing/);
});

test("a page without entries is a normal answer; a list of which every row is refused is none", async () => {
	const empty = await scan("empty.json", '{"data": []}');
	expect(empty).toMatchObject({ code: 0, found: [], err: expect.stringMatching(/it holds no entry/) });
	await writeFile(join(line.folder, "refused.csv"), "type,hash\nmd5,xyz\n");
	const refused = await line.breakwater("scan", file, "--bank", join(line.folder, "refused.csv"), "--no-model");
	expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/holds no usable entry/) });
});

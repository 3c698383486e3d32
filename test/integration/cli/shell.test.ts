// What shells do with commands: they close pipes, fill disks, and hand over file names of any bytes.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { drawSample } from "../../../services/adapters/sharp/draw-sample.ts";
import { type CommandLine, openCommandLine } from "../../support/command-line.ts";

let line: CommandLine;
beforeAll(async () => {
	line = await openCommandLine();
	await line.breakwater("bank", "create", "known", "--category", "csam");
	const rows = Array.from({ length: 20_000 }, (_, index) => `md5,${String(index).padStart(8, "1").repeat(4)}`);
	await writeFile(join(line.folder, "rows.csv"), `type,hash\n${rows.join("\n")}\n`);
	await line.breakwater("bank", "import", "known", join(line.folder, "rows.csv"));
}, 180_000);
afterAll(async () => line[Symbol.asyncDispose]());

describe("nobody reads on", () => {
	// What the command ended with, after all that it said.
	const outcome = (command: string) => line.shell(`{ $breakwater ${command}; echo "ended with $?" >&2; } | head -n 1`);

	test.each([
		["bank export known", /^type,hash/, 1],
		["bank history known --limit 500", /^sequence|^revision/, 0],
		["--help", /^Usage/, 0],
	])(
		"%s | head ends quietly",
		async (command, first, code) => {
			const { out, err } = await outcome(command);
			expect(out).toMatch(first);
			expect(err).toBe(`ended with ${code}\n`);
		},
		30_000,
	);

	test("and what a command does is done all the same", async () => {
		const { err } = await line.shell(`{ $breakwater bank create piped --category csam; echo $? >&2; } | true`);
		expect(err).toBe("0\n");
		expect((await line.breakwater("bank", "show", "piped")).code).toBe(0);
	}, 180_000);

	test("an output that cannot be written for another reason is named", async () => {
		const { code, err } = await line.shell("$breakwater bank list > /dev/full");
		expect({ code, err }).toEqual({ code: 1, err: "breakwater: the disk is full\n" });
	}, 180_000);
});

test("file names that are not UTF-8 work, walked or named by a shell", async () => {
	const folder = join(line.folder, "names");
	await mkdir(folder);
	const inFolder = (...name: readonly number[]) => Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from(name)]);
	await writeFile(inFolder(0xe9, 0x2e, 0x6a, 0x70, 0x67), await drawSample(3));
	await writeFile(inFolder(0xe8, 0x2e, 0x74, 0x78, 0x74), `${"0f".repeat(16)}\n`);

	const walked = await line.breakwater("hash", folder, "--json");
	expect(
		walked.out
			.trim()
			.split("\n")
			.map((text) => JSON.parse(text)),
	).toMatchObject([
		{ path: `${folder}/caf\ufffd.txt`, sha256: expect.any(String) },
		{ path: `${folder}/caf\ufffd.jpg`, pdq: expect.any(String) },
	]);
	const named = await line.shell(`$breakwater hash '${folder}'/caf*.jpg --json`);
	expect(JSON.parse(named.out)).toMatchObject({ path: `${folder}/caf\ufffd.jpg`, pdq: expect.any(String) });
	expect((await line.shell(`$breakwater bank import known '${folder}'/caf*.txt`)).out).toMatch(/^1 added/);
	expect((await line.shell(`$breakwater bank add known '${folder}'/caf*.jpg`)).out).toMatch(/^\d entries added/m);
	const texts = await line.shell(`$breakwater hash --text '${folder}'/caf*.txt --json`);
	expect(JSON.parse(texts.out)).toMatchObject({ text: expect.any(String) });
	expect((await line.shell(`$breakwater scan '${folder}' --bank '${folder}'/caf*.txt`)).err).toMatch(/^2 files in/m);
}, 180_000);

describe("with --json an error is one JSON document on standard error", () => {
	test.each([
		[["bank", "show", "none"], 1, "not-found", /^there is no bank none/],
		[["bank", "show"], 2, "usage", /^missing required argument 'name'/],
		[["bank", "list", "--colour"], 2, "usage", /^unknown option '--colour'/],
		[["nonsense"], 2, "usage", /^unknown command 'nonsense'/],
		[["dead-letters", "replay"], 2, "usage", /^name ids/],
		[["hash", "/no/such/file"], 1, "failed", /^no such file or folder/],
	])(
		"%j",
		async (args, code, errorCode, message) => {
			const outcome = await line.breakwater(...args, "--json");
			expect(outcome).toMatchObject({ code, out: "" });
			expect(JSON.parse(outcome.err)).toEqual({
				error: { code: errorCode, message: expect.stringMatching(message) },
			});
		},
		30_000,
	);

	test("and help is help", async () => {
		const { code, out, err } = await line.breakwater("bank", "--help", "--json");
		expect({ code, err }).toEqual({ code: 0, err: "" });
		expect(out).toMatch(/^Usage: breakwater bank/);
	}, 180_000);
});

test("a data folder that cannot be made is named, and why", async () => {
	const file = join(line.folder, "a-file");
	await writeFile(file, "");
	const { code, err } = await line.shell(
		`BREAKWATER_DATABASE_URL= BREAKWATER_DATA_DIR='${file}' $breakwater platform list`,
	);
	expect([code, err.trim()]).toEqual([1, `breakwater: this folder cannot be made (EEXIST): ${file}`]);
}, 30_000);

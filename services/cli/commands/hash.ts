import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { simhashText } from "../../core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../core/hashes/text/text-hash.ts";
import { type ExaminedFile, examineFiles, toHex } from "../examine-files.ts";
import { openScanner } from "../lazy-compose.ts";
import { picturesIn } from "../listable-hashes.ts";
import { printLine, wantsJson } from "../output.ts";
import { walkFiles } from "../walk-files.ts";

export function addHashCommand(program: Command): void {
	program
		.command("hash")
		.description("Print the exact and PDQ hashes of files, or the hashes of texts; folders are walked")
		.argument("<path...>", "files or folders")
		.option("--text", "take each file as one text in UTF-8: its exact hash and its near-duplicate hash")
		.addHelpText(
			"after",
			"\nPrints one line per file: PDQ (with its quality, 0–100) and SHA-256, or one JSON object with --json.\nExit code 1 if no file could be hashed.",
		)
		.action(async (paths: string[], options: { readonly text?: true }, command: Command) => {
			if (options.text === true) return hashTexts(await walkFiles(paths), command);
			await using scanner = await openScanner({ withModel: false });
			const isJson = wantsJson(command);
			let hashed = 0;
			for await (const file of examineFiles(await walkFiles(paths), scanner, new AbortController().signal)) {
				const line = describe(file);
				if ("sha256" in line) hashed += 1;
				printLine(isJson ? JSON.stringify(line) : toText(line));
			}
			if (hashed === 0) process.exitCode = 1;
		});
}

async function hashTexts(paths: readonly string[], command: Command): Promise<void> {
	for (const path of paths) {
		const text = await readFile(path, "utf8");
		const [exact, near] = [hashText(text), simhashText(text)].map((hash) => (hash === null ? null : toHex(hash)));
		if (wantsJson(command)) printLine(JSON.stringify({ path, text: exact, "text-simhash": near }));
		else printLine(`${path}\n  text          ${exact ?? "nothing to read"}\n  text-simhash  ${near ?? "too short"}`);
		if (exact === null) process.exitCode = 1;
	}
}

type HashLine =
	| {
			readonly path: string;
			readonly sha256: string;
			readonly sha1: string;
			readonly md5: string;
			readonly pdq: string | null;
			readonly quality: number | null;
			/** Of a file of several pictures: each that differs from those before. */
			readonly frames?: readonly { readonly pdq: string; readonly quality: number }[];
			readonly reason?: string;
	  }
	| { readonly path: string; readonly reason: string };

function describe(file: ExaminedFile): HashLine {
	if (file.kind === "unreadable") return { path: file.path, reason: file.reason };
	const { hashes } = file.examination;
	// Half a picture is another picture: whoever copies its hash into a list would list what was never seen.
	const pictures = picturesIn(file.examination).map(({ hash, quality }) => ({ pdq: toHex(hash), quality }));
	return {
		path: file.path,
		sha256: toHex(hashes.sha256),
		sha1: toHex(hashes.sha1),
		md5: toHex(hashes.md5),
		pdq: pictures[0]?.pdq ?? null,
		quality: pictures[0]?.quality ?? null,
		...(pictures.length > 1 ? { frames: pictures } : {}),
		...(file.examination.kind === "unavailable" ? { reason: file.examination.reason } : {}),
	};
}

function toText(line: HashLine): string {
	if (!("sha256" in line)) return `${line.path}: ${line.reason}`;
	const frames = line.frames ?? [{ pdq: line.pdq, quality: line.quality }];
	const pdqs = frames.map(({ pdq, quality }, at) => {
		const number = frames.length > 1 ? ` ${at + 1}` : "";
		return `  pdq${number}     ${pdq === null ? "no PDQ" : `${pdq} quality ${quality}`}`;
	});
	const reason = line.reason === undefined ? [] : [`  not whole: ${line.reason}`];
	return [
		line.path,
		...pdqs,
		...reason,
		`  sha256  ${line.sha256}`,
		`  sha1    ${line.sha1}`,
		`  md5     ${line.md5}`,
	].join("\n");
}

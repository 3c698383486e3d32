import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { textMakers } from "../../core/hashes/makers.ts";
import { textHashesOf } from "../../core/items/item-hashes.ts";
import { picturesIn } from "../../core/items/picture/whole-hash.ts";
import { type ExaminedFile, examineFiles, toHex } from "../examine-files.ts";
import { type FilePath, printable } from "../file-path.ts";
import { fileHexes, hexByType } from "../hex-by-type.ts";
import { openScanner } from "../lazy-compose.ts";
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
				if ("ofBytes" in line) hashed += 1;
				printLine(isJson ? toJson(line) : toText(line));
			}
			if (hashed === 0) process.exitCode = 1;
		});
}

async function hashTexts(files: readonly FilePath[], command: Command): Promise<void> {
	for (const file of files) {
		const path = printable(file);
		const text = await readFile(file, "utf8");
		const hashes = textHashesOf(text);
		if (wantsJson(command)) printLine(JSON.stringify({ path, ...hexByType(hashes) }));
		else printLine([path, ...hashes.map(describeTextHash)].join("\n"));
		if (hashes.every(({ hash }) => hash === null)) process.exitCode = 1;
	}
}

function describeTextHash({ type, hash }: ReturnType<typeof textHashesOf>[number]): string {
	return `  ${type.padEnd(12)}  ${hash === null ? textMakers[type].why : toHex(hash)}`;
}

type HashLine =
	| {
			readonly path: string;
			readonly ofBytes: Readonly<Record<string, string | null>>;
			readonly pdq: string | null;
			readonly quality: number | null;
			/** The pictures of a file of several: each that differs from those before. */
			readonly frames?: readonly { readonly pdq: string; readonly quality: number }[];
			readonly reason?: string;
	  }
	| { readonly path: string; readonly reason: string };

function describe(file: ExaminedFile): HashLine {
	if (file.kind === "unreadable") return { path: file.path, reason: file.reason };
	// Half a picture is another picture: whoever copies its hash into a list would list what was never seen.
	const pictures = picturesIn(file.examination).map(({ hash, quality }) => ({ pdq: toHex(hash), quality }));
	return {
		path: file.path,
		ofBytes: fileHexes(file.examination.hashes),
		pdq: pictures[0]?.pdq ?? null,
		quality: pictures[0]?.quality ?? null,
		...(pictures.length > 1 ? { frames: pictures } : {}),
		...(file.examination.kind === "unavailable" ? { reason: file.examination.reason } : {}),
	};
}

function toJson(line: HashLine): string {
	if (!("ofBytes" in line)) return JSON.stringify(line);
	const { path, ofBytes, ...rest } = line;
	return JSON.stringify({ path, ...ofBytes, ...rest });
}

function toText(line: HashLine): string {
	if (!("ofBytes" in line)) return `${line.path}: ${line.reason}`;
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
		...Object.entries(line.ofBytes).map(([type, hash]) => `  ${type.padEnd(6)}  ${hash}`),
	].join("\n");
}

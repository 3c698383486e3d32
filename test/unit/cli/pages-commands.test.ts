// Every command line that a page of ours gives (the README, what is below infra/, the READMEs of services/) is one: its nouns and verbs are there, and
// its options. What it does is tried elsewhere; here a page and the program cannot part unseen.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "@jest/globals";
import type { Command } from "commander";
import { createProgram } from "../../../services/cli/program.ts";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";

const program = await createProgram(false);

interface Written {
	readonly page: string;
	readonly line: string;
}

function pages(): readonly string[] {
	const below = ["infra", "services", "models", "answers", "jurisdictions"].flatMap((folder) =>
		readdirSync(fromPackageRoot(folder), { recursive: true, encoding: "utf8" })
			.filter((name) => /\.(?:md|service|yml)$/.test(name))
			.map((name) => join(folder, name)),
	);
	return ["README.md", "docker-compose.yml", ...below];
}

/** Within backquotes, or a line of a block: the program's name or what stands for it, and what follows. */
const started =
	/(?:^|[\s`(])(?:(?:npx |(?<!-u ))breakwater|node (?:\/opt\/breakwater\/)?dist\/services\/cli\/main\.js|docker-compose run --rm setup) ([a-z][^`]*)/;

function commandsOf(page: string): readonly Written[] {
	const text = readFileSync(fromPackageRoot(page), "utf8");
	const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, body = ""]) => body.replace(/\\\n\s*/g, " "));
	const indented = text.split("\n").filter((line) => /^(?: {4}|\t)\S/.test(line));
	const lines = [...blocks.flatMap((body) => body.split("\n")), ...indented];
	const inline = [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/`([^`]+)`/g)].map(([, said = ""]) =>
		said.replace(/\s+/g, " "),
	);
	return [...lines.filter((line) => !/^\s*(?:[{"]|\/\/)/.test(line)), ...inline].flatMap((said) => {
		const line = started.exec(said)?.[1];
		return line === undefined ? [] : [{ page: relative(".", page), line }];
	});
}

/** The words up to a comment, a pipe, a second command; what stands for something is left as it is. */
function wordsOf(line: string): readonly string[] {
	const [one = ""] = line.split(/\s(?:#|\||&&|>|<(?=\s|[^\s<>]*\.[a-z]+$)|2>)\s?|[;)]/);
	return one
		.replace(/"[^"]*"|'[^']*'/g, "x")
		.split(/\s+/)
		.filter(Boolean);
}

/** What is wrong with it; null where nothing is. */
function faultOf(words: readonly string[]): string | null {
	let at: readonly Command[] = [program];
	const options = new Set<string>();
	for (const word of words) {
		if (word.startsWith("--")) {
			options.add(word.replace(/[=\].,:].*$/, ""));
			continue;
		}
		const groups = at.filter(({ commands }) => commands.length > 0);
		if (groups.length === 0 || /^[…<["]/.test(word)) continue;
		// `platform|reporter rotate-key` are two commands.
		const named = word.replace(/[.,:]+$/, "").split("|");
		const found = named.map((name) => groups.flatMap(({ commands }) => commands).filter((one) => one.name() === name));
		const missing = named.filter((_, index) => found[index]?.length === 0);
		if (missing.length > 0) return `there is no ${missing.join(", ")}`;
		at = found.flat();
	}
	const known = new Set(at.flatMap(ownAndAbove).flatMap((command) => command.options.map(({ long }) => long)));
	const strange = [...options].filter((name) => !known.has(name) && name !== "--help" && name !== "--");
	return strange.length === 0 ? null : `there is no option ${strange.join(", ")}`;
}

function ownAndAbove(command: Command): readonly Command[] {
	return command.parent === null ? [command] : [command, ...ownAndAbove(command.parent)];
}

test("every command that a page names is one, with the options that it gives it", () => {
	const written = pages().flatMap(commandsOf);
	expect(written.length).toBeGreaterThan(100);
	const wrong = written.flatMap(({ page, line }) => {
		const fault = faultOf(wordsOf(line));
		return fault === null ? [] : [`${page}: breakwater ${line}: ${fault}`];
	});
	expect(wrong).toEqual([]);
});

// `breakwater bank add`: entries from picture files or texts.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { entryRejection } from "../../../core/banks/entry-rejection.ts";
import { simhashText } from "../../../core/hashes/simhash/text-simhash.ts";
import { hashText } from "../../../core/hashes/text/text-hash.ts";
import type { NewEntry } from "../../../core/ports/bank-store.ts";
import { examineFiles } from "../../examine-files.ts";
import { openScanner, withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { print } from "../../output.ts";
import { requireBank } from "../../require-bank.ts";
import { walkFiles } from "../../walk-files.ts";

export function addEntryCommands(bank: Command): void {
	withBy(bank.command("add"))
		.description(
			"Hash picture files and add them as entries (SHA-256 and PDQ), or texts (exact and near-duplicate hash)",
		)
		.argument("<name>", "bank")
		.argument("<path...>", "files or folders")
		.option("--source <name>", "who says so", "local")
		.option("--text", "take each file as one text in UTF-8")
		.action(
			async (
				name: string,
				paths: string[],
				options: { readonly source: string; readonly text?: true; readonly by?: string },
				command: Command,
			) => {
				const entriesOf = options.text === true ? entriesOfTexts : entriesOfFiles;
				const { entries, refused } = await entriesOf(paths, options.source);
				const result = await withParts(async (parts) => {
					const { id } = await requireBank(parts, name);
					return { ...(await parts.stores.banks.addEntries(id, entries, operatorName(options))), refused };
				});
				for (const { path, reason } of refused) process.stderr.write(`${path}: ${reason}\n`);
				print(
					command,
					result,
					({ added, changed, same }) => `${added} entries added, ${changed} changed, ${same} already there`,
				);
				if (entries.length === 0) process.exitCode = 1;
			},
		);
}

interface Gathered {
	readonly entries: NewEntry[];
	readonly refused: { readonly path: string; readonly reason: string }[];
}

async function entriesOfTexts(paths: readonly string[], source: string): Promise<Gathered> {
	const gathered: Gathered = { entries: [], refused: [] };
	const base = { opinion: { source, kind: "positive" }, quality: null, externalId: null, note: null } as const;
	for (const path of await walkFiles(paths)) {
		const text = await readFile(path, "utf8");
		const [exact, near] = [hashText(text), simhashText(text)];
		if (exact === null) gathered.refused.push({ path, reason: "text: nothing to read" });
		else gathered.entries.push({ ...base, hashType: "text", hash: exact });
		if (near === null) gathered.refused.push({ path, reason: "text-simhash: too short to tell it from other texts" });
		else gathered.entries.push({ ...base, hashType: "text-simhash", hash: near });
	}
	return gathered;
}

async function entriesOfFiles(paths: readonly string[], source: string): Promise<Gathered> {
	await using scanner = await openScanner({ withModel: false });
	const gathered: Gathered = { entries: [], refused: [] };
	const { entries, refused } = gathered;
	const base = { opinion: { source, kind: "positive" }, externalId: null, note: null } as const;
	for await (const file of examineFiles(await walkFiles(paths), scanner, new AbortController().signal)) {
		if (file.kind === "unreadable") {
			refused.push({ path: file.path, reason: file.reason });
			continue;
		}
		const { sha256, pdq } = file.examination.hashes;
		const candidates: NewEntry[] = [{ ...base, hashType: "sha256", hash: sha256, quality: null }];
		if (pdq !== null) candidates.push({ ...base, hashType: "pdq", hash: pdq.hash, quality: pdq.quality });
		for (const entry of candidates) {
			const rejection = entryRejection(entry);
			if (rejection === null) entries.push(entry);
			else refused.push({ path: file.path, reason: `${entry.hashType}: ${rejection.detail}` });
		}
	}
	return gathered;
}

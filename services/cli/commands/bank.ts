import { createReadStream } from "node:fs";
import type { Command } from "commander";
import type { Parts } from "../../composition/parts.ts";
import { BreakwaterError } from "../../core/errors.ts";
import type { BankSettings } from "../../core/matching/bank.ts";
import { entryRejection } from "../../core/matching/entry-rejection.ts";
import type { NewEntry } from "../../core/ports/bank-store.ts";
import { examineFiles } from "../examine-files.ts";
import { importRows } from "../import-rows.ts";
import { openScanner, withParts } from "../lazy-compose.ts";
import { print, table } from "../output.ts";
import { walkFiles } from "../walk-files.ts";

export function addBankCommands(program: Command): void {
	const bank = program.command("bank").description("Banks of known hashes");
	addCreate(bank);
	addImport(bank);
	addAdd(bank);
	addChanges(bank);
	bank
		.command("list")
		.description("List banks with their settings and entries")
		.action(async (_options: unknown, command: Command) => {
			const banks = await withParts((parts) => parts.stores.banks.list());
			const columns = ["name", "kind", "category", "entries", "enabled", "trusted", "shadow", "radii", "updated"];
			print(command, banks, (all) =>
				table(
					columns,
					all.map((one) => [
						one.name,
						one.kind,
						one.category,
						one.entryCount,
						yes(one.enabled),
						yes(one.trusted),
						yes(one.shadow),
						`${one.tightRadiusBits}/${one.wideRadiusBits}`,
						one.updatedAt.toISOString(),
					]),
				),
			);
		});
}

interface CreateOptions {
	readonly category: string;
	readonly kind: BankSettings["kind"];
	readonly trusted?: boolean;
	readonly shadow?: boolean;
	readonly ratio: string;
	readonly tight: string;
	readonly wide: string;
}

function addCreate(bank: Command): void {
	bank
		.command("create")
		.description("Create an empty bank")
		.argument("<name>", "lower-case letters, digits and dashes")
		.requiredOption("--category <code>", "policy category of what it holds")
		.option("--kind <kind>", "known, or exempt (known harmless)", "known")
		.option("--trusted", "verified here: one positive source is enough to withhold")
		.option("--shadow", "record what it would have done, and do nothing")
		.option("--ratio <share>", "share of content it answers for, 0 to 1", "1")
		.option("--tight <bits>", "PDQ distance up to which a match is strong", "20")
		.option("--wide <bits>", "PDQ distance up to which a match is probable", "31")
		.action(async (name: string, options: CreateOptions, command: Command) => {
			const settings = {
				name,
				kind: options.kind,
				category: options.category,
				trusted: options.trusted === true,
				enabled: true,
				shadow: options.shadow === true,
				enabledRatio: Number(options.ratio),
				tightRadiusBits: Number(options.tight),
				wideRadiusBits: Number(options.wide),
			};
			const created = await withParts((parts) => parts.stores.banks.create(settings, operator));
			print(command, created, (one) => `created bank ${one.name}`);
		});
}

function addImport(bank: Command): void {
	bank
		.command("import")
		.description("Add the entries of a CSV file (columns type,hash[,quality,source,opinion,external_id,note])")
		.argument("<name>", "bank")
		.argument("<file>", "CSV file")
		.option("--source <name>", "source of rows that name none (default: the bank's name)")
		.addHelpText(
			"after",
			"\nRunning it again changes nothing. Rows that are refused are counted and shown with their line and reason.",
		)
		.action(async (name: string, file: string, options: { readonly source?: string }, command: Command) => {
			const result = await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				return importRows(parts.stores.banks, id, createReadStream(file), options.source ?? name, operator);
			});
			print(command, result, ({ added, changed, same, rejected }) => {
				const reasons = Object.entries(rejected.byReason).map(([reason, count]) => `\n  ${count} refused: ${reason}`);
				const lines = rejected.first.map(({ line, reason }) => `\n    line ${line}: ${reason}`);
				return `${added} added, ${changed} changed, ${same} already there${reasons.join("")}${lines.join("")}`;
			});
			if (result.added + result.changed + result.same === 0) process.exitCode = 1;
		});
}

function addAdd(bank: Command): void {
	bank
		.command("add")
		.description("Hash picture files and add them as entries (SHA-256 and PDQ)")
		.argument("<name>", "bank")
		.argument("<path...>", "files or folders")
		.option("--source <name>", "who says so", "local")
		.action(async (name: string, paths: string[], options: { readonly source: string }, command: Command) => {
			const { entries, refused } = await entriesOfFiles(paths, options.source);
			const result = await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				return { ...(await parts.stores.banks.addEntries(id, entries, operator)), refused };
			});
			for (const { path, reason } of refused) process.stderr.write(`${path}: ${reason}\n`);
			print(
				command,
				result,
				({ added, changed, same }) => `${added} entries added, ${changed} changed, ${same} already there`,
			);
			if (entries.length === 0) process.exitCode = 1;
		});
}

async function entriesOfFiles(paths: readonly string[], source: string) {
	await using scanner = await openScanner({ withModel: false });
	const entries: NewEntry[] = [];
	const refused: { readonly path: string; readonly reason: string }[] = [];
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
			const reason = entryRejection(entry);
			if (reason === null) entries.push(entry);
			else refused.push({ path: file.path, reason: `${entry.hashType}: ${reason}` });
		}
	}
	return { entries, refused };
}

function addChanges(bank: Command): void {
	for (const [verb, enabled] of [
		["enable", true],
		["disable", false],
	] as const) {
		bank
			.command(verb)
			.description(`${enabled ? "Start" : "Stop"} matching against a bank, everywhere within a second`)
			.argument("<name>", "bank")
			.action(async (name: string, _options: unknown, command: Command) => {
				const changed = await withParts(async (parts) => {
					const { id } = await requireBank(parts, name);
					return parts.stores.banks.update(id, { enabled }, operator);
				});
				print(command, changed, (one) => `${verb}d bank ${one.name}`);
			});
	}
	bank
		.command("remove")
		.description("Remove a bank with all its entries")
		.argument("<name>", "bank")
		.requiredOption("--yes", "say that you mean it")
		.action(async (name: string, _options: unknown, command: Command) => {
			await withParts(async (parts) => {
				const { id } = await requireBank(parts, name);
				await parts.stores.banks.remove(id, operator);
			});
			print(command, { removed: name }, () => `removed bank ${name}`);
		});
}

const operator = "cli";

async function requireBank(parts: Parts, name: string): Promise<BankSettings> {
	const found = await parts.stores.banks.findByName(name);
	if (found !== null) return found;
	const names = (await parts.stores.banks.list()).map((one) => one.name);
	throw new BreakwaterError("not-found", {
		detail: `there is no bank ${name}; ${names.length === 0 ? "create one with `breakwater bank create`" : `there are: ${names.join(", ")}`}`,
	});
}

function yes(value: boolean): string {
	return value ? "yes" : "no";
}

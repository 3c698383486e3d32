// `breakwater bank import`: a draft of a file, its delta, and the act of accepting it where one person's word is enough.
import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { type Command, Option } from "commander";
import { type OpenedBankFile, openBankFile } from "../../../bank-file/open-bank-file.ts";
import { type FileFormat, fileFormats } from "../../../bank-file/recognize.ts";
import { stageRows } from "../../../bank-file/stage-rows.ts";
import { type HashType, hashTypes } from "../../../core/hashes/hash-type.ts";
import type { DraftId } from "../../../core/ids.ts";
import type { BankDraft } from "../../../core/ports/bank-draft-store.ts";
import type { Parts } from "../../../parts/parts.ts";
import { carryOutDraft } from "../../carry-out-draft.ts";
import { describeDraft, describeFaults } from "../../describe-draft.ts";
import { pathsNamed } from "../../file-path.ts";
import { withParts } from "../../lazy-compose.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { noteLine, print } from "../../output.ts";
import { parseListSource } from "../../parse-options.ts";
import { startProgress } from "../../progress-bar.ts";
import { requireBank } from "../../require-bank.ts";
import { untilInterrupted } from "../../until-interrupted.ts";

interface ImportOptions {
	readonly source?: string;
	readonly format?: FileFormat;
	readonly type?: HashType;
	readonly replace?: boolean;
	readonly dryRun?: boolean;
	readonly by?: string;
}

const help = `
Read are tables with a header (type,hash[,quality,source,opinion,external_id,categories,severity,note,expires], or a column for
each type of hash) parted by commas, semicolons, tabs or bars; JSON lines with the same names; JSON as ThreatExchange gives it; what
md5sum and its like print; a bare column of hashes. In UTF-8 or UTF-16. Rows that are refused are counted by reason and shown with
their line; a list without rows changes nothing, and is no fault, with --replace neither.
Running an import again changes nothing. What changes more than the bank allows waits for a second person (bank drafts, bank approve).`;

export function addImportCommand(bank: Command): void {
	withBy(bank.command("import"))
		.description(
			"Make a draft of a file's entries, show what it changes, and apply it where that is within the bank's allowance",
		)
		.argument("<name>", "bank")
		.argument("<file>", "a list of hashes; - reads standard input")
		.option("--source <name>", "source of rows that name none (default: the bank's name)", parseListSource)
		.addOption(new Option("--format <format>", "default: as its content says").choices(fileFormats))
		.addOption(new Option("--type <type>", "of hashes that do not say theirs").choices(hashTypes))
		.option(
			"--replace",
			"the file is the full list of its sources: what they said before and do not say now is taken back",
		)
		.option("--dry-run", "show what it would change, and change nothing")
		.addHelpText("after", help)
		.action(async (name: string, file: string, options: ImportOptions, command: Command) => {
			const draft = await withParts((parts) => importFile(parts, { name, file, options }));
			if (options.replace === true && draft.rowCount === 0)
				noteLine("a full list without a row that can be taken takes nothing back");
			print(command, draft, (one) => {
				if (options.dryRun === true) return `${describeDraft(one)}\nnothing was changed`;
				return one.state === "open" ? `${describeDraft(one)}\n${describeFaults(one)}` : describeDraft(one);
			});
			// A page without entries is an answer like another; one of which nothing could be taken is not.
			const { added, changed, removed, same } = draft.delta;
			const isTaken = added + changed + removed + same > 0 || draft.rejected.count === 0;
			if (draft.state === "open" || !isTaken) process.exitCode = 1;
		});
}

interface Import {
	readonly name: string;
	readonly file: string;
	readonly options: ImportOptions;
}

async function importFile(parts: Parts, { name, file, options }: Import): Promise<BankDraft> {
	const { bankDrafts } = parts.stores;
	const { id: bankId } = await requireBank(parts, name);
	const by = operatorName(options);
	const source = options.source ?? name;
	const origin = file === "-" ? "standard input" : basename(file);
	await using input = await openInput(file);
	// Before a draft is opened: what cannot be read leaves none behind.
	const stream = input.stream();
	const opened = await openBankFile(stream, { name: file, format: options.format, source, hashType: options.type });
	noteLine(`${origin}: read as ${opened.description}`);
	const draft = await bankDrafts.open({ bankId, by, origin, source, isReplacing: options.replace === true });
	const staged = await stageFile(parts, draft, { stream, size: input.size, opened, by });
	const { added, changed, removed } = staged.delta;
	if (options.dryRun === true) return bankDrafts.reject(draft, by, "dry run");
	if (added + changed + removed === 0) return bankDrafts.reject(draft, by, "nothing to change");
	if (staged.faults.length > 0) return staged;
	await bankDrafts.accept(draft, by, { name: "typed" });
	return carryOutDraft(bankDrafts, draft);
}

interface Input extends AsyncDisposable {
	/** 0 where it is not known beforehand. */
	readonly size: number;
	stream(): Readable;
}

async function openInput(file: string): Promise<Input> {
	if (file === "-") return { size: 0, stream: () => process.stdin, async [Symbol.asyncDispose]() {} };
	const [path = file] = await pathsNamed(file);
	const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT" || error.code === "ENOTDIR") throw new Error(`no such file: ${file}`);
		throw new Error(`${file} cannot be read: ${error.code ?? error.message}`);
	});
	const status = await handle.stat();
	if (status.isDirectory()) {
		await handle.close();
		throw new Error(`${file} is a folder`);
	}
	return {
		size: status.size,
		stream: () => handle.createReadStream({ highWaterMark: 1 << 20 }),
		[Symbol.asyncDispose]: () => handle.close(),
	};
}

interface StagedFile {
	readonly stream: Readable;
	/** In bytes; 0 where it is not known beforehand. */
	readonly size: number;
	readonly opened: OpenedBankFile;
	readonly by: string;
}

async function stageFile(
	{ stores }: Parts,
	draft: DraftId,
	{ stream, size, opened, by }: StagedFile,
): Promise<BankDraft> {
	using interrupt = untilInterrupted();
	const megabytes = (bytes: number) => Math.ceil(bytes / 1e6);
	const progress = startProgress("MB read", megabytes(size));
	const onRow = () => progress.to("bytesRead" in stream ? megabytes(Number(stream.bytesRead)) : 0);
	try {
		const rejected = await stageRows(stores.bankDrafts, draft, opened.rows, { signal: interrupt.signal, onRow });
		return await stores.bankDrafts.close(draft, rejected);
	} catch (error) {
		// Nobody will come back to half a file.
		await stores.bankDrafts.reject(draft, by, "the file could not be read to its end").catch(() => undefined);
		throw error;
	} finally {
		progress.stop();
	}
}

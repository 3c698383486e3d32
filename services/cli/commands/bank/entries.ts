// `breakwater bank add`: entries from picture files or texts.
import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import type { BankSettings, Opinion } from "../../../core/banks/bank.ts";
import { entryRejection } from "../../../core/banks/entry-rejection.ts";
import { readCondition } from "../../../core/banks/read-condition.ts";
import { mostOthers, mostWordsAway, type TermCondition, termLanguages } from "../../../core/banks/term-condition.ts";
import type { HashType } from "../../../core/hashes/hash-type.ts";
import { hashLink } from "../../../core/hashes/link/link-hash.ts";
import { textMakers } from "../../../core/hashes/makers.ts";
import { hashTerm, type TermFault } from "../../../core/hashes/term/term-hash.ts";
import { hashOfFrames } from "../../../core/hashes/vpdq/hash-of-frames.ts";
import { textHashesOf } from "../../../core/items/item-hashes.ts";
import { isVideo } from "../../../core/items/picture/picture.ts";
import type { LinkFault } from "../../../core/links/link-forms.ts";
import type { NewEntry } from "../../../core/ports/bank-store.ts";
import { sentence } from "../../../words/statement.ts";
import { english } from "../../../words/statements.en.ts";
import { examineFiles } from "../../examine-files.ts";
import { printable } from "../../file-path.ts";
import { openScanner, withParts } from "../../lazy-compose.ts";
import {
	type FrameChoice,
	hashesToList,
	listableHashes,
	listableSound,
	type PartKind,
	parseFrames,
	parseParts,
} from "../../listable-hashes.ts";
import { operatorName, withBy } from "../../operator-name.ts";
import { noteLine, print, printLine, wantsJson } from "../../output.ts";
import { oneMore, parseListSource, parseSequence } from "../../parse-options.ts";
import { readTexts } from "../../read-texts.ts";
import { refuseLists } from "../../refuse-lists.ts";
import { requireBank } from "../../require-bank.ts";
import { walkFiles } from "../../walk-files.ts";

export function addEntryCommands(bank: Command): void {
	withBy(bank.command("add"))
		.description(
			"Hash picture files and add them as entries (SHA-256 and PDQ), videos (SHA-256, vPDQ, and what is heard), files of sound (SHA-256 and what is heard), or texts (exact and near-duplicate hash)",
		)
		.argument("<name>", "bank")
		.argument("<path...>", "files or folders")
		.option("--source <name>", "who says so", parseListSource, "local")
		.option("--text", "take each file as one text in UTF-8")
		.option("--links", "take each line as an address, and add the hash of its one form; the address is not kept")
		.option("--terms", "take each line as a term of one to six words, and add its hash; the words are not kept")
		.option("--language <code>", "the terms count only in texts of this language: en or vi")
		.option("--beside <term>", "the terms count only beside one of these; once for each", oneMore)
		.option("--within <n>", "so many words away at most, before or after; 10 where nothing is said", parseSequence)
		.option("--before <n>", "so many words before it", parseSequence)
		.option("--after <n>", "so many words after it", parseSequence)
		.option("--as-files", "take lists of hashes as files, too, not as what they list")
		.option("--frames <which>", "of a file of several pictures: all, none, or numbers such as 1,4", parseFrames, null)
		.option("--no-sound", "of a video or a file of sound not what is heard")
		.option(
			"--parts <which>",
			"of a picture also its halves (copies are found that something lies over, and whatever shares a half with it), what is left where its edges are cut off (cuts), or all",
			parseParts,
			[],
		)
		.addHelpText(
			"after",
			`
Says for each file which hashes it took, and why not others. A file that is cut short or cannot be decoded gives its SHA-256 alone, and so
does one of several pictures (an animation, a TIFF of pages) until --frames says which are meant: breakwater hash prints them by number. A video is listed as a whole, by all of
its stills that can be compared; --frames lists single stills of it instead. What is heard of it is listed besides (audio-fingerprint), where that lasts for five seconds and
differs from what others have: --no-sound leaves it out, as of a video under a song that many others have, too.`,
		)
		.action(
			async (
				name: string,
				paths: string[],
				options: Omit<How, "bank"> & Beside & { readonly asFiles?: true; readonly by?: string },
				command: Command,
			) => {
				const ways = [options.text, options.links, options.terms].filter((way) => way === true).length;
				if (ways > 1) command.error("error: of --text, --links and --terms one is enough");
				const only = readCondition({ ...options, context: options.beside });
				if (typeof only === "string")
					command.error(`error: --${only === "context" ? "beside" : only} ${wrongCondition}`);
				if (only !== undefined && options.terms !== true)
					command.error("error: only --terms count in some places alone");
				const isOfFiles = ways === 0;
				if (isOfFiles && options.asFiles !== true) await refuseLists(await walkFiles(paths), name);
				const { hasEntries, ...result } = await withParts(async (parts) => {
					const bank = await requireBank(parts, name);
					const { entries, ...said } = await gather(paths, { ...options, bank, ...(only && { only }) });
					const added = await parts.stores.banks.addEntries(bank.id, entries, operatorName(options));
					return { ...added, ...said, hasEntries: entries.length > 0 };
				});
				const { taken, refused } = result;
				if (!wantsJson(command)) for (const { path, took } of taken) printLine(`${path}: ${took.join(", ")}`);
				for (const { path, reason } of refused) noteLine(`${path}: left out ${reason}`);
				print(
					command,
					result,
					({ added, changed, same }) => `${added} entries added, ${changed} changed, ${same} already there`,
				);
				if (!hasEntries) process.exitCode = 1;
			},
		);
}

interface Gathered {
	readonly entries: NewEntry[];
	/** What was left out, and why. */
	readonly refused: { readonly path: string; readonly reason: string }[];
	/** Which hashes each file gave. */
	readonly taken: { readonly path: string; readonly took: readonly string[] }[];
}

interface How {
	readonly bank: Pick<BankSettings, "videoShares">;
	readonly source: string;
	readonly text?: true;
	readonly links?: true;
	readonly terms?: true;
	readonly frames: FrameChoice;
	readonly parts: readonly PartKind[];
	readonly sound: boolean;
	readonly only?: TermCondition;
}

interface Beside {
	readonly language?: string;
	readonly beside?: readonly string[];
	readonly within?: number;
	readonly before?: number;
	readonly after?: number;
}

const wrongCondition = `does not fit: a language is ${termLanguages.join(" or ")}; --beside is a term of one to six words, given 1 to ${mostOthers} times, and at most ${mostWordsAway} words away`;

function gather(paths: readonly string[], { text, links, terms, only, ...how }: How): Promise<Gathered> {
	const opinion = { source: how.source, kind: "positive", ...(only && { only }) } as const;
	if (links === true) return entriesOfLines(paths, opinion, { hashType: "link", hashOf: hashLink });
	if (terms === true) return entriesOfLines(paths, opinion, { hashType: "text-term", hashOf: hashTerm });
	return text === true ? entriesOfTexts(paths, how.source) : entriesOfFiles(paths, how);
}

interface OfLines {
	readonly hashType: HashType;
	readonly hashOf: (line: string) => Uint8Array | LinkFault | TermFault;
}

/** Lines are named by their number: what they say is repeated nowhere. */
async function entriesOfLines(
	paths: readonly string[],
	opinion: Opinion,
	{ hashType, hashOf }: OfLines,
): Promise<Gathered> {
	const gathered: Gathered = { entries: [], refused: [], taken: [] };
	const base = { opinion, quality: null, externalId: null, note: null } as const;
	for await (const read of readTexts(await walkFiles(paths), "line", new AbortController().signal)) {
		const path = `${read.path}:${read.line}`;
		if (read.kind === "unreadable") {
			gathered.refused.push({ path, reason: read.reason });
			continue;
		}
		const hash = hashOf(read.text);
		if (typeof hash !== "string") takeEntries(gathered, path, [{ ...base, hashType, hash }]);
		else gathered.refused.push({ path, reason: sentence(english, { code: hash }) });
	}
	return gathered;
}

async function entriesOfTexts(paths: readonly string[], source: string): Promise<Gathered> {
	const gathered: Gathered = { entries: [], refused: [], taken: [] };
	const base = { opinion: { source, kind: "positive" }, quality: null, externalId: null, note: null } as const;
	for (const file of await walkFiles(paths)) {
		const path = printable(file);
		const text = await readFile(file, "utf8");
		const hashes = textHashesOf(text);
		for (const { type, hash } of hashes)
			if (hash === null) gathered.refused.push({ path, reason: `${type}: ${textMakers[type].why}` });
		takeEntries(
			gathered,
			path,
			hashes.flatMap(({ type, hash }) => (hash === null ? [] : [{ ...base, hashType: type, hash }])),
		);
	}
	return gathered;
}

async function entriesOfFiles(
	paths: readonly string[],
	{
		bank,
		source,
		frames: choice,
		parts,
		sound: listsSound,
	}: Pick<How, "bank" | "source" | "frames" | "parts" | "sound">,
): Promise<Gathered> {
	// Where a share of the entry's own frames must be found, those of a copy, one a second, would be too few.
	const listsVideos = choice === null && bank.videoShares.ofEntry === 0;
	await using scanner = await openScanner({ withModel: false, listsVideos });
	const wants = { wantsCuts: parts.includes("cuts"), wantsSound: listsSound && choice === null };
	const gathered: Gathered = { entries: [], refused: [], taken: [] };
	const base = { opinion: { source, kind: "positive" }, externalId: null, note: null } as const;
	for await (const file of examineFiles(await walkFiles(paths), scanner, new AbortController().signal, wants)) {
		if (file.kind === "unreadable") {
			gathered.refused.push({ path: file.path, reason: file.reason });
			continue;
		}
		const { pdqs, frames, leftOut } = listableHashes(file.examination, choice);
		const sound = listableSound(file.examination);
		if (leftOut !== null)
			gathered.refused.push({
				path: file.path,
				reason: `${isVideo(file.examination.mediaType) ? "vpdq" : "pdq"}: ${leftOut}`,
			});
		if (sound.leftOut !== null)
			gathered.refused.push({ path: file.path, reason: `audio-fingerprint: ${sound.leftOut}` });
		const { sha256 } = file.examination.hashes;
		takeEntries(gathered, file.path, [
			{ ...base, hashType: "sha256", hash: sha256, quality: null },
			...(frames === undefined
				? []
				: [{ ...base, hashType: "vpdq" as const, hash: hashOfFrames(frames), frames, quality: null }]),
			...(sound.blocks.length === 0
				? []
				: [
						{
							...base,
							hashType: "audio-fingerprint" as const,
							hash: hashOfFrames(sound.blocks),
							frames: sound.blocks,
							quality: null,
						},
					]),
			...pdqs
				.flatMap((one) => hashesToList(one, parts))
				.map(({ hash, quality }): NewEntry => ({ ...base, hashType: "pdq", hash, quality })),
		]);
	}
	return gathered;
}

function takeEntries({ entries, refused, taken }: Gathered, path: string, candidates: readonly NewEntry[]): void {
	const took: string[] = [];
	for (const entry of candidates) {
		const rejection = entryRejection(entry);
		if (rejection !== null) {
			refused.push({ path, reason: `${entry.hashType}: ${sentence(english, rejection)}` });
			continue;
		}
		entries.push(entry);
		took.push(entry.quality === null ? entry.hashType : `${entry.hashType} (quality ${entry.quality})`);
	}
	if (took.length > 0) taken.push({ path, took });
}

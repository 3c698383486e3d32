import { type Command, Option } from "commander";
import { loadBankFile } from "../../bank-file/load-bank-file.ts";
import type { Match } from "../../core/banks/bank.ts";
import { type BankMatcher, createBankMatcher, matcherVersion } from "../../core/banks/bank-matcher.ts";
import { matchWithMembers } from "../../core/banks/match-members.ts";
import {
	type HashType,
	isOfTexts,
	isWithinTexts,
	linkHashTypes,
	termHashTypes,
	textHashTypes,
} from "../../core/hashes/hash-type.ts";
import { textHashesOf } from "../../core/items/item-hashes.ts";
import { looksOf } from "../../core/items/picture/looks.ts";
import { picturesIn } from "../../core/items/picture/whole-hash.ts";
import { type Writing, writingsOf } from "../../core/items/picture/writings.ts";
import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import { shortenVerdict } from "../../core/policy/shorten-verdict.ts";
import type { Verdict } from "../../core/policy/verdict.ts";
import { signalCatalogue } from "../../core/signals/catalogue.ts";
import { matchedSignal, matchesOf } from "../../core/signals/matched/matched.ts";
import { examinationSignals, hashSignals, scoreSignals } from "../../core/signals/media-signals.ts";
import { scoresOf } from "../../core/signals/scored/scored.ts";
import type { Signal } from "../../core/signals/signal.ts";
import { gatherWritten } from "../../core/signals/written/gather-written.ts";
import { typedVersion, writtenMatches, writtenSignal } from "../../core/signals/written/written.ts";
import { textPieces } from "../../core/text/text-pieces.ts";
import { surfaces } from "../../core/wire/item-event.ts";
import type { Scanner } from "../compose.ts";
import { type ExaminedFile, examineFiles, toHex } from "../examine-files.ts";
import { pathsNamed } from "../file-path.ts";
import { fileHexes, hexByType } from "../hex-by-type.ts";
import { openScanner } from "../lazy-compose.ts";
import { wantsJson } from "../output.ts";
import { oneMore, UsageError } from "../parse-options.ts";
import { printFindings } from "../print-findings.ts";
import { type ReadText, readTexts } from "../read-texts.ts";
import { type JudgedUnder, policyOfScan, type ScanPolicyOptions } from "../scan-policy.ts";
import { walkFiles } from "../walk-files.ts";

const explanation = `
Prints one JSON line per file on standard output, whatever happens to it: sha256, sha1, md5, pdq, quality, matches, scores, tier
and action; where something could not be computed, "unavailable" says why. Progress and a summary go to standard error.
Each match has the tier that it came to, and the codes of why not a stronger one ("reasons"). Where many entries match, those that decide
and the nearest of each bank are listed, and "andMore" counts the others.
In a video a match says where it was seen ("shown", milliseconds from the beginning): a known picture that is on show for less than the
policy's 3 s asks people, and one for longer is as strong as by itself. Of a known video (vpdq) "frames" says how much of the stills of
both are in the other's. Where a --bank file has sounds (audio-fingerprint), what is heard is looked up, too: "shown" says when a known one is heard.
Archives, Office files and PDFs are unpacked: "members" says how many files or pages they hold, a match or score says in which it was found
("within"), and "unread" which could not be examined, with the reason. Known texts, links and terms of the --bank files are looked for in the
words of documents, too.
Entries of a --bank file count as verified here (one source is enough). Nothing is stored or
sent, and without --in-force no record is read: scores are as models and the built-in policy have them, without the thresholds and
calibrations that people accepted. With it the accepted policy judges ("policyRevision"), and still no accepted calibration.

With --text a line has the text's two hashes instead: "text", the same for the same text whatever its case, spaces and characters that
show nothing, and "text-simhash", near for nearly the same text (null where it is too short to tell). A match of type text with the
"transform" none is the same text. With another it is the text without its markup (unmarked), spelled otherwise (respelled), typed in
Telex or VNI or in an old encoding (retyped), or a part of what was scanned (excerpt); one of type text-simhash resembles it, the less
the more "distanceBits" it has (31 at most). One of type link is a link to a listed address (linkAddress), beneath a listed path (linkPath),
to a listed host (linkHost) or domain (linkDomain). These ask people, never more. With --lines there is one JSON line per text, and "line"
says which it was. The texts themselves are not printed, and no model is asked about them.

  breakwater scan pictures/ --bank known.csv
  breakwater scan --bank known.csv --bank more.csv pictures/
  breakwater scan posts/ --text --bank texts.csv
  breakwater scan posts.txt --text --lines --bank texts.csv
`;

interface ScanOptions extends ScanPolicyOptions {
	readonly bank?: readonly string[];
	readonly model: boolean;
	readonly text?: true;
	readonly lines?: true;
	readonly tight: string;
	readonly wide: string;
}

export function addScanCommand(program: Command): void {
	program
		.command("scan")
		.description("Examine a folder of real files: hashes, matches, scores, tier")
		.argument("<path...>", "files or folders")
		.option(
			"--bank <file.csv>",
			"known hashes to match against (columns type,hash[,quality,source,opinion]); may be given more than once",
			oneMore,
		)
		.option("--text", "take each file as one text in UTF-8, and look it up among the known texts of --bank")
		.option("--lines", "with --text: take each line that is not blank as one text")
		.option("--no-model", "hash and match only")
		.option("--tight <bits>", "PDQ distance up to which a match is strong", "20")
		.option("--wide <bits>", "PDQ distance up to which a match is probable", "31")
		.option("--in-force", "judge under the policy in force, read from the record")
		.option("--platform <name>", "with --in-force: as an item of this platform")
		.addOption(new Option("--surface <surface>", "with --in-force: as an item of this surface").choices(surfaces))
		.addHelpText("after", explanation)
		.action(async (paths: string[], options: ScanOptions, command: Command) => {
			refuseMisuse(options, command);
			const under = await policyOfScan(options);
			const files = await walkFiles(paths);
			const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
			const types = await loadBanks(options, matcher);
			const isJson = wantsJson(command);
			if (options.text === true) {
				if (![...types].some(isFoundInTexts))
					throw new UsageError(
						`no --bank file holds a ${[...textHashTypes, ...linkHashTypes, ...termHashTypes].join(" or ")} entry; breakwater hash --text prints such hashes of texts`,
					);
				const per = options.lines === true ? "line" : "file";
				const what = per === "line" ? "texts" : "files";
				return printFindings({ files, what, isJson }, (signal) =>
					judgeTexts(readTexts(files, per, signal), matcher, under),
				);
			}
			if (types.size > 0 && [...types].every(isFoundInTexts))
				throw new UsageError("the --bank files hold known texts only or links, and --text is what looks at texts");
			await using scanner = await openScanner({ withModel: options.model });
			await printFindings({ files, what: "files", isJson }, (signal) =>
				judgeFiles(examineFiles(files, scanner, signal, { wantsSound: matcher.hasSounds() }), {
					scanner,
					matcher,
					under,
				}),
			);
		});
}

function isFoundInTexts(type: HashType): boolean {
	return isOfTexts(type) || isWithinTexts(type);
}

function refuseMisuse(options: ScanOptions, command: Command): void {
	if (options.lines === true && options.text !== true) command.error("error: --lines goes with --text");
	if (options.text !== true) return;
	if (options.bank === undefined)
		command.error("error: --text needs --bank <file.csv>: texts are only looked up among known ones");
	for (const name of ["tight", "wide"])
		if (command.getOptionValueSource(name) === "cli")
			command.error(`error: --${name} is for pictures; the distances of texts are fixed`);
}

/** The types of hash that the banks hold. */
async function loadBanks(options: ScanOptions, matcher: BankMatcher): Promise<ReadonlySet<HashType>> {
	const radii = { tightRadiusBits: bits(options.tight), wideRadiusBits: bits(options.wide) };
	const types = new Set<HashType>();
	for (const argument of options.bank ?? []) {
		const [file = argument] = await pathsNamed(argument);
		for (const type of await loadBankFile(file, radii, matcher)) types.add(type);
	}
	return types;
}

function bits(text: string): number {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value > 31) throw new UsageError(`a PDQ distance is 0 to 31 bits, not ${text}`);
	return value;
}

/** Texts are held against known ones only: no term list, model or record is asked. */
async function* judgeTexts(texts: AsyncIterable<ReadText>, matcher: BankMatcher, under: JudgedUnder) {
	for await (const read of texts) {
		const text = read.kind === "read" ? read.text : null;
		const hashes = textHashesOf(text ?? "");
		const isBlank = hashes.every(({ hash }) => hash === null);
		const unavailable = read.kind === "unreadable" ? read.reason : isBlank ? "empty" : null;
		const matches = text === null ? [] : matcher.matchText(text).map(({ linkHashes: _, ...match }) => match);
		const signals = matches.map((match) => matchedSignal("text", matcherVersion(), match));
		const verdict = decideVerdict(signals, under.surface, under.policy);
		const { tier, action } = verdict;
		yield {
			path: read.path,
			line: read.line,
			sizeBytes: read.kind === "read" ? read.sizeBytes : null,
			...hexByType(hashes),
			...describeMatches(verdict, under),
			tier,
			...under.told,
			action: unavailable === null ? action : "review",
			unavailable: unavailable === null ? [] : [unavailable],
		};
	}
}

interface Judging {
	readonly scanner: Scanner;
	readonly matcher: BankMatcher;
	readonly under: JudgedUnder;
}

async function* judgeFiles(files: AsyncIterable<ExaminedFile>, judging: Judging) {
	for await (const file of files) yield await judge(file, judging);
}

async function judge(file: ExaminedFile, { scanner, matcher, under }: Judging) {
	const signals = file.kind === "unreadable" ? [] : await signalsOf(file, scanner, matcher);
	const verdict = decideVerdict(signals, under.surface, under.policy);
	const unavailable: readonly string[] = signals.flatMap((signal) => signalCatalogue.failureOf(signal) ?? []);
	const hashes = file.kind === "read" ? file.examination.hashes : null;
	const [whole] = file.kind === "read" ? picturesIn(file.examination) : [];
	return {
		path: file.path,
		type: file.kind === "read" ? file.examination.mediaType : null,
		sizeBytes: file.kind === "read" ? file.sizeBytes : null,
		...fileHexes(hashes),
		pdq: whole === undefined ? null : toHex(whole.hash),
		quality: whole?.quality ?? null,
		...describeMembers(file),
		...describeMatches(verdict, under),
		scores: scoresOf(signals).map(({ model, version, backend, category, probability, labels, within }) => ({
			...{ model, version, backend, ...(within && { within }) },
			[category]: round(probability),
			labels,
		})),
		tier: verdict.tier,
		...under.told,
		action: file.kind === "unreadable" ? "review" : verdict.action,
		unavailable: file.kind === "unreadable" ? [file.reason as string] : unavailable,
	};
}

async function signalsOf(
	file: Extract<ExaminedFile, { kind: "read" }>,
	scanner: Scanner,
	matcher: BankMatcher,
): Promise<readonly Signal[]> {
	const { examination } = file;
	const failed = examinationSignals(examination, scanner.examiner.version);
	const isUnpacked = examination.kind === "unpacked";
	const matches = await matchWithMembers((...one) => matcher.match(...one), examination);
	const ofHashes = hashSignals(examination.hashes, matches, matcherVersion(), isUnpacked);
	const matched = [...ofHashes, ...signalsOfTyped(writingsOf(examination), matcher)];
	const { scorer } = scanner;
	const looks = looksOf(examination);
	if (scorer === null || looks.length === 0) return [...failed, ...matched];
	const results = await scorer.score(looks.map(({ rgb }) => ({ rgb, size: scorer.info.inputSize })));
	return [...failed, ...matched, ...scoreSignals(results, looks)];
}

/** What the banks know of words in documents. */
function signalsOfTyped(writings: readonly Writing[], matcher: BankMatcher): readonly Signal[] {
	const written = writings.flatMap(({ within, ...writing }) => {
		const pieces = "typed" in writing ? [...textPieces(writing.typed)] : [];
		const place = { isTyped: true, ...(within && { within }) } as const;
		return pieces
			.flatMap((piece) => matcher.matchText(piece))
			.map((match) => writtenSignal(matchedSignal("text", matcherVersion(), match), typedVersion, place));
	});
	return gatherWritten(written);
}

/** What a container holds, and what of it could not be examined. */
function describeMembers(file: ExaminedFile) {
	if (file.kind === "unreadable" || file.examination.members === undefined) return {};
	const { members } = file.examination;
	const unread = members.flatMap(({ path, fault }) => (fault === null ? [] : { path, reason: fault }));
	return { members: members.length, unread };
}

/** With what the verdict made of each; of many, those that decide and the nearest few of each bank. */
function describeMatches(full: Verdict, { policy }: JudgedUnder) {
	const { verdict, andMore } = shortenVerdict(full, { policy, isOpen: () => false });
	const matches = verdict.signals.flatMap((signal, index) =>
		[
			...matchesOf([signal]),
			...writtenMatches([signal]).map((match) => ({ ...match, within: signalCatalogue.withinOf(signal) })),
		].map(({ bankName: bank, hashType: type, distanceBits, transform, standing, ...where }) => ({
			...{ bank, type, distanceBits, transform, standing, ...placeOf(where) },
			tier: verdict.grounds[index]?.tier ?? "none",
			reasons: verdict.grounds[index]?.reasons ?? [],
		})),
	);
	return { matches, andMore: andMore.map(({ bankName: bank, entries }) => ({ bank, entries })) };
}

function placeOf({ within, shown, frames }: Partial<Match>) {
	return { ...(within && { within }), ...(shown && { shown }), ...(frames && { frames }) };
}

function round(value: number): number {
	return Number(value.toFixed(4));
}

import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { loadBankFile } from "../../bank-file/load-bank-file.ts";
import { createBankMatcher, matcherVersion } from "../../core/matching/bank-matcher.ts";
import { decideVerdict } from "../../core/policy/decide-verdict.ts";
import { hashSignals, scoreSignals } from "../../core/policy/media-signals.ts";
import { defaultPolicy } from "../../core/policy/policy.ts";
import type { Signal } from "../../core/policy/signal.ts";
import type { Scanner } from "../compose.ts";
import { type ExaminedFile, examineFiles, toHex } from "../examine-files.ts";
import { openScanner } from "../lazy-compose.ts";
import { printLine, wantsJson } from "../output.ts";
import { walkFiles } from "../walk-files.ts";

interface ScanOptions {
	readonly bank?: string[];
	readonly model: boolean;
	readonly tight: string;
	readonly wide: string;
}

export function addScanCommand(program: Command): void {
	program
		.command("scan")
		.description("Examine a folder of real files: hashes, matches, scores, tier")
		.argument("<path...>", "files or folders")
		.option("--bank <file.csv...>", "known hashes to match against (columns type,hash[,quality,source,opinion])")
		.option("--no-model", "hash and match only")
		.option("--tight <bits>", "PDQ distance up to which a match is strong", "20")
		.option("--wide <bits>", "PDQ distance up to which a match is probable", "31")
		.addHelpText(
			"after",
			`
Prints one JSON line per file on standard output, whatever happens to it: sha256, sha1, md5, pdq, quality, matches, scores, tier
and action; where something could not be computed, "unavailable" says why. Progress and a summary go to standard error.
Entries of a --bank file count as verified here (one source is enough). Nothing is stored or
sent, and no record is read: scores are as models and policy have them, without the thresholds and calibrations that people accepted.`,
		)
		.action(async (paths: string[], options: ScanOptions, command: Command) => {
			const files = await walkFiles(paths);
			const matcher = createBankMatcher({ clock: { now: () => Date.now() } });
			const radii = { tightRadiusBits: bits(options.tight), wideRadiusBits: bits(options.wide) };
			for (const file of options.bank ?? []) await loadBankFile(file, radii, matcher);
			await using scanner = await openScanner({ withModel: options.model });
			await scanFiles(files, scanner, matcher, wantsJson(command));
		});
}

function bits(text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0 || value > 31)
		throw new Error(`a PDQ distance is 0 to 31 bits, not ${text}`);
	return value;
}

async function scanFiles(
	files: readonly string[],
	scanner: Scanner,
	matcher: ReturnType<typeof createBankMatcher>,
	isJson: boolean,
): Promise<void> {
	const stop = new AbortController();
	const onInterrupt = () => stop.abort();
	process.once("SIGINT", onInterrupt);
	const bar = process.stderr.isTTY
		? new SingleBar({ format: "{bar} {value}/{total} files, {eta_formatted} left", stream: process.stderr })
		: null;
	bar?.start(files.length, 0);
	const counts = new Map<string, number>();
	const startedAt = performance.now();
	for await (const file of examineFiles(files, scanner, stop.signal)) {
		const line = await judge(file, scanner, matcher);
		printLine(JSON.stringify(line));
		const outcome = line.unavailable.length > 0 ? "unavailable" : line.tier;
		counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
		bar?.increment();
	}
	bar?.stop();
	process.off("SIGINT", onInterrupt);
	const seconds = (performance.now() - startedAt) / 1000;
	const summary = { files: files.length, seconds: Number(seconds.toFixed(1)), ...Object.fromEntries(counts) };
	process.stderr.write(isJson ? `${JSON.stringify(summary)}\n` : `${describeSummary(summary)}\n`);
	if (stop.signal.aborted) process.exitCode = 1;
}

function describeSummary(summary: Readonly<Record<string, number>>): string {
	const { files = 0, seconds = 0, ...outcomes } = summary;
	const parts = Object.entries(outcomes).map(
		([outcome, count]) => `${count} ${outcome === "none" ? "without a finding" : outcome}`,
	);
	return `${files} files in ${seconds} s: ${parts.join(", ")}`;
}

async function judge(file: ExaminedFile, scanner: Scanner, matcher: ReturnType<typeof createBankMatcher>) {
	const signals = file.kind === "unreadable" ? [] : await signalsOf(file, scanner, matcher);
	const verdict = decideVerdict(signals, "public", defaultPolicy);
	const unavailable = signals.flatMap((signal) => (signal.kind === "unavailable" ? [signal.reason as string] : []));
	const hashes = file.kind === "read" ? file.examination.hashes : null;
	return {
		path: file.path,
		type: file.kind === "read" ? file.examination.mediaType : null,
		sizeBytes: file.kind === "read" ? file.sizeBytes : null,
		sha256: hashes === null ? null : toHex(hashes.sha256),
		sha1: hashes === null ? null : toHex(hashes.sha1),
		md5: hashes === null ? null : toHex(hashes.md5),
		pdq: hashes?.pdq ? toHex(hashes.pdq.hash) : null,
		quality: hashes?.pdq?.quality ?? null,
		matches: signals.flatMap((signal) => (signal.kind === "matched" ? [describeMatch(signal)] : [])),
		scores: signals.flatMap((signal) =>
			signal.kind === "scored"
				? [
						{
							model: signal.model,
							version: signal.version,
							backend: signal.backend,
							[signal.category]: round(signal.probability),
							labels: signal.labels,
						},
					]
				: [],
		),
		tier: verdict.tier,
		action: file.kind === "unreadable" ? "review" : verdict.action,
		unavailable: file.kind === "unreadable" ? [file.reason as string] : unavailable,
	};
}

async function signalsOf(
	file: Extract<ExaminedFile, { kind: "read" }>,
	scanner: Scanner,
	matcher: ReturnType<typeof createBankMatcher>,
): Promise<readonly Signal[]> {
	const { examination } = file;
	if (examination.kind === "unavailable") {
		const failed: Signal = {
			kind: "unavailable",
			detector: "media",
			version: scanner.examiner.version,
			reason: examination.reason,
		};
		return [failed, ...hashSignals(examination.hashes, matcher.match(examination.hashes), matcherVersion)];
	}
	const matches = matcher.match(examination.hashes, examination.frames);
	const matched = hashSignals(examination.hashes, matches, matcherVersion);
	const { scorer } = scanner;
	if (scorer === null) return matched;
	const results = await scorer.score(examination.rasters.map((rgb) => ({ rgb, size: scorer.info.inputSize })));
	return [...matched, ...scoreSignals(results)];
}

function describeMatch({ match }: Extract<Signal, { kind: "matched" }>) {
	const { bankName: bank, hashType: type, distanceBits, transform, standing } = match;
	return { bank, type, distanceBits, transform, standing };
}

function round(value: number): number {
	return Number(value.toFixed(4));
}

// What a scan prints: one JSON line for each thing examined on standard output; progress and a summary on standard error.
import { printLine } from "./output.ts";
import { startProgress } from "./progress-bar.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { outputBroken } from "./watch-output.ts";

export interface Finding {
	readonly path: string;
	readonly tier: string;
	/** Why something could not be computed; empty where everything was. */
	readonly unavailable: readonly string[];
}

interface Scan {
	readonly files: readonly unknown[];
	/** What is counted in the summary. */
	readonly what: "files" | "texts";
	readonly isJson: boolean;
}

/** Exit code 1 where it was interrupted, or where nobody reads on (`| head`). */
export async function printFindings(
	{ files, what, isJson }: Scan,
	examine: (signal: AbortSignal) => AsyncIterable<Finding>,
): Promise<void> {
	using interrupt = untilInterrupted();
	const stopSignal = AbortSignal.any([interrupt.signal, outputBroken]);
	const progress = startProgress("files", files.length);
	const counts = new Map<string, number>();
	const startedAt = performance.now();
	let total = 0;
	let begun = 0;
	let current: string | null = null;
	for await (const finding of examine(stopSignal)) {
		printLine(JSON.stringify(finding));
		const outcome = finding.unavailable.length > 0 ? "unavailable" : finding.tier;
		counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
		total += 1;
		if (finding.path === current) continue;
		current = finding.path;
		begun += 1;
		progress.to(begun);
	}
	progress.stop();
	const seconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
	const outcomes = Object.fromEntries(counts);
	const summary = isJson
		? JSON.stringify({ [what]: total, seconds, ...outcomes })
		: `${total} ${what} in ${seconds} s: ${describeOutcomes(outcomes)}`;
	process.stderr.write(`${summary}\n`);
	if (stopSignal.aborted) process.exitCode = 1;
}

function describeOutcomes(outcomes: Readonly<Record<string, number>>): string {
	return Object.entries(outcomes)
		.map(([outcome, count]) => `${count} ${outcome === "none" ? "without a finding" : outcome}`)
		.join(", ");
}

// Runs in a worker thread: holds the banks, and answers what it is asked in the order of asking. Only writing a snapshot takes
// turns with other work.
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import type { BankChange, Match, MediaHashes, PictureHashes } from "../core/banks/bank.ts";
import type { BankContents } from "../core/banks/bank-contents.ts";
import { type BankMatcher, createBankMatcher } from "../core/banks/bank-matcher.ts";
import type { BankSnapshot } from "../core/banks/bank-snapshot.ts";
import type { FoundMatch } from "../core/banks/who-answers.ts";
import { readSnapshotFile, writeSnapshotFile } from "./bank-snapshot-file.ts";
import { loadTextHashes } from "./load-text-hashes.ts";

type SnapshotMark = Pick<BankSnapshot, "sequence" | "lastChange">;

/** What the thread can be asked. `nowMs` is the asking process's time. */
export interface MatcherCalls {
	match(query: {
		readonly nowMs: number;
		readonly hashes: MediaHashes;
		readonly frames: readonly PictureHashes[];
		readonly isPart: boolean;
	}): readonly Match[];
	matchText(query: { readonly nowMs: number; readonly text: string }): readonly Match[];
	lookUp(query: Parameters<BankMatcher["lookUp"]>): readonly FoundMatch[];
	mayExempt(query: { readonly nowMs: number }): boolean;
	hasSounds(argument: null): boolean;
	apply(changes: readonly BankChange[]): void;
	load(contents: BankContents): void;
	/** Ends loading; answers how many entries there are. */
	compact(argument: null): number;
	/** Holds what the file contains until it is taken, or another is read; null where there is none, or it is damaged. */
	readSnapshot(file: string): SnapshotMark | null;
	takeSnapshot(argument: null): void;
	/** False where there are so few entries that it was not worth it. */
	writeSnapshot(argument: SnapshotMark & { readonly file: string; readonly fewestEntries: number }): Promise<boolean>;
}

export interface MatcherRequest {
	readonly id: number;
	readonly call: keyof MatcherCalls;
	readonly argument: unknown;
}
export type MatcherAnswer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: unknown });

// The process that starts the thread says which modules.
await loadTextHashes(workerData as readonly string[]);

let nowMs = 0;
const matcher = createBankMatcher({ clock: { now: () => nowMs } });
let held: BankSnapshot | null = null;

const calls: MatcherCalls = {
	match(query) {
		({ nowMs } = query);
		return matcher.match(query.hashes, query.frames, query.isPart);
	},
	matchText(query) {
		({ nowMs } = query);
		return matcher.matchText(query.text);
	},
	lookUp: (query) => matcher.lookUp(...query),
	mayExempt(query) {
		({ nowMs } = query);
		return matcher.mayExempt();
	},
	hasSounds: () => matcher.hasSounds(),
	apply(changes) {
		for (const change of changes) matcher.apply(change);
	},
	load(contents) {
		// A snapshot that was read was not this record's.
		held = null;
		matcher.load(contents);
	},
	compact() {
		matcher.compact();
		return matcher.entryCount;
	},
	readSnapshot(file) {
		held = readSnapshotFile(file);
		return held === null ? null : { sequence: held.sequence, lastChange: held.lastChange };
	},
	takeSnapshot() {
		if (held !== null) matcher.load(held);
		held = null;
		matcher.compact();
	},
	async writeSnapshot({ file, fewestEntries, ...mark }) {
		while (matcher.maintain()) await nextTurn();
		if (matcher.entryCount < fewestEntries) return false;
		await writeSnapshotFile(file, matcher.source, mark);
		return true;
	},
};

/** Answers of a batch go back together, unless it takes that long. */
const longestBatchMs = 2;

parentPort?.on("message", async (requests: readonly MatcherRequest[]) => {
	let answers: MatcherAnswer[] = [];
	let postedAtMs = performance.now();
	for (const { id, call, argument } of requests) {
		try {
			// The asking side's types say what the argument is.
			const value = (calls[call] as (argument: unknown) => unknown)(argument);
			if (value instanceof Promise) void postWhenDone(id, value);
			else answers.push({ id, value });
		} catch (error) {
			answers.push({ id, error });
		}
		if (performance.now() - postedAtMs < longestBatchMs) continue;
		post(answers);
		answers = [];
		postedAtMs = performance.now();
	}
	post(answers);
	void maintainWhenIdle();
});

function post(answers: readonly MatcherAnswer[]): void {
	if (answers.length > 0) parentPort?.postMessage(answers);
}

async function postWhenDone(id: number, value: Promise<unknown>): Promise<void> {
	post([await value.then((done) => ({ id, value: done })).catch((error: unknown) => ({ id, error }))]);
}

let isMaintaining = false;
async function maintainWhenIdle(): Promise<void> {
	if (isMaintaining) return;
	isMaintaining = true;
	do await nextTurn();
	while (matcher.maintain());
	isMaintaining = false;
}

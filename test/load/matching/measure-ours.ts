// Our side of bench:matching, one thread: commands as line-process.ts carries them.
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import sharp from "sharp";
import { type DecodedFrame, decodeFrame } from "../../../services/adapters/sharp/decode-frame.ts";
import { readHeader } from "../../../services/adapters/sharp/read-header.ts";
import { type BankContents, rowBytes } from "../../../services/core/banks/bank-contents.ts";
import { createBankMatcher } from "../../../services/core/banks/bank-matcher.ts";
import { toHex } from "../../../services/core/hashes/hash-hex.ts";
import { hashRaster } from "../../../services/core/hashes/pdq/hash-raster.ts";
import { createPdqHasher } from "../../../services/core/hashes/pdq/pdq.ts";
import { bankId, uuidv7 } from "../../../services/core/ids.ts";
import { createMultiIndex } from "../../../services/core/index/multi-index.ts";
import { readSnapshotFile, writeSnapshotFile } from "../../../services/parts/bank-snapshot-file.ts";
import { quantile } from "../quantile.ts";
import { hashBytes } from "./make-hashes.ts";

sharp.cache(false);
sharp.concurrency(1);
const radiusBits = 31;
const hasher = createPdqHasher();
const index = createMultiIndex();
let queries: readonly Uint8Array[] = [];
/** Of every query, its quickest answer in any round, microseconds. */
let quickest: number[] = [];

export interface Loaded {
	readonly loadMs: number;
	readonly bytesPerEntry: number;
}
export interface Searched {
	/** Per query, all in one call. */
	readonly microseconds: number;
	readonly medianMicroseconds: number;
	readonly p99Microseconds: number;
	readonly found: number;
}
export interface Added {
	readonly addsPerSecond: number;
	readonly longestMs: number;
}
export interface Churned {
	readonly quietMedianMicroseconds: number;
	readonly medianMicroseconds: number;
	readonly p99Microseconds: number;
	readonly longestMs: number;
}
export interface Restarted {
	readonly writeMs: number;
	readonly readMs: number;
}
export interface Timed {
	readonly milliseconds: number;
}
export type Published = Readonly<Record<string, { readonly hash: string; readonly quality: number }>>;

interface Commands {
	load(argument: { readonly hashes: string; readonly queries: string }): Loaded;
	search(argument: { readonly rounds: number }): Searched;
	add(argument: { readonly count: number }): Added;
	/** Entries come and go, and one of eight changes is followed by a look-up. */
	churn(argument: { readonly count: number }): Churned;
	/** A snapshot of the entries loaded, written to a file, and read into a new matcher. */
	restart(argument: { readonly hashes: string; readonly file: string }): Promise<Restarted>;
	hash(argument: { readonly file: string; readonly edge: number; readonly rounds: number }): Timed;
	files(argument: { readonly folder: string; readonly rounds: number }): Promise<Timed>;
	published(argument: { readonly folder: string }): Promise<Published>;
}

const commands: Commands = {
	load(files) {
		const hashes = readFileSync(files.hashes);
		const started = performance.now();
		index.load(
			Uint32Array.from({ length: hashes.length / hashBytes }, (_, id) => id),
			hashes,
		);
		index.compact();
		const loadMs = performance.now() - started;
		queries = rowsOf(readFileSync(files.queries));
		quickest = queries.map(() => Number.POSITIVE_INFINITY);
		return { loadMs, bytesPerEntry: index.bytes / index.size };
	},
	search({ rounds }) {
		let found = 0;
		const milliseconds = best(rounds, () => {
			found = index.searchBatch(queries, radiusBits).reduce((sum, { length }) => sum + length, 0);
		});
		for (const [at, query] of queries.entries()) {
			const started = performance.now();
			index.search(query, radiusBits);
			quickest[at] = Math.min(quickest[at] ?? 0, (performance.now() - started) * 1_000);
		}
		const sorted = quickest.toSorted((a, b) => a - b);
		const share = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
		const microseconds = (milliseconds * 1_000) / queries.length;
		return { microseconds, medianMicroseconds: share(0.5), p99Microseconds: share(0.99), found };
	},
	add({ count }) {
		const { size } = index;
		let longestMs = 0;
		const started = performance.now();
		for (let one = 0; one < count; one += 1) {
			const before = performance.now();
			index.add(size + one, queries[one % queries.length] ?? new Uint8Array(hashBytes));
			longestMs = Math.max(longestMs, performance.now() - before);
		}
		const seconds = (performance.now() - started) / 1_000;
		for (let one = 0; one < count; one += 1) index.remove(size + one);
		return { addsPerSecond: count / seconds, longestMs };
	},
	churn({ count }) {
		const { size } = index;
		const hashOf = (one: number) => queries[one % queries.length] ?? new Uint8Array(hashBytes);
		const look = (one: number) => 1_000 * timed(() => index.search(hashOf(one * 31), radiusBits));
		const quiet = Array.from({ length: 12_500 }, (_, one) => look(one));
		const churned: number[] = [];
		let longestMs = 0;
		for (let one = 0; one < count; one += 1) {
			longestMs = Math.max(
				longestMs,
				timed(() => index.add(size + one, hashOf(one))),
				timed(() => index.remove(size + one - entriesHeld)),
			);
			if (one % 8 === 0) churned.push(look(churned.length));
		}
		for (let one = count - entriesHeld; one < count; one += 1) index.remove(size + one);
		return {
			quietMedianMicroseconds: quantile(quiet, 0.5),
			medianMicroseconds: quantile(churned, 0.5),
			p99Microseconds: quantile(churned, 0.99),
			longestMs,
		};
	},
	restart: async ({ hashes, file }) => restart(readFileSync(hashes), file),
	hash({ file, edge, rounds }) {
		const rgb = readFileSync(file);
		const run = () => {
			for (let one = 0; one < 8; one += 1) hasher.hashRgb(rgb, edge, edge, 3);
		};
		return { milliseconds: best(rounds, run) / 8 };
	},
	async files({ folder, rounds }) {
		const paths = readdirSync(folder).map((name) => join(folder, name));
		const times: number[] = [];
		for (let round = 0; round < rounds; round += 1) {
			const started = performance.now();
			for (const path of paths) await hashFile(path);
			times.push(performance.now() - started);
		}
		return { milliseconds: Math.min(...times) / paths.length };
	},
	async published({ folder }) {
		const answers: Record<string, { hash: string; quality: number }> = {};
		for (const name of readdirSync(folder)) {
			const { hash, quality } = await hashFile(join(folder, name));
			answers[name] = { hash: toHex(hash), quality };
		}
		return answers;
	},
};

/** While entries come and go, so many of those added are there at a time. */
const entriesHeld = 1_000;

async function restart(hashes: Uint8Array, file: string): Promise<Restarted> {
	const newMatcher = () => createBankMatcher({ clock: { now: () => 0 } });
	const before = newMatcher();
	before.load(contentsOf(hashes));
	before.compact();
	const started = performance.now();
	await writeSnapshotFile(file, before.source, { sequence: 1, lastChange: "" });
	const written = performance.now();
	const snapshot = readSnapshotFile(file);
	if (snapshot === null) throw new Error("the snapshot cannot be read");
	const after = newMatcher();
	after.load(snapshot);
	after.compact();
	if (after.entryCount !== before.entryCount) throw new Error("the snapshot is not whole");
	return { writeMs: written - started, readMs: performance.now() - written };
}

function contentsOf(hashes: Uint8Array): BankContents {
	const opinions = [{ source: "list", kind: "positive" as const }];
	const bank = bankId.parse(uuidv7(0));
	const rows = randomBytes((hashes.length / hashBytes) * rowBytes);
	for (let row = 0; row < hashes.length / hashBytes; row += 1) {
		rows.set(hashes.subarray(row * hashBytes, (row + 1) * hashBytes), row * rowBytes + 16);
		rows.writeUInt32LE(0, (row + 1) * rowBytes - 4);
	}
	return {
		banks: [],
		details: [{ bankId: bank, hashType: "pdq", quality: null, opinions, isQuarantined: false }],
		rows,
	};
}

/** As the detector's worker does it. */
async function hashFile(path: string) {
	const bytes = readFileSync(path);
	const header = await readHeader(bytes);
	if (header === null) throw new Error(`${path} has no header`);
	const limits = { maxPixels: 200_000_000, deadline: performance.now() + 60_000 };
	const frame: DecodedFrame = await decodeFrame(bytes, 0, header, limits);
	if (frame.kind !== "decoded") throw new Error(`${path} is ${frame.kind}`);
	return hashRaster(frame.raster);
}

function rowsOf(bytes: Uint8Array): readonly Uint8Array[] {
	return Array.from({ length: bytes.length / hashBytes }, (_, row) =>
		bytes.slice(row * hashBytes, (row + 1) * hashBytes),
	);
}

/** Milliseconds. */
function timed(run: () => void): number {
	const started = performance.now();
	run();
	return performance.now() - started;
}

/** Milliseconds of the best of some rounds. */
function best(rounds: number, run: () => void): number {
	return Math.min(...Array.from({ length: rounds }, () => timed(run)));
}

for await (const line of createInterface({ input: process.stdin })) {
	const [[name, argument] = []] = Object.entries(JSON.parse(line));
	const command = commands[name as keyof Commands] as (argument: unknown) => unknown;
	process.stdout.write(`${JSON.stringify(await command(argument))}\n`);
}

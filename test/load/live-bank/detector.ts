// A running detector (embedded profile, no model) that is asked about its banks: commands as line-process.ts carries them.
import { createHash } from "node:crypto";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { composeDetector } from "../../../services/detector/compose.ts";
import { openParts } from "../../../services/parts/parts.ts";
import { readConfig } from "../../../services/runtime/config.ts";
import { bareCopyOf, knownHash, pictureOf } from "./known-hash.ts";

export interface Started {
	/** From the beginning of the process. */
	readonly readyMs: number;
	readonly sequence: number;
	readonly peakMib: number;
}
export interface Looked {
	readonly lookUps: number;
	readonly wrong: number;
	readonly medianMs: number;
	readonly p99Ms: number;
	readonly longestPauseMs: number;
	/** Resident, the least of the second half: it rises and falls with what is collected. */
	readonly rssMib: number;
}

interface Commands {
	start(argument: object): Promise<Started>;
	/** Looks pictures up, one after the other, until `end`: every other one is a copy of one of the first `known` entries. */
	begin(argument: { readonly known: number }): object;
	end(argument: object): Promise<Looked>;
	/** So many of them. */
	lookUp(argument: { readonly known: number; readonly count: number }): Promise<Looked>;
	/** How many of these entries answer. */
	find(argument: { readonly from: number; readonly to: number }): Promise<{ readonly found: number }>;
	stop(argument: object): Promise<object>;
}

const mebibyte = 2 ** 20;
const parts = await openParts(readConfig(), "detector");
const detector = composeDetector(parts);
const delays = monitorEventLoopDelay({ resolution: 1 });
/** Of the look-ups under way; there from the start, so that measuring takes no more memory than at first. */
const tookMs = new Float64Array(262_144).fill(0);
let looking: Promise<Looked> | null = null;
let isEnding = false;

const commands: Commands = {
	async start() {
		await detector.start(new AbortController().signal);
		const { follower } = await parts.banks();
		delays.enable();
		const peakMib = process.resourceUsage().maxRSS / 1_024;
		return { readyMs: performance.now(), sequence: follower.sequence, peakMib };
	},
	begin({ known }) {
		isEnding = false;
		looking = lookUp(known, Number.POSITIVE_INFINITY);
		return {};
	},
	async end() {
		isEnding = true;
		if (looking === null) throw new Error("nothing was begun");
		return await looking;
	},
	lookUp: ({ known, count }) => lookUp(known, count),
	async find({ from, to }) {
		const { matcher } = await parts.banks();
		let found = 0;
		for (let n = from; n < to; n += 1) found += (await matcher.match(bareCopyOf(knownHash(n)))).length;
		return { found };
	},
	async stop() {
		await detector[Symbol.asyncDispose]();
		await parts[Symbol.asyncDispose]();
		return {};
	},
};

async function lookUp(known: number, count: number): Promise<Looked> {
	const { matcher } = await parts.banks();
	let lookUps = 0;
	let wrong = 0;
	const rssMib = [rss()];
	delays.reset();
	for (let at = 0; at < count && !isEnding; at += 1) {
		const isKnown = at % 2 === 0;
		const hash = isKnown ? knownHash((at * 7_919) % known) : createHash("sha256").update(`unknown ${at}`).digest();
		const picture = pictureOf(hash);
		const started = performance.now();
		const matches = await matcher.match(picture);
		tookMs[lookUps % tookMs.length] = performance.now() - started;
		lookUps += 1;
		if (at % 500 === 0) rssMib.push(rss());
		if (matches.length !== (isKnown ? 1 : 0)) wrong += 1;
	}
	isEnding = false;
	const sorted = tookMs.subarray(0, lookUps).sort();
	const share = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
	return {
		lookUps,
		wrong,
		medianMs: share(0.5),
		p99Ms: share(0.99),
		// It waits a millisecond by itself.
		longestPauseMs: delays.max / 1e6 - 1,
		rssMib: Math.min(...rssMib.slice(Math.floor(rssMib.length / 2))),
	};
}

function rss(): number {
	return process.memoryUsage.rss() / mebibyte;
}

for await (const line of createInterface({ input: process.stdin })) {
	const [[name, argument] = []] = Object.entries(JSON.parse(line));
	const command = commands[name as keyof Commands] as (argument: unknown) => unknown;
	process.stdout.write(`${JSON.stringify(await command(argument))}\n`);
}

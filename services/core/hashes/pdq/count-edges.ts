// Where luma changes most across each line of a plane, and along how much of the line: what pictures within a picture are found by.
import { ensureBytes, type KernelMemory, loadKernel } from "../../load-kernel.ts";
import { edgesKernelBytes } from "./edges-kernel-bytes.ts";

interface EdgesKernel {
	readonly memory: KernelMemory;
	readEdges(
		luma: number,
		lines: number,
		places: number,
		least: number,
		steps: number,
		marks: number,
		sums: number,
		runs: number,
		width: number,
	): void;
}

/** An edge: luma on either side of a line differs by so much, and by no less than up to three lines off. */
const stepLuma = 5;
/** The longest side that the kernel's counts have room for. */
const longestSide = 4_096;
/** What a line's run of edges gains by a place that is one. It loses four fifths by one that is none. */
const runGain = 5;

export interface CountedEdges {
	/** How many of the places of a line before this one are edges. */
	upTo(place: number, line: number): number;
	/** Where the edge of each line that has two sides is longest with few gaps. */
	readonly runs: readonly RatedLine[];
}

export interface RatedLine {
	readonly line: number;
	/** Places that are edges, less four fifths of those between that are none. */
	readonly score: number;
	readonly from: number;
	readonly to: number;
}

let kernel: EdgesKernel | null = null;

/** `luma`: the lines' values at the first place, then at the next. A line lies before the value that has its number. */
export function countEdges(luma: Uint8Array, lines: number, places: number): CountedEdges {
	if (lines > longestSide || places > longestSide) throw new RangeError(`${lines} lines of ${places} are too many`);
	kernel ??= loadKernel<EdgesKernel>(edgesKernelBytes);
	const width = (lines + 1 + 15) & ~15;
	const stepsAt = 64;
	const marksAt = stepsAt + width + 64;
	const runsAt = marksAt + width + 64;
	const sumsAt = runsAt + rowsOfRuns * width * 2;
	const lumaAt = sumsAt + (places + 1) * width * 2 + 16;
	ensureBytes(kernel.memory, lumaAt + luma.length + 32);
	const memory = new Uint8Array(kernel.memory.buffer);
	memory.fill(0, 0, sumsAt + width * 2);
	memory.set(luma, lumaAt);
	kernel.readEdges(lumaAt, lines, places, stepLuma, stepsAt, marksAt, sumsAt, runsAt, width);
	const sums = new Uint16Array(kernel.memory.buffer, sumsAt, (places + 1) * width).slice();
	return {
		upTo: (place, line) => sums[place * width + line] ?? 0,
		runs: ratedLines(new Int16Array(kernel.memory.buffer, runsAt, rowsOfRuns * width), lines, width),
	};
}

/** As the kernel lays them out: the run so far, where it began, then the best run, where it begins and where it ends. */
const rowsOfRuns = 5;

function ratedLines(runs: Int16Array, lines: number, width: number): readonly RatedLine[] {
	const [score, from, to] = [2, 3, 4].map((row) => runs.subarray(row * width, (row + 1) * width));
	return Array.from({ length: Math.max(0, lines - 1) }, (_, at) => ({
		line: at + 1,
		score: (score?.[at + 1] ?? 0) / runGain,
		from: from?.[at + 1] ?? 0,
		to: to?.[at + 1] ?? 0,
	}));
}

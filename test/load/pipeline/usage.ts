// What the system's processes and servers use, read from /proc: processor time and memory, each by name. Read in one go: a
// thousand small reads through the pool of threads took a tenth of a core from the load that they measure.
import { readdirSync, readFileSync } from "node:fs";

export interface Watched {
	readonly name: string;
	readonly pid: () => number;
	/** Its children are part of it (PostgreSQL has a process for each connection). */
	readonly withChildren?: boolean;
}

export interface Use {
	/** User and system time since its start, seconds. */
	readonly cpuSeconds: number;
	readonly memoryMiB: number;
}

const ticksPerSecond = 100;

/** User and system time since its start, seconds. */
export function processorSecondsOf(watched: Watched): number {
	return sum(pidsOf(watched).map(readProcessorSeconds));
}

/** Of processes that share memory each counts its part of it (Pss), which the kernel takes a millisecond a process to tell. */
export function memoryMiBOf(watched: Watched): number {
	return sum(pidsOf(watched).map((pid) => readMemoryMiB(pid, watched.withChildren === true)));
}

function pidsOf({ pid, withChildren = false }: Watched): readonly number[] {
	return withChildren ? [pid(), ...childrenOf(pid())] : [pid()];
}

/** A kernel that does not list children is an error: their use would be missing without a word. */
function childrenOf(parent: number): readonly number[] {
	const threads = tolerant(() => readdirSync(`/proc/${parent}/task`), []);
	const lists = threads.map((thread) => readFileSync(`/proc/${parent}/task/${thread}/children`, "utf8"));
	return lists.flatMap((list) => list.split(" ").filter(Boolean).map(Number));
}

function readProcessorSeconds(pid: number): number {
	const text = tolerant(() => readFileSync(`/proc/${pid}/stat`, "utf8"), "");
	// From the third field on: the second, a name, may hold anything.
	const fields = text.replace(/^.*\) /s, "").split(" ");
	// utime, stime, and those of children that have ended.
	return sum([11, 12, 13, 14].map((index) => Number(fields[index] ?? 0))) / ticksPerSecond;
}

function readMemoryMiB(pid: number, isShared: boolean): number {
	const [file, pattern] = isShared
		? (["smaps_rollup", /^Pss:\s+(\d+)/m] as const)
		: (["status", /^VmRSS:\s+(\d+)/m] as const);
	const text = tolerant(() => readFileSync(`/proc/${pid}/${file}`, "utf8"), "");
	return Number(pattern.exec(text)?.[1] ?? 0) / 1024;
}

/** A process that has ended uses nothing. */
function tolerant<T>(read: () => T, otherwise: T): T {
	try {
		return read();
	} catch {
		return otherwise;
	}
}

function sum(values: readonly number[]): number {
	return values.reduce((total, one) => total + one, 0);
}

// What the system's processes and servers use, read from /proc: processor time and memory, each by name. Read in one go: a
// thousand small reads through the pool of threads took a tenth of a core from the load that they measure.
import { readFileSync } from "node:fs";
import { childrenOf, ownProcessorMs } from "../../../services/runtime/processor-time.ts";

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

/** User and system time since its start, seconds. */
export function processorSecondsOf(watched: Watched): number {
	return sum(pidsOf(watched).map((pid) => ownProcessorMs(pid) ?? 0)) / 1_000;
}

/** Of processes that share memory each counts its part of it (Pss), which the kernel takes a millisecond a process to tell. */
export function memoryMiBOf(watched: Watched): number {
	return sum(pidsOf(watched).map((pid) => readMemoryMiB(pid, watched.withChildren === true)));
}

function pidsOf({ pid, withChildren = false }: Watched): readonly number[] {
	return withChildren ? [pid(), ...childrenOf(pid())] : [pid()];
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

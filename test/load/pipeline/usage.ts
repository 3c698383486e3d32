// What the system's processes and servers use, read from /proc: processor time and memory, each by name.
import { readdir, readFile } from "node:fs/promises";

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

export async function useOf({ pid, withChildren = false }: Watched): Promise<Use> {
	const own = pid();
	const children = withChildren ? await childrenOf(own) : [];
	const all = await Promise.all([readUse(own, withChildren), ...children.map((child) => readUse(child, true))]);
	return all.reduce(
		(sum, one) => ({ cpuSeconds: sum.cpuSeconds + one.cpuSeconds, memoryMiB: sum.memoryMiB + one.memoryMiB }),
		{ cpuSeconds: 0, memoryMiB: 0 },
	);
}

async function childrenOf(parent: number): Promise<readonly number[]> {
	const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
	const parents = await Promise.all(pids.map(async (pid) => Number((await statOf(Number(pid)))[1] ?? 0)));
	return pids.flatMap((pid, index) => (parents[index] === parent ? [Number(pid)] : []));
}

/** Of processes that share memory each counts its part of it (Pss). A process that has ended used nothing. */
async function readUse(pid: number, isShared: boolean): Promise<Use> {
	const fields = await statOf(pid);
	// utime, stime, and those of children that have ended.
	const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
	const [file, pattern] = isShared ? ["smaps_rollup", /^Pss:\s+(\d+)/m] : ["status", /^VmRSS:\s+(\d+)/m];
	const text = await readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
	return { cpuSeconds: ticks / ticksPerSecond, memoryMiB: Number((pattern as RegExp).exec(text)?.[1] ?? 0) / 1024 };
}

/** The fields of /proc/PID/stat from the third on: the second, a name, may hold anything. */
async function statOf(pid: number): Promise<readonly string[]> {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	return text.replace(/^.*\) /s, "").split(" ");
}

// The processor time of another process, as Linux tells it in /proc.
import { readdirSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second here, whatever its kernel's clock. */
const msPerTick = 10;

/** User and system time since the process began, with that of its children, ms; null where nobody tells: another system, or it has ended. */
export function processorMsOf(pid: number): number | null {
	const own = ownProcessorMs(pid);
	if (own === null) return null;
	return childrenOf(pid).reduce((sum, child) => sum + (ownProcessorMs(child) ?? 0), own);
}

/** That of children that have ended is part of it, that of living ones is not. */
export function ownProcessorMs(pid: number): number | null {
	const text = textOf(`/proc/${pid}/stat`);
	if (text === null) return null;
	// From the third field on: the second, a name, may hold anything.
	const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
	return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) * msPerTick;
}

/** Those that its first thread started. None where the kernel was built without such lists, and where the process has ended. */
export function childrenOf(pid: number): readonly number[] {
	const list = textOf(`/proc/${pid}/task/${pid}/children`) ?? "";
	return list.split(" ").filter(Boolean).map(Number);
}

/** None where the process has ended. */
export function threadsOf(pid: number): readonly number[] {
	try {
		return readdirSync(`/proc/${pid}/task`).map(Number);
	} catch {
		return [];
	}
}

function textOf(path: string): string | null {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
}

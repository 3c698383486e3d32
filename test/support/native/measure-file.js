// What a test file takes: where `TEST_TIMES` names a file, each adds a line of JSON there. Linux alone tells the time of processes that it started.
import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";

const ticksPerSecond = 100;

/** Answers what to call once the file is through. */
export function measureFile(path) {
	const times = process.env.TEST_TIMES;
	if (!times) return () => undefined;
	const before = { at: performance.now(), own: process.cpuUsage(), started: startedSeconds() };
	return () => {
		const { user, system } = process.cpuUsage(before.own);
		const line = {
			path: relative(process.cwd(), path),
			wall: (performance.now() - before.at) / 1_000,
			own: (user + system) / 1e6,
			started: startedSeconds() - before.started,
		};
		appendFileSync(times, `${JSON.stringify(line)}\n`);
	};
}

/** Processor time of all processes that this one has started, and those in turn: that of the ended is with whoever waited for them. */
function startedSeconds(pid = process.pid) {
	const children = read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean);
	const ofEnded = ticksOf(pid, [13, 14]);
	return children.reduce((sum, child) => sum + ticksOf(child, [11, 12]) + startedSeconds(child), ofEnded);
}

function ticksOf(pid, fields) {
	const stat = read(`/proc/${pid}/stat`);
	const values = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return fields.reduce((sum, field) => sum + Number(values[field] ?? 0), 0) / ticksPerSecond;
}

function read(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

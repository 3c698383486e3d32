// What the machine does to its processes: clocks that jump, file descriptors that run out.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { run } from "../../support/servers/server-process.ts";
import type { FaultContext, Scenario } from "../scenario.ts";
import type { Profile } from "../system.ts";
import { clockFile, shiftableClock } from "./shiftable-clock.ts";

async function shiftClock({ servers: { folder }, isFull }: FaultContext): Promise<number> {
	const shifts = ["+3600", "+0", "-3600", "+0"];
	const times = isFull ? 5 : 1;
	for (let round = 0; round < times; round += 1) {
		for (const shift of shifts) {
			await writeFile(clockFile(folder), shift);
			await wait(isFull ? 15_000 : 4_000);
		}
	}
	return times * shifts.length;
}

/** No more than they have open at this moment, for each process. */
async function exhaustDescriptors({ system, isFull }: FaultContext): Promise<number> {
	const limit = (pid: number, descriptors: string) =>
		run("prlimit", ["--pid", String(pid), `--nofile=${descriptors}:`]);
	const limits: { readonly pid: number; readonly before: string }[] = [];
	for (const process of system.processes) {
		const pid = process.pid();
		const before = /^Max open files +(\d+)/m.exec(await readFile(`/proc/${pid}/limits`, "utf8"))?.[1] ?? "1024";
		const open = await readdir(`/proc/${pid}/fd`);
		await limit(pid, String(Math.max(...open.map(Number)) + 1));
		limits.push({ pid, before });
	}
	await wait(isFull ? 30_000 : 6_000);
	for (const { pid, before } of limits) await limit(pid, before);
	return limits.length;
}

function onProfile(profile: Profile): readonly Scenario[] {
	return [
		{
			name: `clock-${profile}`,
			fault: "Clock: jumps an hour forth and back, and back and forth",
			profile,
			conditions: shiftableClock,
			inflict: shiftClock,
		},
		{
			name: `descriptors-${profile}`,
			fault: "File descriptors exhausted in every process (30 s; short 6 s)",
			profile,
			inflict: exhaustDescriptors,
		},
	];
}

export const machine: readonly Scenario[] = [...onProfile("cluster"), ...onProfile("embedded")];

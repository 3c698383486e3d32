// Processes that die without a word, at any point of their work.
import { setTimeout as wait } from "node:timers/promises";
import { type RoleName, roles } from "../../support/servers/start-role-process.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

async function killAtRandom({ system, random, isFull }: FaultContext): Promise<number> {
	const times = isFull ? 100 : system.profile === "cluster" ? 12 : 5;
	for (let kill = 0; kill < times; kill += 1) {
		// Each role in turn, so that a short run leaves none out.
		const role: RoleName = roles[kill % roles.length] ?? "detector";
		await wait(100 + random() * 900);
		const victim = system.processOf(role);
		await victim.kill();
		await victim.restart();
	}
	return times;
}

export const kills: readonly Scenario[] = [
	{
		name: "kill-cluster",
		fault: "SIGKILL of intake, detector, takedown, review at random points",
		profile: "cluster",
		inflict: killAtRandom,
	},
	{
		name: "kill-embedded",
		fault: "SIGKILL of the one process at random points",
		profile: "embedded",
		inflict: killAtRandom,
	},
];

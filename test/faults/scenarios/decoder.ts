// Native code that crashes. libvips has no crash to offer that we know of: what is real here is how the process ends.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fromPackageRoot } from "../../../services/runtime/package-root.ts";
import { run } from "../../support/servers/server-process.ts";
import type { NewItem } from "../drive-feed.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

/** `examine-or-break.worker.ts` breaks on these, in the way that is named after the end of the picture. */
async function poison({ feed, plantings, servers, isFull }: FaultContext): Promise<number> {
	const [known = new Uint8Array()] = plantings.knownPictures;
	const [ordinary = new Uint8Array()] = plantings.ordinaryPictures;
	const marked = (picture: Uint8Array, way: string) => Buffer.concat([picture, Buffer.from(`breakwater-${way}`)]);
	const picture = (bytes: Uint8Array, expected: NewItem["expected"]) => feed.send({ kind: "picture", expected, bytes });
	const times = isFull ? 20 : 3;
	for (let round = 0; round < times; round += 1) {
		picture(marked(ordinary, "SIGSEGV"), "people");
		picture(marked(ordinary, "loop"), "people");
		// Its first decoder dies, as if somebody had ended it; the next one recognizes the copy.
		picture(marked(known, `once:${join(servers.folder, `once-${Date.now()}-${round}`)};`), "withheld");
		await wait(1_500);
	}
	return times * 3;
}

/** From outside, at any moment of their work. */
async function killAtRandom({ system, random, isFull }: FaultContext): Promise<number> {
	const until = Date.now() + (isFull ? 60_000 : 10_000);
	let killed = 0;
	while (Date.now() < until) {
		await wait(500 + random() * 1_500);
		// It exits with 1 where there is none at the moment.
		const { stdout } = await run("ps", ["-o", "pid=", "--ppid", String(system.processOf("detector").pid())]).catch(
			() => ({ stdout: "" }),
		);
		for (const pid of stdout.split("\n").map(Number).filter(Boolean)) {
			process.kill(pid, "SIGSEGV");
			killed += 1;
		}
	}
	if (killed === 0) throw new Error("no decoder was found to kill");
	return killed;
}

const profile = "cluster" as const;
const killed = {
	fault: "Decoder: its processes end by SIGSEGV at random points",
	feed: { picturesPerSecond: 10 },
	inflict: killAtRandom,
};
export const decoder: readonly Scenario[] = [
	{
		name: "decoder-crash",
		fault: "Decoder: SIGSEGV on a picture, on its first try only, and a loop without end",
		profile,
		conditions: async () => ({
			env: { BREAKWATER_DECODE_TIMEOUT_MS: "1000" },
			entries: { detector: fromPackageRoot("dist", "test", "faults", "detector-with-breaking-decoder.js") },
			[Symbol.asyncDispose]: async () => undefined,
		}),
		inflict: poison,
	},
	{ name: "decoder-killed", profile, ...killed },
	{ name: "decoder-killed-embedded", profile: "embedded", ...killed },
];

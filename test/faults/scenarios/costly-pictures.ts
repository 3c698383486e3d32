// One platform floods with small files that cost a decoder much: they come before people, each once, and another platform's known pictures
// are withheld meanwhile.
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { narrowPng, otherFile, tiffOfPages } from "../../support/costly-pictures.ts";
import { carryByHttp } from "../carriers.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

/** A known picture of the other platform must have been withheld so long after it was taken, on however busy a machine. */
const withheldWithinMs = 10_000;

async function flood({ system, servers, feed, isFull }: FaultContext): Promise<number> {
	const source = `//flood-${Date.now().toString(36)}.example`;
	const webhook = `http://127.0.0.1:${servers.proxies.platform.port}/orders`;
	const name = source.slice(2, -".example".length);
	const added = z
		.object({ apiKey: z.string() })
		.parse(await system.cli("platform", "add", name, "--source", source, "--webhook", webhook));
	const carrier = carryByHttp(system.processOf("intake").urlOf("intake"), source, added.apiKey);
	const pictures = [narrowPng(90_000_000), narrowPng(60_000_000), tiffOfPages(65_535), tiffOfPages(3_000)];
	const sinceMs = Date.now();
	const rounds = isFull ? 30 : 6;
	for (let round = 0; round < rounds; round += 1) {
		// Of each a file like none before, and the same one once more.
		for (const [at, picture] of pictures.entries()) {
			feed.send({ kind: "picture", expected: "people", bytes: otherFile(picture, `${round}`) }, carrier);
			feed.send({ kind: "picture", expected: "people", bytes: otherFile(picture, `${at}, always`) }, carrier);
		}
		await wait(2_000);
	}
	const told = new Set(servers.platform.told().map(({ subject }) => subject));
	const due = feed
		.sent()
		.filter(({ expected, subject }) => expected === "withheld" && subject.startsWith("picture/"))
		.filter(({ firstSentAtMs }) => firstSentAtMs > sinceMs)
		.filter(({ acknowledgedAtMs }) => acknowledgedAtMs !== null && acknowledgedAtMs < Date.now() - withheldWithinMs);
	const late = due.filter(({ subject }) => !told.has(subject)).length;
	if (due.length === 0) throw new Error("no known picture of the other platform came during the flood");
	if (late > 0) throw new Error(`${late} of ${due.length} known pictures of the other platform waited for the flood`);
	return rounds * pictures.length * 2;
}

export const costlyPictures: readonly Scenario[] = [
	{
		name: "costly-pictures",
		fault: "Flood of costly pictures from one platform: bombs by header, by rows, by pages",
		profile: "cluster",
		conditions: async () => ({
			env: { BREAKWATER_DECODE_TIMEOUT_MS: "3000", BREAKWATER_EXAMINER_WORKERS: "1" },
			[Symbol.asyncDispose]: async () => undefined,
		}),
		feed: { picturesPerSecond: 5 },
		inflict: flood,
	},
];

// Texts, lists of terms and rules made to take for ever. A rule is refused by its cost before anything asks it; texts cost time by their length
// alone, however the terms begin; and no other item waits for them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { hashTerm } from "../../../services/core/hashes/term/term-hash.ts";
import { eventTypes } from "../../../services/core/wire/item-event.ts";
import { topics } from "../../../services/core/wire/topics.ts";
import type { NewItem } from "../drive-feed.ts";
import type { FaultContext, Scenario } from "../scenario.ts";

const textLength = 100_000;
/** Squared, the number of terms: what lists of that length cost an import is not what is tried here. */
const longestPrefix = { full: 200, short: 40 };

/** Of one letter, of patterns that rules count, and of what breaks readers that look back. */
const texts: readonly string[] = [
	"a",
	"a ",
	"A",
	"9",
	"@",
	"#",
	"@a",
	"www.",
	"http://",
	"https://a.example/ ",
	"a@",
	"&#97;",
	"a\u200b",
	"ắ",
	"\n",
].map((one) => one.repeat(Math.ceil(textLength / one.length)).slice(0, textLength));

function bombs(source: string): readonly NewItem[] {
	return texts.map((text) => ({
		kind: "raw",
		topic: topics.posts,
		expected: "clear",
		value: ({ eventId, subject, eventTimeMs }) =>
			JSON.stringify({
				...{ specversion: "1.0", type: eventTypes.postPublished, source, id: eventId, subject },
				...{ time: new Date(eventTimeMs).toISOString(), data: { authorId: "author", surface: "public", text } },
			}),
	}));
}

/** Terms of two words that begin alike: a tree of their letters would have one path and no end. */
function prefixTerms(longest: number): string {
	const letters = Array.from({ length: longest }, (_, at) => "b".repeat(at + 1));
	const rows = letters.flatMap((one) => letters.map((other) => hashTerm(`${one} ${other}`)));
	return `type,hash\n${rows.flatMap((one) => (typeof one === "string" ? [] : `term,${Buffer.from(one).toString("hex")}\n`)).join("")}`;
}

const nested = (depth: number): string =>
	depth === 0 ? "true" : `known.banks.exists(x${depth}, ${nested(depth - 1)})`;

async function inflict({ feed, system, isFull }: FaultContext): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), "breakwater-bombs-"));
	try {
		const list = join(folder, "terms.csv");
		const longest = isFull ? longestPrefix.full : longestPrefix.short;
		await writeFile(list, prefixTerms(longest));
		const allow = ["--allow-entries", String(longest * longest)];
		await system.cli("bank", "create", "prefixes", "--category", "bombs", "--new-category", ...allow);
		await system.cli("bank", "import", "prefixes", list);
		const rule = join(folder, "rule.json");
		const does = { does: { review: true }, category: null, owner: "faults", reviewBy: "2030-01-01" };
		await writeFile(rule, JSON.stringify({ name: "a-second", when: nested(4), ...does }));
		const said = await system.cli("rules", "check", rule).then(
			() => "taken",
			() => "refused",
		);
		if (said !== "refused") throw new Error("a rule that may take a second is taken");
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	const all = bombs(system.source);
	const times = isFull ? 10 : 1;
	for (let round = 0; round < times; round += 1) {
		for (const item of all) {
			feed.send(item);
			await wait(50);
		}
	}
	return times * all.length + 2;
}

export const textBombs: readonly Scenario[] = [
	{
		name: "text-bombs",
		fault:
			"Bombs of text: 100 KB of one letter or sign, terms by the thousand that begin alike, a rule that may take a second",
		profile: "cluster",
		inflict,
	},
];

import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, initialPolicies } from "../../../services/core/policy/policy.ts";
import type { WordsRead } from "../../../services/core/ports/word-reader.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../services/core/signals/matched/matched.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { unexaminedSignal } from "../../../services/core/signals/unexamined/unexamined.ts";
import { typedVersion } from "../../../services/core/signals/written/written.ts";
import { createReadWords } from "../../../services/detector/steps/read-words.ts";
import type { ExaminedMedia } from "../../../services/detector/values.ts";
import { newMatch } from "../../support/bank-fixtures.ts";

const forum = { id: platformId.parse(uuidv7(8)) } as unknown as ExaminedMedia["platform"];
const drawn = { grey: new Uint8Array([1]), light: new Uint8Array([2]) };
const term = newMatch({
	hashType: "text-term",
	distanceBits: 0,
	transform: "none",
	queryQuality: null,
	places: [{ from: 0, to: 4 }],
});

function examined(parts: Partial<ExaminedMedia> = {}): ExaminedMedia {
	const read: Partial<ExaminedMedia> = {
		...{ kind: "media", platform: forum, signals: [], surface: "public", isLastAttempt: false },
		writings: [{ drawn }],
		...parts,
	};
	return read as ExaminedMedia;
}

/** What the banks are asked, and what the step answers. */
function stepOf({
	reads = { kind: "read", text: "mild words" },
	matches = [],
}: {
	reads?: WordsRead;
	matches?: readonly Match[];
}) {
	const asked: string[] = [];
	let pictures = 0;
	const step = createReadWords({
		wordReader: {
			version: "reader",
			async read() {
				pictures += 1;
				return reads;
			},
		},
		matcher: {
			version: "banks",
			async matchText(text) {
				asked.push(text);
				return matches;
			},
		},
		settlePrefixes: async (found) => ({ matches: found, failure: null }),
		textScorer: null,
		...{ policies: initialPolicies, signalCatalogue, stopSignal: new AbortController().signal },
	});
	return { asked, pictures: () => pictures, step };
}

async function signalsOf(item: ExaminedMedia, of: Parameters<typeof stepOf>[0]): Promise<readonly Signal[]> {
	const result = await stepOf(of).step(item);
	if (result.kind !== "next") throw new Error(`it came to ${result.kind}`);
	return result.value.signals;
}

describe("words in a picture", () => {
	test("go the way of a post's text, and what banks know of them is said as of words in the picture", async () => {
		const signals = await signalsOf(examined(), { matches: [term] });
		const { places: _places, ...said } = term;
		expect(signals).toEqual([
			{ kind: "written", detector: "words", version: "reader", says: { ...matchedSignal("text", "banks", said) } },
		]);
		expect(decideVerdict(signals, "public", defaultPolicy)).toMatchObject({ tier: "T", action: "review" });
	});

	test("of a container say in which of its files they are", async () => {
		const item = examined({ writings: [{ drawn, within: ["a.png"] }] });
		expect(await signalsOf(item, { matches: [term] })).toMatchObject([{ kind: "written", within: ["a.png"] }]);
	});

	test("that nobody knows are said to be clear", async () => {
		expect(await signalsOf(examined(), {})).toMatchObject([{ kind: "clear", detector: "words" }]);
	});

	test("are not read where none seem to be, or where a known picture has decided already", async () => {
		const known = matchedSignal("hash", "1", newMatch({ hashType: "sha256", distanceBits: 0 }));
		for (const item of [examined({ writings: [] }), examined({ signals: [known] })]) {
			const { step, pictures } = stepOf({});
			expect(await step(item)).toMatchObject({ kind: "next", value: { signals: item.signals, writings: [] } });
			expect(pictures()).toBe(0);
		}
	});

	test("are held against no list where no law lets lists look", async () => {
		const { asked, step } = stepOf({ matches: [term] });
		await step(examined({ signals: [unexaminedSignal("hash", "matched")] }));
		expect(asked).toEqual([]);
	});
});

describe("words in a document", () => {
	const typed = (text: string, path: string) => ({ typed: text, within: [path] });

	test("go the way of a post's text by themselves, and weigh as much as there", async () => {
		const known = newMatch({ hashType: "text", distanceBits: 0, transform: "none", queryQuality: null });
		const { step, asked, pictures } = stepOf({ matches: [known] });
		const result = await step(examined({ writings: [typed("một bài viết", "a.docx/word/document.xml")] }));
		const { signals } = (result as Extract<typeof result, { kind: "next" }>).value;
		expect([asked, pictures()]).toEqual([["một bài viết"], 0]);
		expect(signals).toMatchObject([
			{ kind: "written", version: typedVersion, isTyped: true, within: ["a.docx/word/document.xml"] },
		]);
		expect(decideVerdict(signals, "public", defaultPolicy)).toMatchObject({ tier: "K1", action: "withhold" });
	});

	test("that are long are looked up piece by piece, and what is found in many places is said once", async () => {
		const { step, asked } = stepOf({ matches: [term] });
		const writings = [typed("bưởi ".repeat(10_000), "một.txt"), typed("bưởi", "hai.txt")];
		const result = await step(examined({ writings }));
		expect(asked.length).toBeGreaterThan(3);
		expect(Math.max(...asked.map(({ length }) => length))).toBeLessThanOrEqual(5_000);
		expect((result as Extract<typeof result, { kind: "next" }>).value.signals).toMatchObject([
			{ kind: "written", within: ["một.txt", "hai.txt"] },
		]);
	});

	test("that nobody knows are clear, whatever a picture beside them says", async () => {
		expect(await signalsOf(examined({ writings: [typed("bưởi", "a.txt")] }), {})).toMatchObject([
			{ kind: "clear", detector: "words", version: typedVersion },
		]);
		const both = examined({ writings: [typed("bưởi", "a.txt"), { drawn, within: ["b.png"] }] });
		expect(await signalsOf(both, { reads: { kind: "unavailable", reason: "words-not-read" } })).toEqual([
			{ kind: "unavailable", detector: "words", version: "reader", reason: "words-not-read", within: ["b.png"] },
		]);
	});
});

describe("words that could not be read", () => {
	const unread = (reason: "words-not-read" | "overloaded") => ({ reads: { kind: "unavailable", reason } }) as const;

	test("are unavailable, and people look", async () => {
		const signals = await signalsOf(examined(), unread("words-not-read"));
		expect(signals).toEqual([{ kind: "unavailable", detector: "words", version: "reader", reason: "words-not-read" }]);
		expect(decideVerdict(signals, "public", defaultPolicy)).toMatchObject({ action: "review" });
	});

	test("for a reason of ours are tried again, until that has been enough", async () => {
		expect(await stepOf(unread("overloaded")).step(examined())).toEqual({ kind: "retry", reason: "overloaded" });
		expect(await signalsOf(examined({ isLastAttempt: true }), unread("overloaded"))).toMatchObject([
			{ kind: "unavailable", reason: "overloaded" },
		]);
	});

	test("of a container of very many pictures are named", async () => {
		const writings = Array.from({ length: 34 }, (_, at) => ({ drawn, within: [`${at}.png`] }));
		expect(await signalsOf(examined({ writings }), {})).toMatchObject([
			{ kind: "unavailable", reason: "words-not-read", within: ["32.png", "33.png"] },
		]);
	});
});

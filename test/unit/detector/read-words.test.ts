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

import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { decideVerdict } from "../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy, initialPolicies } from "../../../services/core/policy/policy.ts";
import type { TextScore } from "../../../services/core/ports/text-scorer.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { createScoreText } from "../../../services/detector/steps/score-text.ts";
import type { AdmittedPost } from "../../../services/detector/values.ts";

const info = { model: "words", version: "1.0.0", backend: "js", language: "en" };
const clear: Signal = { kind: "clear", detector: "text", version: "text-1" };
const confirmed = { bankKind: "known", hashType: "text", standing: "confirmed", shadow: false } as unknown as Match;
const known: Signal = { kind: "matched", detector: "text", version: "text-1", match: confirmed };

/** What the step adds, and the texts that it asked about. */
async function run(
	answer: TextScore | null,
	signals: readonly Signal[],
	text = "some words",
	language: string | null = null,
) {
	const asked: string[] = [];
	const score = (given: string): TextScore => {
		asked.push(given);
		return answer ?? { kind: "no-opinion" };
	};
	const textScorer = answer === null ? null : { info, score };
	// Only the text, the signals and whose it is are read.
	const platform = { id: platformId.parse(uuidv7(8)) };
	const item = { text, language, signals, platform, surface: "public" } as unknown as AdmittedPost & {
		readonly signals: readonly Signal[];
	};
	const result = await createScoreText({ textScorer, policies: initialPolicies, signalCatalogue })(item);
	if (result.kind !== "next") throw new Error("expected the post to go on");
	return { signals: result.value.signals, asked };
}

const scored = (probability: number): TextScore => ({
	kind: "scored",
	category: "offensive",
	probability,
	labels: { Offensive: probability },
});
const verdictOf = (signals: readonly Signal[]) => decideVerdict(signals, "direct", defaultPolicy);

describe("scoring a post's text", () => {
	test("over the policy's threshold sends the post to people and never withholds it", async () => {
		const { signals } = await run(scored(1), [clear]);
		expect(verdictOf(signals)).toMatchObject({ tier: "T", action: "review", category: "offensive" });
	});

	test("under the threshold changes nothing", async () => {
		const { signals } = await run(scored(0.98), [clear]);
		expect(verdictOf(signals)).toMatchObject({ tier: "none", action: "none" });
	});

	test("raises the urgency of what stronger evidence has found", async () => {
		const probable = { ...known, match: { ...confirmed, standing: "probable" } } as Signal;
		const { signals } = await run(scored(1), [probable]);
		expect(verdictOf(signals).tier).toBe("K3");
		expect(verdictOf(signals).urgency).toBe(verdictOf([probable]).urgency + defaultPolicy.textUrgency);
	});

	test("that could not be computed sends the post to people", async () => {
		const { signals } = await run({ kind: "unavailable", reason: "not-finite" }, [clear]);
		expect(verdictOf(signals)).toMatchObject({ tier: "none", action: "review", isIncomplete: true });
	});

	test("adds nothing where the model has no opinion or there is none", async () => {
		expect((await run({ kind: "no-opinion" }, [clear])).signals).toEqual([clear]);
		expect((await run(null, [clear])).signals).toEqual([clear]);
	});

	test("is spared a post that a known text has decided", async () => {
		expect((await run(scored(1), [known])).asked).toEqual([]);
	});

	describe("a text in a language that the model does not know is not examined by it, and never cleared", () => {
		const unexamined = { kind: "unexamined", detector: "text", of: "scored", reason: "other-language" };
		test.each([
			["Vietnamese", "chiều nay trường chiếu phim cho các em", null],
			["Vietnamese without its marks", "chieu nay truong chieu phim cho cac em", null],
			["German", "der Zug nach München fährt heute später ab", null],
			["Japanese", "今日は図書館が早く閉まります", null],
			["too short to tell, and Vietnamese as the platform says", "ok nha", "vi-VN"],
		])("%s", async (_, text, language) => {
			const { signals, asked } = await run(scored(1), [clear], text, language);
			expect(asked).toEqual([]);
			expect(signals).toEqual([clear, expect.objectContaining(unexamined)]);
			expect(verdictOf(signals)).toMatchObject({ tier: "none", action: "none" });
		});

		test("of one in several languages it is asked about its own sentences, and the rest stays unexamined", async () => {
			const mixed =
				"Chiều nay trường chiếu phim cho các em.\nThe library closes early on friday!\nNhớ mang theo nước và mũ.";
			const { signals, asked } = await run(scored(1), [clear], mixed);
			expect(asked).toEqual([expect.stringMatching(/^the library closes early on friday$/i)]);
			expect(signals).toEqual([
				clear,
				expect.objectContaining({ kind: "scored" }),
				expect.objectContaining(unexamined),
			]);
			expect(verdictOf(signals)).toMatchObject({ tier: "T", action: "review" });
		});

		test.each([
			["English, whatever the platform says", "the library closes early on friday", "vi"],
			["too short to tell", "ok", null],
			["words in disguise", "7h3 l1br4ry cl0535 34rly", null],
		])("but it is asked of %s", async (_, text, language) =>
			expect((await run(scored(0), [clear], text, language)).asked).toEqual([text]),
		);
	});

	test("reads the text as people do: wide letters and invisible characters are no way around it", async () => {
		expect((await run(scored(0), [clear], "ｓｏｍｅ wo\u200brds")).asked).toEqual(["some words"]);
	});
});

import { describe, expect, test } from "@jest/globals";
import type { Match } from "../../../services/core/banks/bank.ts";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { initialPolicies } from "../../../services/core/policy/policy.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import type { Signal } from "../../../services/core/signals/signal.ts";
import { createScoreMedia } from "../../../services/detector/steps/score-media.ts";
import type { ExaminedMedia } from "../../../services/detector/values.ts";
import { createRecordedScorer, failed, scored } from "../../support/recorded-scorer.ts";

/** The policy is asked for its id. */
const forum = { id: platformId.parse(uuidv7(8)) } as unknown as ExaminedMedia["platform"];
const pdq = (quality: number) => ({ hash: new Uint8Array(32).fill(quality), quality, dihedral: [] });
const hashes = { sha256: new Uint8Array(32), sha1: new Uint8Array(20), md5: new Uint8Array(16), pdq: pdq(90) };

/** The parts of an examined picture that this step reads; the others are not its concern. */
function examined(parts: Partial<ExaminedMedia>): ExaminedMedia {
	const read: Partial<ExaminedMedia> = {
		kind: "media",
		platform: forum,
		signals: [],
		surface: "public",
		isLastAttempt: false,
		hashes,
		looks: [90, 70].map((quality) => ({ rgb: new Uint8Array(12), pdq: pdq(quality) })),
		...parts,
	};
	return read as ExaminedMedia;
}

function match(change: Partial<Match>): Signal {
	const base: Partial<Match> = {
		bankKind: "known",
		shadow: false,
		hashType: "sha256",
		standing: "confirmed",
		distanceBits: 0,
		tightRadiusBits: 8,
		category: "known",
	};
	return { kind: "matched", detector: "hash", version: "1", match: { ...base, ...change } as Match };
}

const step = (answer = scored("first", 0.4)) => {
	const scorer = createRecordedScorer("first", () => answer);
	return { scorer, run: createScoreMedia({ scorer, policies: initialPolicies, signalCatalogue }) };
};

describe("scoring a picture", () => {
	test("asks about every frame, each with its own hash", async () => {
		const { scorer, run } = step();
		await run(examined({}));
		expect(scorer.asked.map((request) => request.pdq?.quality)).toEqual([90, 70]);
	});

	test("says what the model said", async () => {
		const result = await step().run(examined({}));
		expect(result).toMatchObject({ kind: "next", value: { signals: [{ kind: "scored", probability: 0.4 }] } });
	});

	test("does not wait for the model where a known hash already withholds", async () => {
		const { scorer, run } = step();
		await run(examined({ signals: [match({})] }));
		expect(scorer.asked).toEqual([]);
	});

	test("does not ask about a picture known as harmless", async () => {
		const { scorer, run } = step();
		await run(examined({ signals: [match({ bankKind: "exempt", hashType: "pdq" })] }));
		expect(scorer.asked).toEqual([]);
	});

	test("tries again where the model failed, and at the last attempt says that it failed", async () => {
		const broken = step(failed("first"));
		expect(await broken.run(examined({}))).toEqual({ kind: "retry", reason: "backend-failed" });
		const last = await broken.run(examined({ isLastAttempt: true }));
		expect(last).toMatchObject({
			kind: "next",
			value: { signals: [{ kind: "unavailable", reason: "backend-failed" }] },
		});
	});
});

// What words that a machine read in a picture may come to.
import { expect, test } from "@jest/globals";
import type { Match } from "../../../../services/core/banks/bank.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { signalCatalogue } from "../../../../services/core/signals/catalogue.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import { gatherWritten } from "../../../../services/core/signals/written/gather-written.ts";
import { typedVersion, writtenSignal } from "../../../../services/core/signals/written/written.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

const text = { hashType: "text", distanceBits: 0, transform: "none", queryQuality: null } as const;
const find = (match: Partial<Match>) =>
	signalCatalogue.find(writtenSignal(matchedSignal("text", "1", newMatch(match)), "1"), defaultPolicy);

test("a text that is known by itself asks people where it stands in a picture, and withholds nothing", () => {
	expect(find(text)).toMatchObject({ tier: "K3", bearing: "none", reasons: ["read-by-machine"] });
});

test("a harmless text makes no picture harmless", () => {
	expect(find({ ...text, bankKind: "exempt" })).toMatchObject({
		tier: "none",
		bearing: "none",
		reasons: ["known-harmless", "words-exempt-nothing"],
	});
});

test("a text that is known by itself is what it is where it stands in a document, letter by letter", () => {
	const signal = (match: Partial<Match>) =>
		writtenSignal(matchedSignal("text", "1", newMatch(match)), typedVersion, { isTyped: true });
	expect(signalCatalogue.find(signal(text), defaultPolicy)).toMatchObject({ tier: "K1", reasons: [] });
	expect(signalCatalogue.find(signal({ ...text, transform: "excerpt" }), defaultPolicy)).toMatchObject({ tier: "K3" });
	expect(signalCatalogue.find(signal({ ...text, bankKind: "exempt" }), defaultPolicy)).toMatchObject({
		...{ tier: "none", bearing: "none" },
		reasons: ["known-harmless", "words-exempt-nothing"],
	});
});

test("of many places that say the same the strongest speaks, and names them all", () => {
	const entry = newMatch(text);
	const at = (path: string, match: Partial<Match>, isTyped = true) =>
		writtenSignal(matchedSignal("text", "1", { ...entry, ...match }), "1", {
			within: [path],
			...(isTyped && { isTyped }),
		});
	const found = gatherWritten([at("a", { transform: "excerpt" }), at("b", {}), at("b", {}), at("c", {}, false)]);
	expect(found).toMatchObject([
		{ isTyped: true, within: ["b", "a"], says: { match: { transform: "none" } } },
		{ within: ["c"] },
	]);
});

test("a bank on trial says what it would have said, and no more than that", () => {
	expect(find({ ...text, shadow: true })).toMatchObject({
		tier: "none",
		inShadow: { finding: { tier: "K3", reasons: ["read-by-machine"] } },
	});
});

test("a text model's score asks people as of a post, under the same threshold", () => {
	const score = (probability: number) =>
		writtenSignal(
			scoredSignal({
				...{ detector: "text", version: "1", model: "m", backend: "b", category: "offensive" },
				...{ probability, labels: {} },
			}),
			"1",
		);
	expect(signalCatalogue.find(score(0.995), defaultPolicy)).toMatchObject({ tier: "T", category: "offensive" });
	expect(signalCatalogue.find(score(0.5), defaultPolicy)).toMatchObject({ tier: "none" });
});

test("pictures with the same words are cases of their own", () => {
	const signal = writtenSignal(matchedSignal("text", "1", newMatch(text)), "1");
	expect(signalCatalogue.entryOf(signal)).toMatchObject({ gathers: false, resemblance: "weak" });
});

// Stored rows of each kind, as each version wrote them, and that every reason has words.
import { describe, expect, test } from "@jest/globals";
import { evidenceParts } from "../../../../services/console/evidence/catalogue.ts";
import { createSignalCatalogue, signalCatalogue, signalKinds } from "../../../../services/core/signals/catalogue.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

const shared = { detector: "hash", version: "1" };
const match = newMatch();
const { isQuarantined: _quarantine, categories: _categories, severity: _severity, ...earlyMatch } = match;
const decidedRow = {
	...{ kind: "decided", ...shared, caseId: "01900000-0000-7000-8000-000000000000", decision: "remove" },
	...{ category: "csam", distanceBits: 9, isNews: false },
};

const stored = {
	matched: [
		{ kind: "matched", ...shared, match: earlyMatch },
		{ kind: "matched", ...shared, match, schemaVersion: 2 },
	],
	scored: [
		{
			...{ kind: "scored", detector: "model", version: "4", model: "m", backend: "wasm", category: "adult" },
			...{ probability: 0.5, labels: { Neutral: 0.5 }, threshold: 0.42, settingsRevision: 3 },
		},
	],
	written: [{ kind: "written", ...shared, says: { kind: "matched", ...shared, match }, within: ["a.png"] }],
	rule: [
		{
			...{ kind: "rule", ...shared, rule: "many-links", revision: 3, stage: "live", outcome: "held", category: null },
			...{ does: { review: true }, isOnModelAlone: false, known: null },
		},
	],
	decided: [
		{ ...decidedRow, resemblance: "near" },
		{ ...decidedRow, resemblance: "picture", schemaVersion: 2 },
	],
	contacts: [
		{
			...{ kind: "contacts", detector: "contacts", version: "1", days: 7, isOneOfThem: true },
			picture: {
				...{ begun: 9, received: 1, unanswered: 4, toNew: 6, moved: 3, ledAway: 3 },
				...{ younger: 0, youngerLedAway: 0, gapYears: null },
			},
		},
	],
	clear: [{ kind: "clear", ...shared }],
	unexamined: [{ kind: "unexamined", ...shared, of: "matched", reason: "no-legal-basis" }],
	unavailable: [{ kind: "unavailable", ...shared, reason: "truncated" }],
} satisfies Record<keyof typeof signalKinds, readonly object[]>;

describe.each(Object.entries(stored))("a stored signal of kind %s", (kind, rows) => {
	test("is read from each version that wrote it, to the same shape", () => {
		const read = rows.map((row) => signalCatalogue.fromStored(row));
		for (const one of read) expect(one).toEqual(read.at(-1));
	});
	test("is written so that it is read as it was", () => {
		const signal = signalCatalogue.fromStored(rows.at(-1));
		expect(signalCatalogue.toStored(signal)).toEqual(rows.at(-1));
	});
	test("has a row of every version here", () => {
		const { upgrades } = signalKinds[kind as keyof typeof signalKinds];
		expect(rows).toHaveLength(upgrades.length + 1);
	});
});

test("a match of the first version was of no entry in quarantine, and had no labels", () => {
	expect(signalCatalogue.fromStored(stored.matched[0])).toMatchObject({
		match: { isQuarantined: false, categories: [], severity: null },
	});
});

test("what the first version said people had decided of something near was of a picture, and the same stays the same", () => {
	expect(signalCatalogue.fromStored(stored.decided[0])).toMatchObject({ resemblance: "picture", distanceBits: 9 });
	expect(signalCatalogue.fromStored({ ...decidedRow, resemblance: "same" })).toMatchObject({ resemblance: "same" });
});

test("what no kind knows, or what is not of its kind's shape, is refused and never guessed", () => {
	expect(() => signalCatalogue.fromStored({ kind: "heard", ...shared })).toThrow("no such kind of signal: heard");
	expect(() => signalCatalogue.fromStored({ kind: "unavailable", ...shared, reason: "tired" })).toThrow();
	expect(() => createSignalCatalogue({}).fromStored({ kind: "clear", ...shared })).toThrow();
});

test("every reason of every kind has words in both languages", () => {
	for (const [kind, { reasons }] of Object.entries(signalKinds)) {
		const words = evidenceParts[kind as keyof typeof signalKinds].reasons;
		for (const language of ["en", "vi"] as const) expect(Object.keys(words[language])).toEqual([...reasons]);
	}
});

import { expect, test } from "@jest/globals";
import { exactHashes } from "../../../services/core/hashes/exact/exact-hashes.ts";
import { initialPolicies } from "../../../services/core/policy/policy.ts";
import { createFactCatalogue } from "../../../services/core/rules/fact-catalogue.ts";
import { signalCatalogue } from "../../../services/core/signals/catalogue.ts";
import { rehearse } from "../../../services/detector/rehearse.ts";

test("a rehearsal examines posts and pictures, and leaves no trace", async () => {
	const texts: string[] = [];
	let pictures = 0;
	const never = (): never => {
		throw new Error("a rehearsal has no effect");
	};
	const events = {
		itemSettled: never,
		itemDuplicate: never,
		itemWithheldUnexamined: never,
		itemGone: never,
		withholdDiverted: never,
		measureTaken: never,
	};
	const facts = createFactCatalogue(signalCatalogue);
	await rehearse(
		{
			...{
				clock: { now: () => Date.now() },
				policies: initialPolicies,
				rules: {
					facts,
					now: () => ({
						...{ ask: () => [], write: facts.write },
						...{ counted: new Set(["account.items5m"] as const), reads: new Set(["account.items5m"]) },
					}),
				},
				counts: { count: never },
				...{
					conversations: { note: never, windowsOf: never },
					factsRead: never,
					cases: { lastLetBe: never, letBeOf: never },
				},
				signalCatalogue,
				maxMediaBytes: 1_000,
				maxVideoBytes: 1_000,
				localCopies: { copy: never },
				mediaConcurrency: 2,
			},
			stopSignal: new AbortController().signal,
			eventSecrets: [],
			platforms: { findBySource: never },
			verdicts: {
				findRecorded: async () => new Map(),
				withhold: never,
				record: never,
				markGone: never,
				markKept: never,
			},
			mediaStore: { get: never, put: never, delete: never },
			mediaFetcher: { fetch: never },
			stream: { publish: never },
			...{ clusters: { place: never } },
			standing: { of: never, awaited: { caseOf: never }, wasLetBe: () => false },
			breakers: { isOpen: () => false, count: never },
			entryWatch: { saw: never },
			events: { ...events, recordDeferred: never, platformClockWrong: never },
			scorer: null,
			textScorer: null,
			wordReader: { version: "w", read: never },
			settlePrefixes: async (matches) => ({ matches, failure: null }),
			matcher: {
				version: "m",
				match: async () => [],
				mayExempt: async () => false,
				hasSounds: async () => false,
				async matchText(text) {
					texts.push(text);
					return [];
				},
			},
			examiner: {
				version: "e",
				async examine(bytes) {
					pictures += 1;
					return {
						kind: "unavailable",
						reason: "not-an-image",
						mediaType: null,
						hashes: { ...exactHashes(bytes), pdq: null },
						frames: [],
					};
				},
			},
		},
		new Uint8Array(10),
	);
	expect(texts.length).toBeGreaterThan(0);
	expect(pictures).toBeGreaterThan(0);
});

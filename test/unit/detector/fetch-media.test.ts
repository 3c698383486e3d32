import { expect, test } from "@jest/globals";
import { platformId, uuidv7 } from "../../../services/core/ids.ts";
import { createPolicies, initialSet } from "../../../services/core/policy/policy.ts";
import { applyChange } from "../../../services/core/policy/policy-set.ts";
import { createFetchMedia } from "../../../services/detector/steps/fetch-media.ts";
import type { PlacedMedia } from "../../../services/detector/values.ts";

const id = platformId.parse(uuidv7(0));
const bytes = new Uint8Array([1, 2, 3]);

/** What is fetched and said of a picture on a surface without these bases. */
async function fetched(missing: readonly string[], scorer: object | null = {}) {
	const settings = { legalBasis: Object.fromEntries(missing.map((kind) => [kind, "missing"])) };
	const set = applyChange(initialSet, { overrides: [{ platform: null, surface: "direct", settings }] });
	let fetches = 0;
	const step = createFetchMedia({
		mediaStore: { get: async () => null },
		mediaFetcher: {
			async fetch() {
				fetches += 1;
				return { kind: "fetched", bytes };
			},
		},
		...{ maxVideoBytes: 100, localCopies: { copy: async () => null }, examiner: {} },
		...{ maxMediaBytes: 100, stopSignal: new AbortController().signal, policies: createPolicies(set, 3), scorer },
	});
	const location = { kind: "url", url: "https://media.example/1" };
	const platform = { id, mediaHosts: ["media.example"] };
	// Only these are read.
	const result = await step({ surface: "direct", platform, location, isLastAttempt: true } as unknown as PlacedMedia);
	if (result.kind !== "next") throw new Error("expected the picture to go on");
	const { signals } = result.value;
	return { fetches, bytes: result.value.bytes, said: signals.map(({ kind, of }) => `${kind}: ${String(of)}`) };
}

test("a picture that nothing may look at is not fetched, and each that may not is named", async () => {
	const both = ["unexamined: matched", "unexamined: scored"];
	expect(await fetched(["matched", "scored"])).toEqual({ fetches: 0, bytes: null, said: both });
	expect(await fetched(["matched"], null)).toEqual({ fetches: 0, bytes: null, said: ["unexamined: matched"] });
});

test("it is fetched for whichever may look, and nothing more is said of what is not there at all", async () => {
	expect(await fetched(["scored"])).toEqual({ fetches: 1, bytes, said: ["unexamined: scored"] });
	expect(await fetched(["matched"])).toEqual({ fetches: 1, bytes, said: ["unexamined: matched"] });
	expect(await fetched([])).toEqual({ fetches: 1, bytes, said: [] });
	expect(await fetched(["scored"], null)).toEqual({ fetches: 1, bytes, said: [] });
});

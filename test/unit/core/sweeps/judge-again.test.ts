import { describe, expect, test } from "@jest/globals";
import { entryId, itemId, platformId, uuidv7 } from "../../../../services/core/ids.ts";
import { decideVerdict } from "../../../../services/core/policy/decide-verdict.ts";
import { defaultPolicy } from "../../../../services/core/policy/policy.ts";
import { clearSignal } from "../../../../services/core/signals/clear/clear.ts";
import { matchedSignal } from "../../../../services/core/signals/matched/matched.ts";
import { scoredSignal } from "../../../../services/core/signals/scored/scored.ts";
import { effectOf, type PastItem, signalsKept } from "../../../../services/core/sweeps/judge-again.ts";
import { newMatch } from "../../../support/bank-fixtures.ts";

const changed = entryId.parse(uuidv7(1));
const older = entryId.parse(uuidv7(2));
const past = (item: Partial<PastItem> = {}): PastItem => ({
	...{
		id: itemId.parse(uuidv7(0)),
		kind: "media",
		platformId: platformId.parse(uuidv7(0)),
		surface: "public",
		country: null,
		authorId: "author",
	},
	...{ state: "live", version: 0, tier: "none", signals: [clearSignal("hash", "1")], hashes: [] },
	...{ cluster: null, live: null, links: [], openCluster: null, isDecided: false },
	...item,
});
const matched = (match: Parameters<typeof newMatch>[0] = {}) =>
	matchedSignal("hash", "1", newMatch({ entryId: changed, ...match }));
const verdict = (match: Parameters<typeof newMatch>[0] = {}) =>
	decideVerdict([matched(match)], "public", defaultPolicy);
const becomes = (item: Partial<PastItem>, match: Parameters<typeof newMatch>[0] = {}) =>
	effectOf(past(item), verdict(match), { entries: new Set([changed]), rule: null });
const probable = { standing: "probable" } as const;

describe("an earlier item that a newer entry matches", () => {
	test("is withheld where it would be if it came now", () => expect(becomes({})).toBe("withhold"));
	test("is put before people where it would be if it came now", () => expect(becomes({}, probable)).toBe("review"));
	test("is withheld out of a case that is open on less", () =>
		expect(becomes({ openCluster: "a", tier: "M" })).toBe("withhold"));
	test("makes its open case stronger, and is not put there twice", () => {
		expect(becomes({ openCluster: "a", tier: "M" }, probable)).toBe("review");
		expect(becomes({ openCluster: "a", tier: "K3" }, probable)).toBe("none");
	});
	test.each(["withheld", "removed", "gone"] as const)("stays as it is where it is %s", (state) =>
		expect(becomes({ state, version: 1 })).toBe("none"),
	);
});

describe("what people have let be", () => {
	test("is not withheld by a machine: people are asked again", () => {
		expect(becomes({ state: "restored", version: 2, isDecided: true })).toBe("review");
		expect(becomes({ isDecided: true })).toBe("review");
	});
	test("stays in peace where the entry was known when they decided", () => {
		const signals = [matched()];
		expect(becomes({ state: "restored", version: 2, isDecided: true, signals, tier: "K2" })).toBe("none");
	});
	test("is asked again where that entry has become stronger", () => {
		const signals = [matched(probable)];
		expect(becomes({ isDecided: true, signals, tier: "K3" })).toBe("review");
	});
});

test("an entry that the sweep is not about moves nothing", () => {
	expect(becomes({}, { entryId: older })).toBe("none");
});

test("what the models said stays, what banks said is asked anew", () => {
	const score = scoredSignal({
		...{ detector: "model", version: "1", model: "m", backend: "wasm" },
		...{ category: "adult", probability: 0.5, labels: {} },
	});
	const framed = matched({ entryId: older, transform: "trimmed" });
	const signals = [clearSignal("text", "1"), matched({ entryId: older }), framed, score];
	expect(signalsKept({ signals }, [])).toEqual([framed, score]);
	expect(signalsKept({ signals }, [newMatch({ entryId: older })])).toEqual([score]);
});
